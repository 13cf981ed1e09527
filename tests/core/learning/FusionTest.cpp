#include "core/learning/Fusion.h"

#include "tests/core/learning/MadeUpPhotos.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

using namespace goodsight;

namespace {

const QStringList kClasses{QStringLiteral("apple"), QStringLiteral("milk"), QStringLiteral("pear")};
const std::vector<double> kShares{0.7, 0.1, 0.2};

PrototypeScore score(const char* label, double evidence)
{
    return {QString::fromLatin1(label), evidence, 1};
}

double sum(const std::vector<FusedCandidate>& ranking)
{
    return std::accumulate(ranking.begin(), ranking.end(), 0.0,
                           [](double total, const FusedCandidate& one) { return total + one.confidence; });
}

/// Known photos that the head has right but that look a little like a new product; new ones that the head
/// takes for a known product.
std::vector<FusionSample> samples(double lookalike)
{
    std::vector<FusionSample> made;
    const double sure = std::log(0.9);
    const double unsure = std::log(0.1);
    for (int i = 0; i < 50; ++i) {
        made.push_back({{sure, unsure}, {20, 0}, {lookalike + i * 0.1}, 0});
        made.push_back({{unsure, sure}, {5, 6}, {15}, 2});
    }
    return made;
}

} // namespace

TEST(Fusion, WithoutPrototypesItIsTheHeadsRanking)
{
    const auto ranking = fuse(kClasses, kShares, {}, {});
    ASSERT_EQ(ranking.size(), 3U);
    EXPECT_EQ(ranking[0].labelId, QStringLiteral("apple"));
    EXPECT_EQ(ranking[1].labelId, QStringLiteral("pear"));
    EXPECT_DOUBLE_EQ(ranking[0].confidence, 0.7);
}

TEST(Fusion, ANewProductTakesItsPlaceByItsEvidence)
{
    const std::vector<PrototypeScore> near{score("mango", 200)};
    const auto first = fuse(kClasses, kShares, near, {});
    ASSERT_EQ(first.size(), 4U);
    EXPECT_EQ(first[0].labelId, QStringLiteral("mango"));
    EXPECT_NEAR(sum(first), 1, 1e-9);
    const std::vector<PrototypeScore> far{score("mango", -50)};
    const auto last = fuse(kClasses, kShares, far, {});
    EXPECT_EQ(last[3].labelId, QStringLiteral("mango"));
    // The known keep the shares that the head gave them, as far as only it speaks of them.
    EXPECT_NEAR(last[0].confidence / last[1].confidence, 0.7 / 0.2, 1e-6);
}

TEST(Fusion, HeadAndEvidenceDecideTogetherAmongTheKnown)
{
    const std::vector<PrototypeScore> scores{score("apple", 0), score("milk", 0), score("pear", 10)};
    FusionWeights weights;
    weights.sharpness = 0.1;
    weights.elsewhere = -1000;
    weights.head = 0;
    EXPECT_EQ(fuse(kClasses, kShares, scores, weights)[0].labelId, QStringLiteral("pear"));
    weights.head = 4;
    EXPECT_EQ(fuse(kClasses, kShares, scores, weights)[0].labelId, QStringLiteral("apple"));
}

TEST(Fusion, APhotoThatIsNearNothingKeepsTheHeadsAnswer)
{
    // Of what is far away, one known product is nearest and the new one is nearer still.
    const std::vector<PrototypeScore> scores{score("apple", -900), score("milk", -500), score("pear", -900),
                                             score("mango", -300)};
    const auto ranking = fuse(kClasses, kShares, scores, {});
    ASSERT_EQ(ranking.size(), 4U);
    EXPECT_EQ(ranking[0].labelId, QStringLiteral("apple"));
    EXPECT_NEAR(ranking[0].confidence, 0.7, 1e-9);
    EXPECT_NEAR(ranking[1].confidence, 0.2, 1e-9);
    EXPECT_LT(ranking[3].confidence, 1e-9);
    // It is what "elsewhere" weighs that does it.
    FusionWeights blind;
    blind.elsewhere = -1e4;
    EXPECT_EQ(fuse(kClasses, kShares, scores, blind)[0].labelId, QStringLiteral("mango"));
}

TEST(Fusion, PhotosOfNeitherKindAreNotTakenForTheNewProduct)
{
    std::vector<FusionSample> all = samples(-10);
    const auto sureOfNew = [&](const FusionWeights& weights) {
        const std::vector<PrototypeScore> scores{score("a", -60), score("b", -70), score("new", -30)};
        const auto ranking =
            fuse({QStringLiteral("a"), QStringLiteral("b")}, std::vector<double>{0.6, 0.4}, scores, weights);
        const auto found = std::find_if(ranking.begin(), ranking.end(), [](const FusedCandidate& one) {
            return one.labelId == QStringLiteral("new");
        });
        return found->confidence;
    };
    for (int i = 0; i < 50; ++i)
        all.push_back(
            {{std::log(0.6), std::log(0.4)}, {-60.0 - i, -70}, {-30.0 - i}, FusionSample::kNeither});
    const FusionWeights chosen = chooseFusion(all);
    EXPECT_LT(sureOfNew(chosen), 0.2);
    FusionWeights blind = chosen;
    blind.elsewhere = -1e4;
    EXPECT_GT(sureOfNew(blind), 0.5);
}

TEST(Fusion, AHeadThatIsCertainLeavesRoomAndNothingIsLost)
{
    const std::vector<double> certain{1, 0, 0};
    const std::vector<PrototypeScore> scores{score("milk", 300), score("kiwi", -1e6)};
    const auto ranking = fuse(kClasses, certain, scores, {});
    ASSERT_EQ(ranking.size(), 4U);
    for (const FusedCandidate& one : ranking)
        EXPECT_TRUE(std::isfinite(one.confidence)) << qPrintable(one.labelId);
    EXPECT_NEAR(sum(ranking), 1, 1e-9);
    EXPECT_EQ(fuse({}, {}, scores, {}).front().labelId, QStringLiteral("milk"));
}

TEST(Fusion, TheChosenWeightsKeepTheKnownProducts)
{
    // The new product's evidence for known photos reaches above their own, up to 6 more.
    const std::vector<FusionSample> rivals = samples(21);
    const auto right = [&](const FusionWeights& weights, bool known) {
        int count = 0;
        for (const FusionSample& sample : rivals) {
            if ((sample.truth == 0) != known)
                continue;
            const std::vector<PrototypeScore> scores{score("a", sample.evidence[0]),
                                                     score("b", sample.evidence[1]),
                                                     score("new", sample.fresh[0])};
            const auto ranking = fuse(
                {QStringLiteral("a"), QStringLiteral("b")},
                std::vector<double>{std::exp(sample.known[0]), std::exp(sample.known[1])}, scores, weights);
            count += ranking[0].labelId == (known ? QStringLiteral("a") : QStringLiteral("new")) ? 1 : 0;
        }
        return count;
    };
    const FusionWeights chosen = chooseFusion(rivals, 0.01);
    EXPECT_EQ(right(chosen, true), 50);
    EXPECT_EQ(right(chosen, false), 50);
    EXPECT_NEAR(chosen.unseen, 20, 1e-9);
    FusionWeights careless = chosen;
    careless.newProduct = 0;
    EXPECT_LT(right(careless, true), 50);
}

TEST(Fusion, RehearsalTeachesHiddenProductsAndIsTheSameEveryTime)
{
    const MadeUpPhotos train(12, 12, 16, 0.8F);
    MadeUpPhotos val(12, 14, 16, 0.8F); // the same centres
    const std::size_t seen = train.labels.size();
    val.labels.erase(val.labels.begin(), val.labels.begin() + static_cast<std::ptrdiff_t>(seen));
    val.embeddings.erase(val.embeddings.begin(),
                         val.embeddings.begin() + static_cast<std::ptrdiff_t>(seen * 16));
    std::vector<float> logits(val.labels.size() * 12);
    for (std::size_t i = 0; i < val.labels.size(); ++i)
        logits[i * 12 + static_cast<std::size_t>(val.labels[i])] = 3;
    const LabelledEmbeddings lessons{train.embeddings, train.labels};
    const LabelledEmbeddings exam{val.embeddings, val.labels};
    const auto samples = rehearse(lessons, exam, 16, logits, 12, 4);
    ASSERT_TRUE(samples) << qPrintable(samples.error().message);
    ASSERT_EQ(samples->size(), val.labels.size() * 4 * 4);
    int fresh = 0;
    int freshRight = 0;
    int neither = 0;
    for (const FusionSample& sample : *samples) {
        ASSERT_EQ(sample.known.size(), 6U);
        ASSERT_EQ(sample.fresh.size(), 3U);
        neither += sample.truth == FusionSample::kNeither ? 1 : 0;
        if (sample.truth < 6)
            continue;
        ++fresh;
        const auto best = std::max_element(sample.fresh.begin(), sample.fresh.end()) - sample.fresh.begin();
        freshRight += best == sample.truth - 6 ? 1 : 0;
    }
    EXPECT_GT(fresh, 0);
    EXPECT_EQ(neither, fresh); // as many classes, with as many photos each
    EXPECT_GT(freshRight, fresh * 9 / 10);
    const FusionWeights one = chooseFusion(*samples);
    const FusionWeights two = chooseFusion(*rehearse(lessons, exam, 16, logits, 12, 4));
    EXPECT_EQ(one.newProduct, two.newProduct);
    EXPECT_EQ(one.sharpness, two.sharpness);

    EXPECT_EQ(rehearse(lessons, exam, 16, std::span(logits).first(5), 12, 4).error().code,
              QStringLiteral("bad-input"));
    EXPECT_EQ(chooseFusion({}).sharpness, FusionWeights().sharpness);
    // Two classes: none can be hidden.
    const MadeUpPhotos few(2, 4, 16, 1);
    const std::vector<float> fewLogits(8 * 2);
    const LabelledEmbeddings both{few.embeddings, few.labels};
    EXPECT_TRUE(rehearse(both, both, 16, fewLogits, 2, 1)->empty());
}
