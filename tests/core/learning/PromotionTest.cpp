#include "core/learning/Promotion.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

using namespace goodsight;

namespace {

/// McNemar's exact test: a fair coin for each photo on which one model alone was right.
double exact(int onlyOld, int onlyNew)
{
    const int n = onlyOld + onlyNew;
    double tail = 0;
    for (int k = onlyOld; k <= n; ++k)
        tail += std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0) -
                         n * std::log(2.0));
    return std::min(1.0, tail);
}

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

const QString kApple = QStringLiteral("apple");
const QString kPear = QStringLiteral("pear");

} // namespace

TEST(Promotion, CountsWhatOneModelAloneGotRight)
{
    QList<ShadowPhoto> photos;
    add(photos, kPear, 5, 1, 2, 3);
    add(photos, kApple, 7, 0, 4, 1);
    photos.append({{QStringLiteral("x"), kApple, 0.5, kPear, 0.5}, QString()}); // nobody said what it is
    const auto comparison = compareShadow(photos, exact);
    EXPECT_EQ(comparison.all.photos, 23);
    EXPECT_EQ(comparison.all.onlyOldRight, 1);
    EXPECT_EQ(comparison.all.onlyNewRight, 6);
    EXPECT_NEAR(comparison.all.pWorse, 127 / 128.0, 1e-12);
    ASSERT_EQ(comparison.classes.size(), 2);
    EXPECT_EQ(comparison.classes[0].labelId, kApple);
    EXPECT_EQ(comparison.classes[0].photos, 12);
    EXPECT_EQ(comparison.classes[0].onlyNewRight, 4);
    EXPECT_EQ(comparison.classes[1].labelId, kPear);
    EXPECT_EQ(comparison.classes[1].onlyOldRight, 1);
}

TEST(Promotion, NothingIsDecidedTooEarly)
{
    QList<ShadowPhoto> photos;
    auto decision = decidePromotion(compareShadow(photos, exact));
    EXPECT_EQ(decision.verdict, PromotionVerdict::NotYet);
    EXPECT_EQ(decision.missingPhotos, 200);
    add(photos, kApple, 0, 199, 0);
    decision = decidePromotion(compareShadow(photos, exact));
    EXPECT_EQ(decision.verdict, PromotionVerdict::NotYet);
    EXPECT_EQ(decision.missingPhotos, 1);
    EXPECT_TRUE(decision.reason.contains(u'1'));
}

TEST(Promotion, ABetterAndAnEqualModelAreAllowed)
{
    for (const auto& [onlyOld, onlyNew] :
         {std::pair{0, 30}, std::pair{0, 0}, std::pair{10, 10}, std::pair{12, 8}}) {
        QList<ShadowPhoto> photos;
        add(photos, kApple, 200, onlyOld, onlyNew);
        const auto decision = decidePromotion(compareShadow(photos, exact));
        EXPECT_EQ(decision.verdict, PromotionVerdict::Allowed) << onlyOld << " " << onlyNew;
        EXPECT_FALSE(decision.reason.isEmpty());
        EXPECT_TRUE(decision.worseIds.isEmpty());
    }
}

TEST(Promotion, AWorseModelIsRefusedWithTheCounts)
{
    QList<ShadowPhoto> photos;
    add(photos, kApple, 200, 31, 9);
    const auto decision = decidePromotion(compareShadow(photos, exact));
    EXPECT_EQ(decision.verdict, PromotionVerdict::Refused);
    for (const int number : {240, 31, 9})
        EXPECT_TRUE(decision.reason.contains(QString::number(number))) << qPrintable(decision.reason);
}

TEST(Promotion, AModelThatLosesOneProductIsRefusedThoughBetterOverall)
{
    QList<ShadowPhoto> photos;
    add(photos, kApple, 300, 0, 40);
    add(photos, kPear, 10, 15, 0);
    const auto comparison = compareShadow(photos, exact);
    auto decision = decidePromotion(comparison, {}, [](const QString&) { return QStringLiteral("梨%1"); });
    EXPECT_EQ(decision.verdict, PromotionVerdict::Refused);
    EXPECT_EQ(decision.worseIds, QStringList{kPear});
    EXPECT_TRUE(decision.reason.contains(QStringLiteral("梨%1"))) << qPrintable(decision.reason);
    EXPECT_TRUE(decision.reason.contains(QStringLiteral("25 photos"))) << qPrintable(decision.reason);
    EXPECT_TRUE(decidePromotion(comparison).reason.contains(kPear));

    // The same product with too few photos says nothing.
    decision = decidePromotion(comparison, {200, 26, 0.05});
    EXPECT_EQ(decision.verdict, PromotionVerdict::Allowed);
}

TEST(Promotion, ManyProductsDoNotRefuseAModelByChance)
{
    // In one product of eighty the old model is ahead by 8 to 1, which by itself would be p = 0.02.
    QList<ShadowPhoto> photos;
    for (int i = 0; i < 79; ++i)
        add(photos, QStringLiteral("product-%1").arg(i), 24, 1, 1);
    add(photos, kPear, 20, 8, 1);
    const auto comparison = compareShadow(photos, exact);
    ASSERT_LT(exact(8, 1), 0.05);
    EXPECT_EQ(decidePromotion(comparison).verdict, PromotionVerdict::Allowed);
}
