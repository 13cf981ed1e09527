#include "core/inference/TestTimeAugmentation.h"
#include "tests/core/inference/FakeBackend.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace goodsight;
using namespace goodsight::testsupport;

namespace {

constexpr std::size_t kView = std::size_t{3} * 224 * 224;

/// A sharp picture, so that Auto judges by the margin alone.
QImage sharpPhoto()
{
    QImage image(400, 400, QImage::Format_RGB888);
    for (int y = 0; y < 400; ++y) {
        for (int x = 0; x < 400; ++x) {
            const bool bright = (x / 6 + y / 9) % 2 == 0;
            image.setPixel(x, y, bright ? qRgb(200, 180, x % 256) : qRgb(60, 40, y % 256));
        }
    }
    return image;
}

PreparedPhoto prepared(const QImage& image, Augmentation augmentation)
{
    PhotoSource source;
    source.image = image;
    return *preparePhoto(source, {}, {{}, false, false, false, augmentation});
}

/// Five classes by the sum of the view's numbers, so that other views give other logits; the embedding is
/// that sum.
class SumBackend : public Backend {
public:
    explicit SumBackend(float scale)
        : m_scale(scale)
    {}
    [[nodiscard]] QString name() const override { return QStringLiteral("sum"); }
    void setThreads(int) override {}
    [[nodiscard]] Result<BackendOutput> run(std::span<const float> input, int batch) override
    {
        BackendOutput out{batch, 1, 5, {}, {}};
        for (std::size_t i = 0; i < static_cast<std::size_t>(batch); ++i) {
            double sum = 0;
            for (const float one : input.subspan(i * kView, kView))
                sum += static_cast<double>(one);
            const auto mean = static_cast<float>(sum / static_cast<double>(kView));
            out.embeddings.push_back(mean);
            for (int k = 0; k < 5; ++k)
                out.logits.push_back(m_scale * static_cast<float>(k) * (mean + 1));
        }
        return out;
    }

private:
    const float m_scale;
};

} // namespace

TEST(TestTimeAugmentation, WordsAndWaysAreTheSame)
{
    for (const Augmentation one : {Augmentation::Off, Augmentation::Always, Augmentation::Auto})
        EXPECT_EQ(augmentationFromName(augmentationName(one)), one);
    EXPECT_EQ(augmentationFromName(QStringLiteral("sometimes")).error().code,
              QStringLiteral("unknown-augmentation"));
}

TEST(TestTimeAugmentation, TheViewsAreMirroredPairsAndTheCentreIsMirrored)
{
    const PreparedPhoto photo = prepared(sharpPhoto(), Augmentation::Always);
    EXPECT_EQ(photo.square.size(), QSize(288, 288));
    const std::vector<float> views = extraViews(photo.input, photo.square, {});
    ASSERT_EQ(views.size(), kExtraViews * kView);
    const auto view = [&](std::size_t i) { return std::span(views).subspan(i * kView, kView); };
    const auto isMirror = [](std::span<const float> a, std::span<const float> b) {
        for (std::size_t row = 0; row < kView; row += 224) {
            if (!std::equal(a.begin() + static_cast<std::ptrdiff_t>(row),
                            a.begin() + static_cast<std::ptrdiff_t>(row) + 224,
                            std::make_reverse_iterator(b.begin() + static_cast<std::ptrdiff_t>(row) + 224)))
                return false;
        }
        return true;
    };
    EXPECT_TRUE(isMirror(photo.input, view(0)));
    EXPECT_TRUE(isMirror(view(1), view(2)));
    EXPECT_TRUE(isMirror(view(3), view(4)));
    EXPECT_FALSE(std::equal(view(1).begin(), view(1).end(), view(3).begin())) << "two scales";
    PreprocessSpec zoomed;
    zoomed.resize = 288;
    const std::vector<float> direct = preprocess(sharpPhoto(), zoomed);
    EXPECT_TRUE(std::equal(direct.begin(), direct.end(), view(3).begin()));
}

TEST(TestTimeAugmentation, AlwaysAveragesLogitsAndKeepsTheCentresEmbedding)
{
    Recognizer recognizer(fakePackage(), std::make_unique<SumBackend>(1.0F), 1);
    const PreparedPhoto photo = prepared(sharpPhoto(), Augmentation::Always);
    RecognizeOptions options;
    const auto plain = recognizer.recognize(std::span(&photo, 1), options);
    options.augmentation = Augmentation::Always;
    const auto averaged = recognizer.recognize(std::span(&photo, 1), options);
    ASSERT_TRUE(plain && averaged);
    EXPECT_EQ(plain->front().views, 1);
    EXPECT_EQ(plain->front().times.augment, photo.times.augment) << "only what preparing took";
    EXPECT_TRUE(plain->front().viewsEmbedding.empty());
    EXPECT_EQ(averaged->front().views, 1 + kExtraViews);
    EXPECT_GT(averaged->front().times.augment, photo.times.augment);
    EXPECT_EQ(averaged->front().times.look, photo.times.augment);
    EXPECT_EQ(averaged->front().viewsEmbedding.size(), averaged->front().embedding.size());
    EXPECT_EQ(averaged->front().embedding, plain->front().embedding) << "a cache keeps the centre's";

    SumBackend backend(1.0F);
    const auto views = backend.run(extraViews(photo.input, photo.square, {}), kExtraViews);
    float expected = plain->front().logits[4];
    for (int i = 0; i < kExtraViews; ++i)
        expected += views->logits[static_cast<std::size_t>(i) * 5 + 4];
    EXPECT_NEAR(averaged->front().logits[4], expected / (1 + kExtraViews), 1e-5F);
    EXPECT_NE(averaged->front().logits[4], plain->front().logits[4]);
}

TEST(TestTimeAugmentation, AutoLooksAgainOnlyWhereItIsInDoubt)
{
    RecognizeOptions options;
    options.augmentation = Augmentation::Auto;
    AugmentationTally tally;
    for (const auto& [image, scale, views] :
         {std::tuple(sharpPhoto(), 50.0F, 1), std::tuple(sharpPhoto(), 0.01F, 1 + kExtraViews),
          std::tuple(fakePhoto(2), 50.0F, 1 + kExtraViews)}) {
        Recognizer recognizer(fakePackage(), std::make_unique<SumBackend>(scale), 1);
        const PreparedPhoto photo = prepared(image, Augmentation::Auto);
        const auto answers = recognizer.recognize(std::span(&photo, 1), options);
        ASSERT_TRUE(answers);
        EXPECT_EQ(answers->front().views, views) << scale;
        EXPECT_EQ(answers->front().doubtful, views > 1);
        tally.add(answers->front());
    }
    EXPECT_EQ(tally.photos, 3);
    EXPECT_EQ(tally.augmented, 2);
    EXPECT_GT(tally.milliseconds, 0);
}

TEST(TestTimeAugmentation, APhotoThatWasNotPreparedForItHasOneView)
{
    Recognizer recognizer(fakePackage(), std::make_unique<SumBackend>(1.0F), 1);
    const PreparedPhoto photo = prepared(sharpPhoto(), Augmentation::Off);
    EXPECT_TRUE(photo.square.isNull());
    RecognizeOptions options;
    options.augmentation = Augmentation::Always;
    EXPECT_EQ(recognizer.recognize(std::span(&photo, 1), options)->front().views, 1);
}

TEST(TestTimeAugmentation, MarginIsBetweenTheFirstTwo)
{
    ImageQuality good;
    good.sharpness = 1000;
    good.brightness = 120;
    good.size = {1000, 1000};
    EXPECT_FALSE(isDoubtful(good, std::vector<double>{0.1, 0.7, 0.15, 0.05}));
    EXPECT_TRUE(isDoubtful(good, std::vector<double>{0.1, 0.55, 0.35}));
    EXPECT_TRUE(isDoubtful(good, std::vector<double>{0.55, 0.1, 0.35}));
    EXPECT_FALSE(isDoubtful(good, std::vector<double>{1}));
    good.sharpness = 1;
    EXPECT_TRUE(isDoubtful(good, std::vector<double>{0.1, 0.7, 0.15, 0.05}));
}
