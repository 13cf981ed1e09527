#include "ui/charts/LineChart.h"
#include "tests/support/TestSupport.h"
#include "ui/theme/Theme.h"

#include <QApplication>
#include <QChart>
#include <QLineSeries>
#include <QValueAxis>

#include <gtest/gtest.h>

#include <limits>

using namespace goodsight;

namespace {

QValueAxis* axis(const LineChart& chart, Qt::Orientation orientation)
{
    return qobject_cast<QValueAxis*>(chart.chart()->axes(orientation).value(0));
}

} // namespace

TEST(LineChart, GrowsWithWhatIsAppended)
{
    LineChart chart(LineChart::Scale::Number);
    chart.setHorizontal(1, 3, QStringLiteral("Epoch"));
    chart.setCurves({{QStringLiteral("loss"), ChartTone::Brand, false, {{1, 1.2}}}});
    chart.append(0, {2, 6.4});
    chart.append(0, {9, 0.5});
    chart.append(7, {1, 1}); // no such curve
    EXPECT_GE(axis(chart, Qt::Vertical)->max(), 6.4);
    EXPECT_DOUBLE_EQ(axis(chart, Qt::Vertical)->min(), 0);
    EXPECT_DOUBLE_EQ(axis(chart, Qt::Horizontal)->max(), 9);
    EXPECT_EQ(chart.table(), (QList<QStringList>{{QStringLiteral("Epoch"), QStringLiteral("loss")},
                                                 {QStringLiteral("1"), QStringLiteral("1.2")},
                                                 {QStringLiteral("2"), QStringLiteral("6.4")},
                                                 {QStringLiteral("9"), QStringLiteral("0.5")}}));
}

TEST(LineChart, WhatWasNotMeasuredIsLeftOut)
{
    LineChart chart(LineChart::Scale::Share);
    chart.setHorizontal(1, 3, QStringLiteral("Epoch"));
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    chart.setCurves({{QStringLiteral("val"), ChartTone::Sure, false, {{1, kNone}, {2, 0.5}}},
                     {QStringLiteral("train"), ChartTone::Brand, false, {{1, 0.25}}}});
    chart.append(0, {3, kNone});
    EXPECT_EQ(chart.curves().first().points.size(), 1);
    EXPECT_EQ(chart.table().at(1), (QStringList{QStringLiteral("1"), QString(), QStringLiteral("0.25")}));
    EXPECT_DOUBLE_EQ(axis(chart, Qt::Vertical)->max(), 100); // shares are drawn as percentages
}

TEST(LineChart, TakesTheColoursOfTheThemeAtOnce)
{
    Theme theme(*qApp);
    theme.apply(Settings::Theme::Light);
    LineChart chart(LineChart::Scale::Number);
    chart.setCurves({{QStringLiteral("loss"), ChartTone::Brand, false, {{1, 1}, {2, 2}}}});
    chart.show();
    auto* series = qobject_cast<QLineSeries*>(chart.chart()->series().first());
    EXPECT_EQ(series->pen().color(), Theme::colors().brand);
    theme.apply(Settings::Theme::Dark);
    ASSERT_TRUE(testsupport::waitFor([&] { return series->pen().color() == Theme::colors().brand; }));
    EXPECT_EQ(axis(chart, Qt::Vertical)->labelsColor(), Theme::colors().secondary);
    theme.apply(Settings::Theme::Light);
}

TEST(LineChart, TicksAreRoundNumbers)
{
    EXPECT_DOUBLE_EQ(niceStep(100, 4), 25);
    EXPECT_DOUBLE_EQ(niceStep(3.5, 4), 1);
    EXPECT_DOUBLE_EQ(niceStep(0.07, 4), 0.02);
    EXPECT_DOUBLE_EQ(niceStep(0, 4), 1);
    EXPECT_EQ(decimalsOf(20), 0);
    EXPECT_EQ(decimalsOf(0.1), 1);
    EXPECT_EQ(decimalsOf(2.5), 1);
    EXPECT_EQ(decimalsOf(0.25), 2); // "0.3" would stand where 0.25 is
}
