#include "ui/charts/ConfusionView.h"

#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

using namespace goodsight;

namespace {

ConfusionTable table(int classes)
{
    ConfusionTable made;
    for (int i = 0; i < classes; ++i) {
        made.names.append(QStringLiteral("商品%1").arg(i));
        made.cells.append({i, i, 8});
    }
    made.cells.append({40, 41, 3});
    made.cells.append({7, 60, 5});
    return made;
}

} // namespace

TEST(ConfusionView, EightyOneClassesFitAndEachCellIsHit)
{
    ConfusionView view;
    view.resize(600, 500);
    view.setTable(table(81));
    EXPECT_EQ(view.classesPerSquare(), 1);
    for (const QPoint& cell : {QPoint(0, 0), QPoint(60, 7), QPoint(41, 40), QPoint(80, 80)})
        EXPECT_EQ(view.cellAt(view.placeOf(cell)), cell);
    EXPECT_EQ(view.cellAt(view.placeOf({3, 9})), std::nullopt); // no photos there
    EXPECT_EQ(view.photosIn({60, 7}), 5);
}

TEST(ConfusionView, AThousandClassesAreDrawnTogetherAndZoomedApart)
{
    ConfusionView view;
    view.resize(600, 500);
    view.setTable(table(1000));
    EXPECT_GT(view.classesPerSquare(), 1);
    // A square tells its worst, not its diagonal.
    const QPoint wrong(41, 40);
    EXPECT_EQ(view.cellAt(view.placeOf(wrong)), wrong);
    EXPECT_LE(view.placeOf({999, 999}).x(), view.width());
    for (int i = 0; i < 12; ++i)
        view.zoomBy(1.4, view.placeOf(wrong));
    EXPECT_EQ(view.classesPerSquare(), 1);
    EXPECT_EQ(view.cellAt(view.placeOf(wrong)), wrong);
    view.showAll();
    EXPECT_GT(view.classesPerSquare(), 1);
    EXPECT_FALSE(view.grab().isNull());
}

TEST(ConfusionView, AClickAndTheKeysChooseACell)
{
    ConfusionView view;
    view.resize(600, 500);
    view.setTable(table(81));
    view.show();
    QSignalSpy chosen(&view, &ConfusionView::cellChosen);
    QTest::mouseClick(&view, Qt::LeftButton, {}, view.placeOf({41, 40}).toPoint());
    ASSERT_EQ(chosen.size(), 1);
    EXPECT_EQ(chosen.last(), (QVariantList{40, 41}));
    view.setTable(table(81)); // the fullest wrong cell is where the keys begin
    QTest::keyClick(&view, Qt::Key_Return);
    ASSERT_EQ(chosen.size(), 2);
    EXPECT_EQ(chosen.last(), (QVariantList{7, 60}));
    QTest::keyClick(&view, Qt::Key_Right);
    QTest::keyClick(&view, Qt::Key_Return); // an empty one has no photos to show
    EXPECT_EQ(chosen.size(), 2);
    const double before = view.cellSide();
    QTest::keyClick(&view, Qt::Key_Plus);
    EXPECT_GT(view.cellSide(), before);
    QTest::keyClick(&view, Qt::Key_0);
    EXPECT_DOUBLE_EQ(view.cellSide(), before);
}

TEST(ConfusionView, ANameWithAPlaceMarkIsSaidAsItIs)
{
    ConfusionView view;
    view.resize(400, 400);
    view.setTable({{QStringLiteral("Juice 100%2"), QStringLiteral("%4 off")}, {{0, 0, 8}, {0, 1, 3}}});
    view.show();
    QTest::keyClick(&view, Qt::Key_Left); // to the right answers
    EXPECT_EQ(view.accessibleDescription(), QStringLiteral("Juice 100%2: 8 of 11 photos right"));
    QTest::keyClick(&view, Qt::Key_Right);
    EXPECT_EQ(view.accessibleDescription(), QStringLiteral("Juice 100%2 taken for %4 off: 3 of 11 photos"));
}

TEST(ConfusionView, ADragIsNoClick)
{
    ConfusionView view;
    view.resize(600, 500);
    view.setTable(table(1000));
    view.show();
    view.zoomBy(20, view.rect().center());
    QSignalSpy chosen(&view, &ConfusionView::cellChosen);
    const QPointF before = view.placeOf({500, 500});
    QTest::mousePress(&view, Qt::LeftButton, {}, {300, 250});
    QTest::mouseMove(&view, {260, 220});
    QMouseEvent move(QEvent::MouseMove, QPointF(260, 220), view.mapToGlobal(QPointF(260, 220)), Qt::NoButton,
                     Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&view, &move);
    QTest::mouseRelease(&view, Qt::LeftButton, {}, {260, 220});
    EXPECT_TRUE(chosen.isEmpty());
    EXPECT_NEAR(view.placeOf({500, 500}).x(), before.x() - 40, 1);
}

TEST(ConfusionView, TakesAnythingAndNothing)
{
    ConfusionView view;
    view.resize(400, 400);
    view.setTable({});
    QTest::keyClick(&view, Qt::Key_Plus);
    QTest::keyClick(&view, Qt::Key_Return);
    EXPECT_FALSE(view.grab().isNull());
    view.setTable({{QStringLiteral("一")}, {{0, 0, 0}, {5, 0, 3}, {0, -1, 2}}});
    EXPECT_EQ(view.table().size(), 1); // only the headings: no cell makes sense
    EXPECT_FALSE(view.grab().isNull());
}
