#include "core/inference/TopK.h"

#include <gmock/gmock.h>

using goodsight::topK;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(TopK, GivesTheLargestFirst)
{
    const std::vector<double> values{0.1, 0.5, 0.05, 0.3, 0.05};
    EXPECT_THAT(topK(values, 3), ElementsAre(1, 3, 0));
}

TEST(TopK, KeepsTheOrderOfEquals)
{
    const std::vector<double> values{0.25, 0.25, 0.25, 0.25};
    EXPECT_THAT(topK(values, 3), ElementsAre(0, 1, 2));
}

TEST(TopK, ClampsTheCount)
{
    const std::vector<double> values{1, 2};
    EXPECT_THAT(topK(values, 7), ElementsAre(1, 0));
    EXPECT_THAT(topK(values, 0), IsEmpty());
    EXPECT_THAT(topK(values, -1), IsEmpty());
    EXPECT_THAT(topK({}, 3), IsEmpty());
}
