#include "core/learning/OpenSet.h"
#include "core/learning/LogisticMix.h"

#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

using namespace goodsight;

namespace {

constexpr std::size_t kWidth = OpenSetEvidence::kWidth;
constexpr std::size_t kClasses = 8;

/// Embeddings around a centre for each class: a smooth wave of its own, and noise.
struct World {
    std::vector<float> embeddings;
    std::vector<int> labels;

    World(std::size_t perClass, quint32 seed, int firstClass = 0, std::size_t classes = kClasses)
    {
        for (std::size_t label = 0; label < classes; ++label) {
            for (std::size_t photo = 0; photo < perClass; ++photo) {
                labels.push_back(static_cast<int>(label));
                const auto wave = static_cast<double>(label) + firstClass + 1;
                for (std::size_t k = 0; k < kWidth; ++k) {
                    seed = seed * 1664525U + 1013904223U;
                    const double noise = static_cast<double>(seed >> 8) / (1 << 24);
                    embeddings.push_back(static_cast<float>(
                        1 + std::sin(wave * static_cast<double>(k + 1) * 0.37) + 0.8 * noise));
                }
            }
        }
    }
    [[nodiscard]] LabelledEmbeddings set() const { return {embeddings, labels}; }
    [[nodiscard]] std::span<const float> photo(std::size_t i) const
    {
        return std::span(embeddings).subspan(i * kWidth, kWidth);
    }
};

class OpenSetTest : public testing::Test {
protected:
    const World train{12, 1};
    const World val{6, 2};
    const World strangers{6, 3, 40};
    const QTemporaryDir folder;

    [[nodiscard]] OpenSetModel model(double acceptance = OpenSetModel::kAcceptance) const
    {
        auto made =
            OpenSetModel::fit(train.set(), val.set(), kClasses, QStringLiteral("backbone"), acceptance);
        EXPECT_TRUE(made) << qPrintable(made.error().message);
        return std::move(*made);
    }
    [[nodiscard]] QString file() const { return folder.filePath(QStringLiteral("开集.safetensors")); }
};

} // namespace

TEST_F(OpenSetTest, StrangersScoreBelowKnownProducts)
{
    const OpenSetModel made = model();
    double worstKnown = 1e9;
    double bestStranger = -1e9;
    for (std::size_t i = 0; i < val.labels.size(); ++i)
        worstKnown = std::min(worstKnown, made.score(val.photo(i)));
    for (std::size_t i = 0; i < strangers.labels.size(); ++i)
        bestStranger = std::max(bestStranger, made.score(strangers.photo(i)));
    EXPECT_GT(worstKnown, bestStranger);
}

TEST_F(OpenSetTest, TheThresholdLetsTheWantedShareThrough)
{
    for (const double acceptance : {0.5, 0.9, 0.95, 1.0}) {
        const OpenSetModel made = model(acceptance);
        double through = 0;
        for (std::size_t i = 0; i < val.labels.size(); ++i)
            through += made.score(val.photo(i)) >= made.threshold() ? 1 : 0;
        const double share = through / static_cast<double>(val.labels.size());
        EXPECT_GE(share, acceptance);
        EXPECT_LE(share, acceptance + 1.5 / static_cast<double>(val.labels.size()));
    }
}

TEST_F(OpenSetTest, ThePhotosBrightnessDoesNotMatter)
{
    const OpenSetModel made = model();
    std::vector<float> brighter(val.photo(3).begin(), val.photo(3).end());
    for (float& one : brighter)
        one *= 3;
    EXPECT_NEAR(made.score(brighter), made.score(val.photo(3)), 1e-2);
}

TEST_F(OpenSetTest, TheFartherFromAllProductsTheLessIsAPhotoOne)
{
    const OpenSetModel made = model();
    // From a product's photo towards the opposite of what all photos have in common: the mix, learnt from
    // products only, need not fall all the way.
    const std::span<const float> product = val.photo(0);
    double before = made.score(product);
    EXPECT_GT(before, made.threshold());
    for (const float share : {0.3F, 0.6F, 0.9F}) {
        std::vector<float> strange(kWidth);
        for (std::size_t k = 0; k < kWidth; ++k)
            strange[k] = (1 - share) * product[k] - 2 * share;
        const double score = made.score(strange);
        EXPECT_TRUE(std::isfinite(score)) << share;
        EXPECT_LT(score, made.threshold()) << share;
        EXPECT_LT(score, before) << share;
        before = score;
    }
}

TEST_F(OpenSetTest, EvidenceFollowsItsDefinition)
{
    const auto evidence = OpenSetEvidence::fit(train.set(), kClasses);
    const EvidenceValues of = evidence.of(train.photo(0));
    const auto value = [&](Evidence which) { return of[static_cast<std::size_t>(which)]; };
    // The photo itself is a sample; the four others are farther.
    EXPECT_NEAR(value(Evidence::WhitenedNearest), 1, 1e-4);
    EXPECT_LT(value(Evidence::Neighbours), 0);
    std::vector<double> cosines;
    for (std::size_t i = 0; i < train.labels.size(); ++i) {
        double dot = 0;
        double own = 0;
        double other = 0;
        for (std::size_t k = 0; k < kWidth; ++k) {
            const auto a = static_cast<double>(train.photo(0)[k]);
            const auto b = static_cast<double>(train.photo(i)[k]);
            dot += a * b;
            own += a * a;
            other += b * b;
        }
        cosines.push_back(dot / std::sqrt(own * other));
    }
    std::sort(cosines.rbegin(), cosines.rend());
    EXPECT_NEAR(value(Evidence::Neighbours),
                (cosines[0] + cosines[1] + cosines[2] + cosines[3] + cosines[4]) / 5 - 1, 1e-5);
    EXPECT_LE(value(Evidence::MaxSoftmax), 0);
    EXPECT_LE(value(Evidence::Entropy), 0);
    EXPECT_GE(value(Evidence::Margin), 0);
    EXPECT_GE(value(Evidence::WhitenedGap), 0);
    EXPECT_GT(value(Evidence::Likelihood), 0);
    EXPECT_GT(value(Evidence::LikelihoodMargin), 0);
    EXPECT_LE(value(Evidence::LikelihoodShare), 0);
}

// tests/reference/make_answer_golden.py gives the numbers.
TEST_F(OpenSetTest, EvidenceIsWhatNumPyFinds)
{
    const auto evidence = OpenSetEvidence::fit(train.set(), kClasses);
    const EvidenceValues known{-0.0195773,   -39.067, 12803.1, 0,       -1.04366e-121, 141.403, 0.945381,
                               -7.12956e-07, 0.94217, 1.01453, 499.836, 10068.7,       0};
    const EvidenceValues stranger{-0.191844, -168.88,   -10948.6,    -0.0160926, -0.00239765,
                                  4.12933,   0.0764971, -1.07558,    0.0780433,  0.0677555,
                                  -9016.95,  293.959,   -4.13772e-07};
    const EvidenceValues foundKnown = evidence.of(val.photo(0));
    const EvidenceValues foundStranger = evidence.of(strangers.photo(0));
    for (std::size_t k = 0; k < kEvidences; ++k) {
        EXPECT_NEAR(foundKnown[k], known[k], 2e-3 * std::max(1.0, std::abs(known[k]))) << k;
        EXPECT_NEAR(foundStranger[k], stranger[k], 2e-3 * std::max(1.0, std::abs(stranger[k]))) << k;
    }
}

TEST_F(OpenSetTest, SavedAndLoadedItJudgesTheSame)
{
    const OpenSetModel made = model();
    ASSERT_TRUE(made.save(file()));
    const auto loaded = OpenSetModel::load(file());
    ASSERT_TRUE(loaded) << qPrintable(loaded.error().message);
    EXPECT_EQ(loaded->backbone(), QStringLiteral("backbone"));
    EXPECT_DOUBLE_EQ(loaded->threshold(), made.threshold());
    for (std::size_t i = 0; i < val.labels.size(); ++i)
        EXPECT_NEAR(loaded->score(val.photo(i)), made.score(val.photo(i)), 0.1); // half precision
    for (std::size_t i = 0; i < strangers.labels.size(); ++i)
        EXPECT_LT(loaded->score(strangers.photo(i)), loaded->threshold());
}

TEST_F(OpenSetTest, AFileThatIsNoneIsRefused)
{
    EXPECT_EQ(OpenSetModel::load(file()).error().code, QStringLiteral("not-found"));
    ASSERT_TRUE(model().save(file()));
    QFile whole(file());
    ASSERT_TRUE(whole.open(QIODevice::ReadOnly));
    const QByteArray bytes = whole.readAll();
    whole.close();
    for (const qsizetype length :
         {qsizetype{0}, qsizetype{7}, qsizetype{100}, bytes.size() / 2, bytes.size() - 1}) {
        QFile part(folder.filePath(QStringLiteral("part.safetensors")));
        ASSERT_TRUE(part.open(QIODevice::WriteOnly | QIODevice::Truncate));
        part.write(bytes.first(length));
        part.close();
        EXPECT_FALSE(OpenSetModel::load(part.fileName())) << length;
    }
    const auto refusedAfter = [&](const QByteArray& from, const QByteArray& to) {
        QByteArray changed = bytes;
        EXPECT_EQ(from.size(), to.size());
        changed.replace(changed.indexOf(from), from.size(), to);
        QFile other(folder.filePath(QStringLiteral("other.safetensors")));
        EXPECT_TRUE(other.open(QIODevice::WriteOnly | QIODevice::Truncate));
        other.write(changed);
        other.close();
        const auto loaded = OpenSetModel::load(other.fileName());
        return loaded ? QString() : loaded.error().code;
    };
    EXPECT_EQ(refusedAfter("\\\"format\\\":2", "\\\"format\\\":9"), QStringLiteral("newer-version"));
    EXPECT_EQ(refusedAfter("\\\"threshold\\\"", "\\\"tbreshold\\\""), QStringLiteral("bad-model"));
    EXPECT_EQ(refusedAfter("\"whitening\"", "\"whitenign\""), QStringLiteral("bad-model"));
}

TEST_F(OpenSetTest, TooFewPhotosAreAnError)
{
    const World three(12, 1, 0, 3);
    EXPECT_EQ(OpenSetModel::fit(three.set(), three.set(), 3, {}).error().code,
              QStringLiteral("too-few-photos"));
    EXPECT_EQ(OpenSetModel::fit(train.set(), {}, kClasses, {}).error().code,
              QStringLiteral("too-few-photos"));
    EXPECT_EQ(OpenSetModel::fit(train.set(), val.set(), kClasses + 1, {}).error().code,
              QStringLiteral("too-few-photos"));
    EXPECT_EQ(OpenSetModel::fit(train.set(), val.set(), 5, {}).error().code,
              QStringLiteral("bad-embeddings"));
    const World single(1, 1);
    const auto made = OpenSetModel::fit(single.set(), val.set(), kClasses, {});
    ASSERT_TRUE(made) << "one photo a product has no spread";
    EXPECT_TRUE(std::isfinite(made->score(val.photo(0))));
}

TEST_F(OpenSetTest, AsAStepItJudgesOnlyItsOwnBackbone)
{
    const OpenSet step(std::make_shared<const OpenSetModel>(model()));
    ModelPackage package;
    package.classes = {{QStringLiteral("a"), {}, {}}};
    package.backbone = QStringLiteral("backbone");
    const std::vector<float> logits{0};
    for (const auto& [photo, unknown] :
         {std::pair(strangers.photo(0), true), std::pair(train.photo(0), false)}) {
        AnswerPipeline answer(AnswerDraft(package, photo, logits, {1.0}));
        answer.apply(step);
        ASSERT_TRUE(answer.draft().unknown);
        EXPECT_EQ(answer.draft().unknown->unknown(), unknown);
        EXPECT_EQ(answer.top(1)[0].confidence, 1);
    }
    package.backbone = QStringLiteral("another");
    AnswerPipeline answer(AnswerDraft(package, strangers.photo(0), logits, {1.0}));
    answer.apply(step);
    EXPECT_FALSE(answer.draft().unknown);
}

// tests/reference/make_answer_golden.py gives the numbers.
TEST(LogisticMix, FindsWhatScikitLearnFinds)
{
    std::vector<EvidenceValues> points;
    std::vector<bool> known;
    quint32 state = 3;
    for (int i = 0; i < 120; ++i) {
        known.push_back(i % 3 != 0);
        EvidenceValues point{};
        for (std::size_t k = 0; k < kEvidences; ++k) {
            state = state * 1664525U + 1013904223U;
            point[k] = static_cast<double>(state >> 8) / (1 << 24) + (i % 3 != 0 && k < 3 ? 0.4 : 0.0);
        }
        points.push_back(point);
    }
    const LogisticMix mix = LogisticMix::fit(points, known);
    const EvidenceValues expected{0.92220045,  1.01825065,  1.01937503, 0.13288783, 0.26431400,
                                  -0.36117032, -0.06906254, 0.27886482, 0.25134063, 0.02264279,
                                  -0.03385040, -0.18205166, 0.40698296};
    for (std::size_t k = 0; k < kEvidences; ++k)
        EXPECT_NEAR(mix.weights[k], expected[k], 1e-5) << k;
    EXPECT_NEAR(mix.bias, 2.49944347, 1e-5);
}

TEST(LogisticMix, SeparableEvidenceEndsInFiniteWeights)
{
    std::vector<EvidenceValues> points(20);
    std::vector<bool> known(20);
    for (std::size_t i = 0; i < 20; ++i) {
        known[i] = i >= 10;
        points[i][0] = known[i] ? 1e6 + static_cast<double>(i) : -1e6;
    }
    const LogisticMix mix = LogisticMix::fit(points, known);
    EXPECT_GT(mix.weights[0], 0);
    for (const double weight : mix.weights)
        EXPECT_TRUE(std::isfinite(weight));
    EXPECT_TRUE(std::isfinite(mix.bias));
}
