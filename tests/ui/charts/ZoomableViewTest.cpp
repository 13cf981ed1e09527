#include "ui/charts/ZoomableView.h"

#include <QTest>
#include <QWheelEvent>

#include <gtest/gtest.h>

using namespace goodsight;

namespace {

/// Notes what it is told.
class Probe : public ZoomableView {
public:
    QPointF at{100, 50};
    double zoomed = 0;
    QPointF around;
    int shownWhole = 0;
    QList<QPointF> clicks;
    QList<QPointF> points;

    Probe() { resize(400, 300); }
    void zoomBy(double factor, const QPointF& place) override
    {
        zoomed = factor;
        around = place;
    }
    void showAll() override { ++shownWhole; }

    void sendMove(const QPointF& place, Qt::MouseButtons buttons)
    {
        QMouseEvent move(QEvent::MouseMove, place, mapToGlobal(place), Qt::NoButton, buttons, Qt::NoModifier);
        QCoreApplication::sendEvent(this, &move);
    }
    bool sendWheel(const QPointF& place, int delta, Qt::KeyboardModifiers modifiers)
    {
        QWheelEvent turn(place, mapToGlobal(place), {}, {0, delta}, Qt::NoButton, modifiers,
                         Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(this, &turn);
        return turn.isAccepted();
    }

protected:
    QPointF corner() const override { return at; }
    void moveCorner(const QPointF& corner) override { at = corner; }
    void clicked(const QPointF& place) override { clicks.append(place); }
    void pointed(const QPointF& place) override { points.append(place); }
};

} // namespace

TEST(ZoomableView, TheWheelZoomsWithCtrlAndElseIsThePages)
{
    Probe view;
    EXPECT_FALSE(view.sendWheel({30, 40}, 120, Qt::NoModifier));
    EXPECT_EQ(view.zoomed, 0);
    EXPECT_TRUE(view.sendWheel({30, 40}, 120, Qt::ControlModifier));
    EXPECT_GT(view.zoomed, 1);
    EXPECT_EQ(view.around, QPointF(30, 40));
    const double in = view.zoomed;
    view.sendWheel({30, 40}, -120, Qt::ControlModifier);
    EXPECT_DOUBLE_EQ(view.zoomed * in, 1);
}

TEST(ZoomableView, KeysZoomAroundTheMiddleAndBackToTheWhole)
{
    Probe view;
    QTest::keyClick(&view, Qt::Key_Plus);
    EXPECT_GT(view.zoomed, 1);
    EXPECT_EQ(view.around, QPointF(200, 150));
    QTest::keyClick(&view, Qt::Key_Minus);
    EXPECT_LT(view.zoomed, 1);
    QTest::keyClick(&view, Qt::Key_0);
    EXPECT_EQ(view.shownWhole, 1);
}

TEST(ZoomableView, ADragMovesFromWhereItBeganAndIsNoClick)
{
    Probe view;
    QTest::mousePress(&view, Qt::LeftButton, {}, {200, 150});
    view.sendMove({230, 140}, Qt::LeftButton);
    view.sendMove({180, 160}, Qt::LeftButton);
    EXPECT_EQ(view.at, QPointF(80, 60));
    QTest::mouseRelease(&view, Qt::LeftButton, {}, {180, 160});
    EXPECT_TRUE(view.clicks.isEmpty());
    EXPECT_TRUE(view.points.isEmpty());
}

TEST(ZoomableView, AHandThatShakesStillClicks)
{
    Probe view;
    QTest::mousePress(&view, Qt::LeftButton, {}, {200, 150});
    view.sendMove({202, 151}, Qt::LeftButton);
    QTest::mouseRelease(&view, Qt::LeftButton, {}, {202, 151});
    EXPECT_EQ(view.clicks, QList<QPointF>{QPointF(202, 151)});
    EXPECT_EQ(view.at, QPointF(100, 50));
    view.sendMove({20, 30}, Qt::NoButton);
    EXPECT_EQ(view.points, QList<QPointF>{QPointF(20, 30)});
}
