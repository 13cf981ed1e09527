#include "core/learning/PhotoFolds.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <utility>

using namespace goodsight;

namespace {

/// 30 photos of class 0, 9 of 1, 2 of 2, one of 3.
std::vector<int> labels()
{
    std::vector<int> all(30, 0);
    all.insert(all.end(), 9, 1);
    all.insert(all.end(), 2, 2);
    all.push_back(3);
    return all;
}

int countIn(const PhotoFolds& folds, std::size_t begin, std::size_t end, int label)
{
    const std::vector<int> all = labels();
    return static_cast<int>(std::count_if(folds.order.begin() + static_cast<std::ptrdiff_t>(begin),
                                          folds.order.begin() + static_cast<std::ptrdiff_t>(end),
                                          [&](std::size_t photo) { return all[photo] == label; }));
}

} // namespace

TEST(PhotoFolds, EachHoldsItsShareOfEveryClassAndEveryPhotoComesOnce)
{
    const PhotoFolds folds = PhotoFolds::deal(labels(), 4, 3, 1000, 1);
    std::vector<std::size_t> sorted = folds.order;
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::size_t> all(labels().size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    EXPECT_EQ(sorted, all);
    EXPECT_EQ(folds.used, all.size());
    ASSERT_EQ(folds.folds.size(), 3U);
    for (const auto& [begin, end] : folds.folds) {
        EXPECT_EQ(countIn(folds, begin, end, 0), 10);
        EXPECT_EQ(countIn(folds, begin, end, 1), 3);
        EXPECT_LE(countIn(folds, begin, end, 2), 1);
        EXPECT_EQ(countIn(folds, begin, end, 3), 0); // its only photo is always learnt from
    }
}

TEST(PhotoFolds, FollowTheSeedAndLeaveOutWhatIsTooMuch)
{
    EXPECT_EQ(PhotoFolds::deal(labels(), 4, 3, 1000, 1).order,
              PhotoFolds::deal(labels(), 4, 3, 1000, 1).order);
    EXPECT_NE(PhotoFolds::deal(labels(), 4, 3, 1000, 1).order,
              PhotoFolds::deal(labels(), 4, 3, 1000, 2).order);
    const PhotoFolds some = PhotoFolds::deal(labels(), 4, 3, 21, 1);
    EXPECT_EQ(some.order.size(), labels().size());
    EXPECT_EQ(countIn(some, 0, some.used, 0), 15);
    EXPECT_EQ(countIn(some, 0, some.used, 2), 2); // never fewer, or none could be held out
    EXPECT_EQ(countIn(some, 0, some.used, 3), 1);
    EXPECT_TRUE(PhotoFolds::deal(std::vector<int>{0, 1, 2}, 3, 3, 1000, 1).folds.empty());
}

TEST(PhotoFolds, PhotosTakenInOneGoStayTogether)
{
    // Class 0: two goes of three photos and a photo alone; class 1: one go only.
    const std::vector<int> labels{0, 0, 0, 0, 0, 0, 0, 1, 1, 1};
    const std::vector<qint64> groups{5, 6, 5, 6, 5, 6, 0, 6, 6, 6};
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const PhotoFolds dealt = PhotoFolds::deal(labels, 2, 3, 1000, seed, groups);
        ASSERT_EQ(dealt.order.size(), labels.size());
        ASSERT_EQ(dealt.folds.size(), 3U);
        std::map<std::pair<int, qint64>, std::set<std::size_t>> foldsOf;
        for (std::size_t fold = 0; fold < dealt.folds.size(); ++fold) {
            for (std::size_t i = dealt.folds[fold].first; i < dealt.folds[fold].second; ++i) {
                const std::size_t photo = dealt.order[i];
                foldsOf[{labels[photo], groups[photo]}].insert(fold);
            }
        }
        EXPECT_EQ(foldsOf.size(), 3U) << "class 1 has nothing to be judged by";
        for (const auto& [group, folds] : foldsOf)
            EXPECT_EQ(folds.size(), 1U);
    }
    const std::vector<qint64> oneGo(labels.size(), 1);
    EXPECT_TRUE(PhotoFolds::deal(labels, 2, 3, 1000, 1, oneGo).folds.empty());
}
