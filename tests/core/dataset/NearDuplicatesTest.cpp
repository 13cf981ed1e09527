#include "core/dataset/NearDuplicates.h"

#include <gtest/gtest.h>

#include <bit>
#include <ctime>
#include <map>
#include <random>

using namespace goodsight;

namespace {

std::vector<GroupItem> withHashes(const std::vector<quint64>& hashes)
{
    std::vector<GroupItem> items;
    for (const quint64 hash : hashes)
        items.push_back({{}, {}, 0, hash});
    return items;
}

/// `count` hashes, every fifth of which is an earlier one with up to `flips` bits changed.
std::vector<quint64> someHashes(std::size_t count, int flips, quint32 seed)
{
    std::mt19937_64 random(seed);
    std::vector<quint64> hashes;
    while (hashes.size() < count) {
        quint64 hash = random();
        if (!hashes.empty() && random() % 5 == 0) {
            hash = hashes[random() % hashes.size()];
            for (quint64 i = random() % static_cast<quint64>(flips + 1); i > 0; --i)
                hash ^= 1ULL << (random() % 64);
        }
        hashes.push_back(hash);
    }
    return hashes;
}

/// Whether two groupings put the same photos together, however they number the groups.
void expectSameGroups(const std::vector<qint64>& a, const std::vector<qint64>& b)
{
    ASSERT_EQ(a.size(), b.size());
    std::map<qint64, qint64> there;
    std::map<qint64, qint64> back;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ASSERT_EQ(a[i] == 0, b[i] == 0) << i;
        if (a[i] == 0)
            continue;
        EXPECT_EQ(there.try_emplace(a[i], b[i]).first->second, b[i]) << i;
        EXPECT_EQ(back.try_emplace(b[i], a[i]).first->second, a[i]) << i;
    }
}

std::vector<qint64> byComparingAll(const std::vector<quint64>& hashes, int distance)
{
    UnionFind sets(hashes.size());
    for (std::size_t a = 0; a < hashes.size(); ++a)
        for (std::size_t b = a + 1; b < hashes.size(); ++b)
            if (std::popcount(hashes[a] ^ hashes[b]) <= distance)
                sets.unite(a, b);
    std::vector<qint64> groups(hashes.size());
    for (std::size_t i = 0; i < groups.size(); ++i)
        if (sets.sizeOf(i) > 1)
            groups[i] = static_cast<qint64>(sets.find(i)) + 1;
    return groups;
}

GroupItem taken(qint64 second, const char* label = "apple", const char* source = "camera")
{
    return {QString::fromLatin1(label), QString::fromLatin1(source), 1'700'000'000'000 + 1000 * second,
            std::nullopt};
}

bool together(const std::vector<qint64>& groups)
{
    return groups.front() != 0 && std::equal(groups.begin() + 1, groups.end(), groups.begin());
}

bool apart(const std::vector<qint64>& groups)
{
    return std::count(groups.begin(), groups.end(), 0) == static_cast<std::ptrdiff_t>(groups.size());
}

} // namespace

TEST(NearDuplicates, AreThoseThatComparingAllWithAllFinds)
{
    for (int distance = 0; distance <= kMaxHashDistance; ++distance) {
        SCOPED_TRACE(distance);
        const auto hashes = someHashes(1500, kMaxHashDistance + 2, static_cast<quint32>(distance) + 1);
        expectSameGroups(photoGroups(withHashes(hashes), {distance, -1}), byComparingAll(hashes, distance));
    }
}

TEST(NearDuplicates, BitsOfOnePieceOrSpreadOverAllAreFound)
{
    const quint64 hash = 0x0123456789abcdefULL;
    for (int piece = 0; piece < 4; ++piece)
        EXPECT_TRUE(together(photoGroups(withHashes({hash, hash ^ (0x7fULL << (16 * piece))}), {7, -1})));
    EXPECT_TRUE(together(photoGroups(withHashes({hash, hash ^ 0x0003'0003'0003'8000ULL}), {7, -1})));
    EXPECT_TRUE(apart(photoGroups(withHashes({hash, hash ^ 0x0003'0003'0003'0003ULL}), {7, -1})));
    EXPECT_TRUE(apart(photoGroups(withHashes({hash, hash}), {-1, -1})));
}

TEST(NearDuplicates, PhotosWithoutAHashAreAlone)
{
    EXPECT_TRUE(apart(photoGroups(std::vector<GroupItem>(5), {})));
    EXPECT_TRUE(photoGroups({}, {}).empty());
}

TEST(NearDuplicates, OneHashOfAllIsOneGroup)
{
    EXPECT_TRUE(together(photoGroups(withHashes(std::vector<quint64>(100'000, 42)), {})));
}

TEST(NearDuplicates, AHundredThousandPhotos)
{
    const auto hashes = someHashes(100'000, 4, 1);
    const std::clock_t begin = std::clock();
    const auto groups = photoGroups(withHashes(hashes), {});
    RecordProperty("milliseconds", static_cast<int>((std::clock() - begin) * 1000 / CLOCKS_PER_SEC));
    // Each fifth is near another, so two fifths or fewer are in a group.
    const auto grouped =
        groups.size() - static_cast<std::size_t>(std::count(groups.begin(), groups.end(), 0));
    EXPECT_GT(grouped, 30'000U);
    EXPECT_LT(grouped, 40'000U);
}

TEST(Sessions, PhotosOfOneProductInOneGoBelongTogether)
{
    EXPECT_TRUE(together(photoGroups({{taken(0), taken(30), taken(90), taken(61)}}, {})));
    EXPECT_TRUE(apart(photoGroups({{taken(0), taken(61)}}, {})));
    EXPECT_TRUE(apart(photoGroups({{taken(0), taken(30, "pear")}}, {})));
    EXPECT_TRUE(apart(photoGroups({{taken(0), taken(30, "apple", "file")}}, {})));
    EXPECT_TRUE(apart(photoGroups({{taken(0), taken(30)}}, {7, -1})));
    EXPECT_TRUE(apart(photoGroups({{taken(0), taken(30)}}, {7, 29'999})));
    GroupItem unknown;
    EXPECT_TRUE(apart(photoGroups({{unknown, unknown}}, {})));
}

TEST(Sessions, FilesThatWereCopiedInOneGoAreNone)
{
    std::vector<GroupItem> copied;
    std::vector<GroupItem> burst;
    std::vector<GroupItem> byHand;
    for (int i = 0; i < 30; ++i) {
        copied.push_back(taken(i / 10, "apple", "import"));
        burst.push_back(taken(i / 10));
        byHand.push_back(taken(4 * i, "apple", "import"));
    }
    EXPECT_TRUE(apart(photoGroups(copied, {})));
    EXPECT_TRUE(together(photoGroups(burst, {}))) << "a camera's times are its own";
    EXPECT_TRUE(together(photoGroups(byHand, {})));
}

TEST(Sessions, AndNearDuplicatesHangTogether)
{
    std::vector<GroupItem> items{taken(0), taken(30), taken(1000, "pear"), taken(9000)};
    items[1].hash = 5;
    items[2].hash = 7;
    const auto groups = photoGroups(items, {});
    EXPECT_NE(groups[0], 0);
    EXPECT_EQ(groups[0], groups[1]);
    EXPECT_EQ(groups[1], groups[2]);
    EXPECT_EQ(groups[3], 0);
}
