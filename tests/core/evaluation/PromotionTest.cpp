#include "core/evaluation/Promotion.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>

using namespace goodsight;

namespace {

/// Photos of one product: both right, only the old model, only the new one, neither.
void add(QList<ShadowPhoto>& photos, const QString& label, int both, int onlyOld, int onlyNew,
         int neither = 0)
{
    const QString other = QStringLiteral("other");
    const auto some = [&](int count, const QString& old, const QString& fresh) {
        for (int i = 0; i < count; ++i)
            photos.append({{QString::number(photos.size()), old, 0.5, fresh, 0.5}, label});
    };
    some(both, label, label);
    some(onlyOld, label, other);
    some(onlyNew, other, label);
    some(neither, other, other);
}

/// As the store gives them.
QList<ShadowPhoto> newestFirst(QList<ShadowPhoto> photos)
{
    std::reverse(photos.begin(), photos.end());
    return photos;
}

const QString kApple = QStringLiteral("apple");
const QString kPear = QStringLiteral("pear");

/// Shares of `runs` in which a new model that alone is wrong on `loses` of the photos and alone right on
/// `wins` was ever Allowed by 200, 400, … photos.
std::array<double, 3> everAllowed(double loses, double wins, int runs)
{
    std::array<int, 3> allowed{};
    for (int run = 0; run < runs; ++run) {
        std::mt19937 random(static_cast<std::uint32_t>(run));
        QList<ShadowPhoto> photos;
        bool ever = false;
        for (std::size_t at = 0; at < allowed.size(); ++at) {
            while (photos.size() < (200 << at)) {
                const double chance = static_cast<double>(random()) / 4294967296.0;
                const bool lost = chance < loses;
                const bool won = !lost && chance < loses + wins;
                add(photos, kApple, lost || won ? 0 : 1, lost ? 1 : 0, won ? 1 : 0);
            }
            const PromotionDecision decision = decidePromotion(newestFirst(photos));
            if (decision.verdict == PromotionVerdict::Refused)
                break;
            ever = ever || decision.verdict == PromotionVerdict::Allowed;
            allowed[at] += ever ? 1 : 0;
        }
    }
    return {static_cast<double>(allowed[0]) / runs, static_cast<double>(allowed[1]) / runs,
            static_cast<double>(allowed[2]) / runs};
}

} // namespace

TEST(Promotion, CountsWhatOneModelAloneGotRight)
{
    QList<ShadowPhoto> photos;
    add(photos, kPear, 5, 1, 2, 3);
    add(photos, kApple, 7, 0, 4, 1);
    add(photos, QStringLiteral("rare"), 2, 0, 0);
    photos.append({{QStringLiteral("x"), kApple, 0.5, kPear, 0.5}, QString()}); // nobody said what it is
    const auto comparison = compareShadow(photos, 10);
    EXPECT_EQ(comparison.all.photos, 25);
    EXPECT_EQ(comparison.all.onlyOldRight, 1);
    EXPECT_EQ(comparison.all.onlyNewRight, 6);
    EXPECT_NEAR(comparison.all.pWorse, 127 / 128.0, 1e-9);
    ASSERT_EQ(comparison.classes.size(), 2);
    EXPECT_EQ(comparison.smallClasses, 1);
    EXPECT_EQ(comparison.classes[0].labelId, kApple);
    EXPECT_EQ(comparison.classes[0].photos, 12);
    EXPECT_EQ(comparison.classes[0].onlyNewRight, 4);
    EXPECT_EQ(comparison.classes[1].labelId, kPear);
    EXPECT_EQ(comparison.classes[1].onlyOldRight, 1);
}

TEST(Promotion, NothingIsDecidedTooEarly)
{
    QList<ShadowPhoto> photos;
    auto decision = decidePromotion(photos);
    EXPECT_EQ(decision.verdict, PromotionVerdict::NotYet);
    EXPECT_EQ(decision.missingPhotos, 200);
    EXPECT_EQ(decision.look, 0);
    add(photos, kApple, 0, 199, 0);
    decision = decidePromotion(photos);
    EXPECT_EQ(decision.verdict, PromotionVerdict::NotYet);
    EXPECT_EQ(decision.missingPhotos, 1);
    EXPECT_TRUE(decision.reason.contains(u'1'));
}

TEST(Promotion, ABetterAndAnIdenticalModelAreAllowed)
{
    for (const auto& [onlyOld, onlyNew] : {std::pair{0, 30}, std::pair{0, 0}, std::pair{4, 9}}) {
        QList<ShadowPhoto> photos;
        add(photos, kApple, 200 - onlyOld - onlyNew, onlyOld, onlyNew);
        const auto decision = decidePromotion(photos);
        EXPECT_EQ(decision.verdict, PromotionVerdict::Allowed) << onlyOld << " " << onlyNew;
        EXPECT_TRUE(decision.reason.contains(u'3')) << "the margin";
        EXPECT_EQ(decision.look, 200);
        EXPECT_TRUE(decision.worseIds.isEmpty());
    }
}

TEST(Promotion, NoProofOfALossIsNoProofThatThereIsNone)
{
    QList<ShadowPhoto> photos;
    add(photos, kApple, 176, 14, 10);
    ASSERT_GT(compareShadow(photos, 20).all.pWorse, 0.2);
    const auto decision = decidePromotion(photos);
    EXPECT_EQ(decision.verdict, PromotionVerdict::NotYet);
    EXPECT_EQ(decision.missingPhotos, 200);
    for (const int number : {200, 14, 10})
        EXPECT_TRUE(decision.reason.contains(QString::number(number))) << qPrintable(decision.reason);
}

TEST(Promotion, AWorseModelIsRefusedWithTheCounts)
{
    QList<ShadowPhoto> photos;
    add(photos, kApple, 160, 31, 9);
    const auto decision = decidePromotion(photos);
    EXPECT_EQ(decision.verdict, PromotionVerdict::Refused);
    EXPECT_TRUE(decision.worse);
    for (const int number : {200, 31, 9})
        EXPECT_TRUE(decision.reason.contains(QString::number(number))) << qPrintable(decision.reason);
}

TEST(Promotion, BetweenTwoLooksNothingChangesAndARefusalStays)
{
    QList<ShadowPhoto> photos;
    add(photos, kApple, 160, 31, 9);
    ASSERT_EQ(decidePromotion(newestFirst(photos)).verdict, PromotionVerdict::Refused);
    for (const int more : {50, 150, 300}) {
        add(photos, kApple, 0, 0, more); // all of them speak for the new model
        const auto decision = decidePromotion(newestFirst(photos));
        EXPECT_EQ(decision.verdict, PromotionVerdict::Refused) << photos.size();
        EXPECT_EQ(decision.look, 200);
    }

    photos.clear();
    add(photos, kApple, 180, 10, 10);
    ASSERT_EQ(decidePromotion(newestFirst(photos)).verdict, PromotionVerdict::NotYet);
    add(photos, kApple, 0, 0, 199);
    EXPECT_EQ(decidePromotion(newestFirst(photos)).verdict, PromotionVerdict::NotYet);
    EXPECT_EQ(decidePromotion(newestFirst(photos)).missingPhotos, 1);
    add(photos, kApple, 0, 0, 1);
    EXPECT_EQ(decidePromotion(newestFirst(photos)).verdict, PromotionVerdict::Allowed);
    add(photos, kApple, 0, 100, 0);
    EXPECT_EQ(decidePromotion(newestFirst(photos)).verdict, PromotionVerdict::Allowed) << "until 800";
}

TEST(Promotion, AModelThatLosesOneProductIsRefusedThoughBetterOverall)
{
    QList<ShadowPhoto> photos;
    add(photos, kApple, 135, 0, 40);
    add(photos, kPear, 10, 15, 0);
    auto decision = decidePromotion(photos, {}, [](const QString&) { return QStringLiteral("梨%1"); });
    EXPECT_EQ(decision.verdict, PromotionVerdict::Refused);
    EXPECT_EQ(decision.worseIds, QStringList{kPear});
    EXPECT_FALSE(decision.worse);
    EXPECT_TRUE(decision.reason.contains(QStringLiteral("梨%1"))) << qPrintable(decision.reason);
    EXPECT_TRUE(decision.reason.contains(QStringLiteral("25 photos"))) << qPrintable(decision.reason);
    EXPECT_TRUE(decidePromotion(photos).reason.contains(kPear));

    // The same product with too few photos says nothing.
    PromotionRule rule;
    rule.classPhotos = 26;
    EXPECT_EQ(decidePromotion(photos, rule).verdict, PromotionVerdict::Allowed);
}

TEST(Promotion, ManyProductsDoNotRefuseAModelByChance)
{
    // In one product of eighty the old model is ahead by 8 to 1, which by itself would be p = 0.02.
    QList<ShadowPhoto> photos;
    for (int i = 0; i < 79; ++i)
        add(photos, QStringLiteral("product-%1").arg(i), 19, 0, 1);
    add(photos, kPear, 11, 8, 1);
    PromotionRule rule;
    rule.photos = static_cast<int>(photos.size());
    const auto decision = decidePromotion(photos, rule);
    EXPECT_EQ(decision.verdict, PromotionVerdict::NotYet) << "but it is worth more photos";
    EXPECT_TRUE(decision.worseIds.isEmpty());
    EXPECT_EQ(decision.doubtfulIds, QStringList{kPear});
    EXPECT_TRUE(decision.reason.contains(kPear));
}

TEST(Promotion, AProductThatFallsFromTwentyRightToElevenIsNotPassedOver)
{
    QList<ShadowPhoto> photos;
    for (int i = 0; i < 39; ++i)
        add(photos, QStringLiteral("product-%1").arg(i), 18, 0, 2);
    add(photos, kPear, 11, 9, 0);
    PromotionRule rule;
    rule.photos = static_cast<int>(photos.size());
    auto decision = decidePromotion(photos, rule);
    EXPECT_EQ(decision.verdict, PromotionVerdict::NotYet);
    EXPECT_EQ(decision.doubtfulIds, QStringList{kPear});

    photos.clear();
    for (int i = 0; i < 39; ++i)
        add(photos, QStringLiteral("product-%1").arg(i), 18, 0, 2);
    add(photos, kPear, 9, 11, 0);
    decision = decidePromotion(photos, rule);
    EXPECT_EQ(decision.verdict, PromotionVerdict::Refused);
    EXPECT_EQ(decision.worseIds, QStringList{kPear});
}

TEST(Promotion, AllowsAsSeldomAndAsOftenAsItsHeaderSays)
{
    constexpr int kRuns = 400; // three standard errors: 0.075 at most
    const auto fiveWorse = everAllowed(0.10, 0.05, kRuns);
    EXPECT_LT(fiveWorse[2], 0.02);
    const auto threeWorse = everAllowed(0.08, 0.05, kRuns);
    EXPECT_LT(threeWorse[2], 0.05 + 0.02);
    const auto equal = everAllowed(0.05, 0.05, kRuns);
    EXPECT_NEAR(equal[0], 0.24, 0.07);
    EXPECT_NEAR(equal[2], 0.57, 0.08);
    const auto twoBetter = everAllowed(0.04, 0.06, kRuns);
    EXPECT_NEAR(twoBetter[0], 0.59, 0.08);
    EXPECT_GT(twoBetter[2], 0.93);
    const auto fourBetter = everAllowed(0.03, 0.07, kRuns);
    EXPECT_NEAR(fourBetter[0], 0.87, 0.06);
    EXPECT_GT(fourBetter[2], 0.98);
}
