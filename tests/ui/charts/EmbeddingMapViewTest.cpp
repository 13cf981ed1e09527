#include "ui/charts/EmbeddingMapView.h"

#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

using namespace goodsight;

namespace {

QList<MapPoint> spiral(int count)
{
    QList<MapPoint> points;
    for (int i = 0; i < count; ++i)
        points.append(
            {{std::cos(i * 0.7) * i, std::sin(i * 0.7) * i}, i % 81, QStringLiteral("%1.jpg").arg(i)});
    return points;
}

QStringList names()
{
    QStringList made;
    for (int i = 0; i < 81; ++i)
        made.append(QStringLiteral("商品%1").arg(i));
    return made;
}

} // namespace

TEST(EmbeddingMapView, TenThousandPointsFitAndAreFound)
{
    EmbeddingMapView view;
    view.resize(640, 480);
    view.setMap(spiral(10'000), names());
    for (const int point : {0, 1234, 9999}) {
        EXPECT_TRUE(view.rect().contains(view.placeOf(point).toPoint()));
        const int found = view.pointAt(view.placeOf(point));
        ASSERT_GE(found, 0);
        EXPECT_LT(QLineF(view.placeOf(found), view.placeOf(point)).length(), 2);
    }
    EXPECT_EQ(view.pointAt({-50, -50}), -1);
    EXPECT_FALSE(view.grab().isNull());
}

TEST(EmbeddingMapView, PointingShowsThePhotoAndAClickMarksItsLabel)
{
    EmbeddingMapView view;
    view.resize(640, 480);
    view.setMap(spiral(200), names());
    QStringList asked;
    view.setThumbnails([&](const QString& file) {
        asked.append(file);
        return QImage();
    });
    view.show();
    const QPoint place = view.placeOf(150).toPoint();
    QMouseEvent move(QEvent::MouseMove, place, view.mapToGlobal(QPointF(place)), Qt::NoButton, Qt::NoButton,
                     Qt::NoModifier);
    QCoreApplication::sendEvent(&view, &move);
    view.grab();
    ASSERT_FALSE(asked.isEmpty());
    EXPECT_EQ(asked.last(), QStringLiteral("150.jpg"));
    EXPECT_EQ(view.accessibleDescription(), QStringLiteral("商品69"));
    QTest::mouseClick(&view, Qt::LeftButton, {}, place);
    EXPECT_EQ(view.marked(), QList<int>{69});
    EXPECT_EQ(view.pointAt(view.placeOf(151)), -1); // the grey ones are not in the way
    QTest::mouseClick(&view, Qt::LeftButton, {}, place);
    EXPECT_TRUE(view.marked().isEmpty());
    view.setMarked({1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
    EXPECT_EQ(view.marked().size(), EmbeddingMapView::kMostMarked);
    QTest::keyClick(&view, Qt::Key_Escape);
    EXPECT_TRUE(view.marked().isEmpty());
}

TEST(EmbeddingMapView, ZoomKeepsThePlaceUnderThePointer)
{
    EmbeddingMapView view;
    view.resize(640, 480);
    view.setMap(spiral(500), names());
    const QPointF before = view.placeOf(321);
    view.zoomBy(3, before);
    EXPECT_NEAR(view.placeOf(321).x(), before.x(), 0.01);
    EXPECT_NEAR(view.placeOf(321).y(), before.y(), 0.01);
    QTest::keyClick(&view, Qt::Key_0);
    EXPECT_TRUE(view.rect().contains(view.placeOf(499).toPoint()));
}

TEST(EmbeddingMapView, PlacesThatAreNoNumbersAreLeftOut)
{
    EmbeddingMapView view;
    view.resize(300, 300);
    view.setMap({{{std::numeric_limits<double>::quiet_NaN(), 0}, 0, QStringLiteral("a.jpg")},
                 {{1, 1}, 0, QStringLiteral("b.jpg")}},
                names());
    EXPECT_EQ(view.table().size(), 2);
    EXPECT_FALSE(view.grab().isNull());
    view.setMap({}, {});
    EXPECT_FALSE(view.grab().isNull());
}
