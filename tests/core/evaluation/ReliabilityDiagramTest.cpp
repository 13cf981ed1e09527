#include "core/evaluation/ReliabilityDiagram.h"

#include "tests/core/evaluation/Golden.h"

#include <gtest/gtest.h>

#include <limits>

using namespace goodsight;
using namespace goodsight::testsupport;

TEST(ReliabilityDiagram, AgreesWithTheMetrics)
{
    const EvaluationReport report = goldenReport();
    EXPECT_DOUBLE_EQ(report.reliability.ece, report.metrics.ece);
    int photos = 0;
    for (const ReliabilityBin& bin : report.reliability.bins) {
        photos += bin.photos;
        if (bin.photos > 0) {
            EXPECT_GT(bin.confidence, bin.low);
            EXPECT_LE(bin.confidence, bin.high + 1e-12);
        }
    }
    EXPECT_EQ(photos, 240);
}

TEST(ReliabilityDiagram, PutsEdgesIntoTheBinBelow)
{
    const std::vector<GradedAnswer> answers{{0, false}, {1.0 / 15, true}, {1, true}, {1.2, true}};
    const ReliabilityDiagram diagram = reliabilityDiagram(answers);
    EXPECT_EQ(diagram.bins.front().photos, 2);
    EXPECT_DOUBLE_EQ(diagram.bins.front().accuracy, 0.5);
    EXPECT_EQ(diagram.bins.back().photos, 2);
    EXPECT_DOUBLE_EQ(diagram.bins.back().high, 1);
}

TEST(ReliabilityDiagram, TheLargestGapIsTheMaximumError)
{
    const std::vector<GradedAnswer> answers{{0.9, true}, {0.9, true}, {0.5, false}};
    const ReliabilityDiagram diagram = reliabilityDiagram(answers);
    EXPECT_NEAR(diagram.mce, 0.5, 1e-12);
    EXPECT_NEAR(diagram.ece, (0.1 * 2 + 0.5) / 3, 1e-12);
}

TEST(ReliabilityDiagram, AConfidenceThatIsNoNumberCountsAsNone)
{
    const std::vector<ScoredPhoto> photos{{0, {0}, std::numeric_limits<double>::quiet_NaN()}};
    const ReliabilityDiagram diagram = reliabilityDiagram(grade(photos));
    EXPECT_EQ(diagram.bins.front().photos, 1);
    EXPECT_DOUBLE_EQ(diagram.ece, 1);
}
