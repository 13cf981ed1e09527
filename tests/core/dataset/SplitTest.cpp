#include "core/dataset/Split.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <random>
#include <string>

using namespace goodsight;

namespace {

std::string hashOf(int photo)
{
    return QStringLiteral("%1").arg(photo * 2654435761u, 64, 16, QLatin1Char('0')).toStdString();
}

SplitItem item(int photo, int label, qint64 group = 0)
{
    return {QString::fromStdString(hashOf(photo)), QStringLiteral("label-%1").arg(label), group};
}

/// Labels with 1, 2, 3, … photos in no group.
std::vector<SplitItem> staircase(int labels)
{
    std::vector<SplitItem> items;
    int photo = 0;
    for (int label = 1; label <= labels; ++label)
        for (int i = 0; i < label; ++i)
            items.push_back(item(photo++, label));
    return items;
}

/// Photos of `labels` products in groups of up to five, some of which hold two products.
std::vector<SplitItem> sessions(int labels, quint32 seed)
{
    std::mt19937 random(seed);
    std::vector<SplitItem> items;
    qint64 group = 0;
    int photo = 0;
    for (int label = 0; label < labels; ++label) {
        const int groups = 3 + static_cast<int>(random() % 20);
        for (int i = 0; i < groups; ++i) {
            const int size = 1 + static_cast<int>(random() % 5);
            ++group;
            for (int j = 0; j < size; ++j)
                items.push_back(item(photo++, random() % 10 ? label : (label + 1) % labels, group));
        }
    }
    return items;
}

using Counts = std::map<QString, std::array<int, 3>>;

Counts countsOf(const std::vector<SplitItem>& items, const std::vector<Part>& parts)
{
    Counts counts;
    for (std::size_t i = 0; i < items.size(); ++i)
        ++counts[items[i].labelId][static_cast<std::size_t>(parts[i])];
    return counts;
}

std::map<QString, Part> byHash(const std::vector<SplitItem>& items, const std::vector<Part>& parts)
{
    std::map<QString, Part> map;
    for (std::size_t i = 0; i < items.size(); ++i)
        map[items[i].sha256] = parts[i];
    return map;
}

void expectNoGroupTorn(const std::vector<SplitItem>& items, const std::vector<Part>& parts)
{
    std::map<qint64, Part> groups;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i].group == 0)
            continue;
        EXPECT_EQ(groups.try_emplace(items[i].group, parts[i]).first->second, parts[i])
            << "group " << items[i].group;
    }
}

} // namespace

TEST(Split, WordsAndParts)
{
    for (const Part part : {Part::Train, Part::Val, Part::Test})
        EXPECT_EQ(partFromWord(partWord(part)), part);
    EXPECT_FALSE(partFromWord(QStringLiteral("Val")));
    EXPECT_FALSE(partFromWord({}));
}

TEST(Split, NothingOfNothing)
{
    EXPECT_TRUE(splitStratified({}, {}).empty());
}

TEST(Split, SharesAreMetToTheNearestPhotoForEachLabel)
{
    const auto items = staircase(60);
    const auto parts = splitStratified(items, {0.2, 0.1, 3});
    for (const auto& [label, count] : countsOf(items, parts)) {
        const int photos = count[0] + count[1] + count[2];
        SCOPED_TRACE(photos);
        EXPECT_GE(count[0], 1);
        EXPECT_EQ(count[1] > 0, photos >= 2);
        EXPECT_EQ(count[2] > 0, photos >= 3);
        EXPECT_LE(std::abs(count[1] - 0.2 * photos), photos < 5 ? 1.0 : 0.5);
        EXPECT_LE(std::abs(count[2] - 0.1 * photos), photos < 10 ? 1.0 : 0.5);
    }
}

TEST(Split, APartWithoutAShareIsEmpty)
{
    const auto items = staircase(20);
    for (const auto& [label, count] : countsOf(items, splitStratified(items, {0.15, 0.0, 1})))
        EXPECT_EQ(count[2], 0);
    for (const auto& [label, count] : countsOf(items, splitStratified(items, {0.0, 0.0, 1})))
        EXPECT_EQ(count[1] + count[2], 0);
}

TEST(Split, AnOddShareLeavesEachLabelAPhotoToLearnFrom)
{
    const auto items = staircase(12);
    for (const SplitOptions options : {SplitOptions{0.99, 0.0, 1}, SplitOptions{0.5, 0.5, 1},
                                       SplitOptions{7.0, 7.0, 1}, SplitOptions{-1.0, -1.0, 1}})
        for (const auto& [label, count] : countsOf(items, splitStratified(items, options)))
            EXPECT_GE(count[0], 1);
}

TEST(Split, NoGroupIsTornAndSharesAreWithinAGroup)
{
    for (quint32 seed = 1; seed <= 20; ++seed) {
        SCOPED_TRACE(seed);
        const auto items = sessions(30, seed);
        const auto parts = splitStratified(items, {0.15, 0.1, seed});
        expectNoGroupTorn(items, parts);
        for (const auto& [label, count] : countsOf(items, parts)) {
            const int photos = count[0] + count[1] + count[2];
            SCOPED_TRACE(qPrintable(label));
            EXPECT_GE(count[0], 1);
            EXPECT_GE(count[1], 1);
            EXPECT_GE(count[2], 1);
            EXPECT_LE(std::abs(count[1] - 0.15 * photos), 3.0);
            EXPECT_LE(std::abs(count[2] - 0.1 * photos), 3.0);
        }
    }
}

TEST(Split, OneGroupOfEverythingIsLearntFrom)
{
    std::vector<SplitItem> items;
    for (int i = 0; i < 40; ++i)
        items.push_back(item(i, i % 4, 7));
    for (const Part part : splitStratified(items, {0.3, 0.3, 1}))
        EXPECT_EQ(part, Part::Train);
}

TEST(Split, TwoLargeGroupsGiveOneToVal)
{
    std::vector<SplitItem> items;
    for (int i = 0; i < 40; ++i)
        items.push_back(item(i, 0, i < 30 ? 1 : 2));
    const auto parts = splitStratified(items, {0.1, 0.0, 1});
    expectNoGroupTorn(items, parts);
    EXPECT_EQ(std::count(parts.begin(), parts.end(), Part::Val), 10) << "the group nearer to four photos";
}

TEST(Split, TheSameBytesUnderTwoLabelsStayTogether)
{
    for (quint32 seed = 1; seed <= 50; ++seed) {
        std::vector<SplitItem> items;
        for (int i = 0; i < 6; ++i)
            for (int label = 0; label < 2; ++label)
                items.push_back(item(i, label));
        const auto parts = splitStratified(items, {0.3, 0.0, seed});
        for (std::size_t i = 0; i < items.size(); i += 2)
            EXPECT_EQ(parts[i], parts[i + 1]);
    }
}

TEST(Split, OrderAndNumbersOfGroupsDoNotMatter)
{
    auto items = sessions(15, 4);
    const auto expected = byHash(items, splitStratified(items, {0.2, 0.1, 9}));
    std::mt19937 random(1);
    for (int round = 0; round < 5; ++round) {
        std::shuffle(items.begin(), items.end(), random);
        for (SplitItem& one : items)
            one.group = one.group * 31 + round;
        EXPECT_EQ(byHash(items, splitStratified(items, {0.2, 0.1, 9})), expected);
    }
}

TEST(Split, ASeedIsADifferentSplit)
{
    const auto items = staircase(30);
    const auto one = splitStratified(items, {0.2, 0.0, 1});
    EXPECT_EQ(splitStratified(items, {0.2, 0.0, 1}), one);
    EXPECT_NE(splitStratified(items, {0.2, 0.0, 2}), one);
}

TEST(Split, NewPhotosNeverMoveOldOnes)
{
    const auto all = sessions(25, 11);
    std::vector<SplitItem> items;
    std::map<QString, Part> before;
    for (std::size_t size = 50; size <= all.size(); size += 37) {
        items.assign(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(size));
        for (SplitItem& one : items)
            if (const auto known = before.find(one.sha256); known != before.end())
                one.part = known->second;
        // Another seed and other shares do not move them either.
        const auto parts = splitStratified(items, {0.15, 0.1, static_cast<quint32>(size)});
        const auto after = byHash(items, parts);
        for (const auto& [sha256, part] : before)
            EXPECT_EQ(after.at(sha256), part);
        expectNoGroupTorn(items, parts);
        before = after;
    }
}

TEST(Split, ALabelThatGrowsGetsItsValLater)
{
    std::vector<SplitItem> items{item(0, 0)};
    items[0].part = splitStratified(items, {})[0];
    EXPECT_EQ(items[0].part, Part::Train);
    items.push_back(item(1, 0));
    const auto parts = splitStratified(items, {});
    EXPECT_EQ(parts, (std::vector{Part::Train, Part::Val}));
}

TEST(Split, ANewPhotoJoinsItsGroupsPart)
{
    for (const Part part : {Part::Train, Part::Val, Part::Test}) {
        std::vector<SplitItem> items;
        for (int i = 0; i < 20; ++i)
            items.push_back(item(i, 0));
        items[0].part = part;
        items[0].group = items[1].group = items[2].group = 5;
        const auto parts = splitStratified(items, {0.2, 0.2, 1});
        EXPECT_EQ(parts[1], part);
        EXPECT_EQ(parts[2], part);
    }
    // Kept parts that disagree: learnt from, so that what is measured grows no less honest.
    std::vector<SplitItem> items{item(0, 0, 1), item(1, 0, 1), item(2, 0, 1)};
    items[0].part = Part::Val;
    items[1].part = Part::Test;
    EXPECT_EQ(splitStratified(items, {}), (std::vector{Part::Val, Part::Test, Part::Train}));
}
