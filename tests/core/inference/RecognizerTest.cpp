#include "core/inference/Recognizer.h"
#include "tests/core/inference/FakeBackend.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <thread>

using namespace goodsight;
using namespace goodsight::testsupport;

namespace {

class RecognizerTest : public testing::Test {
protected:
    std::shared_ptr<FakeScript> script = std::make_shared<FakeScript>();
    std::unique_ptr<Recognizer> recognizer = fakeRecognizer(script);

    static PhotoSource picture(const QImage& image)
    {
        PhotoSource source;
        source.image = image;
        return source;
    }
};

} // namespace

TEST_F(RecognizerTest, AnswersWithTheBestFirst)
{
    const auto answer = recognizer->recognize(picture(fakePhoto(3)), {});
    ASSERT_TRUE(answer) << qPrintable(answer.error().message);
    EXPECT_EQ(answer->model, QStringLiteral("fake"));
    EXPECT_EQ(answer->modelFingerprint, QStringLiteral("f00d"));
    EXPECT_EQ(answer->backend, QStringLiteral("fake"));
    ASSERT_EQ(answer->top.size(), 3);
    EXPECT_EQ(answer->top[0].id, QStringLiteral("grey-3"));
    EXPECT_EQ(answer->top[0].zh, QStringLiteral("灰3"));
    EXPECT_EQ(answer->top[0].en, QStringLiteral("Grey 3"));
    EXPECT_GT(answer->top[0].confidence, 0.9);
    EXPECT_GE(answer->top[0].confidence, answer->top[1].confidence);
    EXPECT_FALSE(answer->needsReview);
    EXPECT_FALSE(answer->small);
    EXPECT_EQ(answer->logits.size(), 5U);
    EXPECT_EQ(answer->embedding.size(), 2U);
    EXPECT_EQ(answer->originalSize, QSize(320, 300));
}

TEST_F(RecognizerTest, AFileBytesAndAPictureAreTheSamePhoto)
{
    const QTemporaryDir folder;
    PhotoSource file;
    file.path = folder.filePath(QStringLiteral("苹果\n🍎.png"));
    ASSERT_TRUE(fakePhoto(2).save(file.path));
    PhotoSource bytes;
    QBuffer buffer(&bytes.bytes);
    ASSERT_TRUE(fakePhoto(2).save(&buffer, "PNG"));
    for (const PhotoSource& source : {file, bytes, picture(fakePhoto(2))}) {
        const auto answer = recognizer->recognize(source, {});
        ASSERT_TRUE(answer) << qPrintable(answer.error().message);
        EXPECT_EQ(answer->top[0].id, QStringLiteral("grey-2"));
    }
}

TEST_F(RecognizerTest, TheAnswerNamesTheBytesThatItIsAbout)
{
    PhotoSource bytes;
    QBuffer buffer(&bytes.bytes);
    ASSERT_TRUE(fakePhoto(2).save(&buffer, "PNG"));
    const QTemporaryDir folder;
    PhotoSource file;
    file.path = folder.filePath(QStringLiteral("苹果.png"));
    QFile out(file.path);
    ASSERT_TRUE(out.open(QIODevice::WriteOnly));
    ASSERT_EQ(out.write(bytes.bytes), bytes.bytes.size());
    out.close();
    const QString expected =
        QString::fromLatin1(QCryptographicHash::hash(bytes.bytes, QCryptographicHash::Sha256).toHex());
    EXPECT_EQ(recognizer->recognize(file, {})->sha256, expected);
    EXPECT_EQ(recognizer->recognize(bytes, {})->sha256, expected);
    EXPECT_EQ(recognizer->recognize(picture(fakePhoto(2)), {})->sha256, QString());
}

TEST_F(RecognizerTest, EveryKindOfPictureInMemoryIsTaken)
{
    for (const QImage::Format format :
         {QImage::Format_ARGB32, QImage::Format_ARGB32_Premultiplied, QImage::Format_Grayscale8,
          QImage::Format_RGBA64, QImage::Format_RGB16, QImage::Format_Indexed8}) {
        const auto answer = recognizer->recognize(picture(fakePhoto(1).convertToFormat(format)), {});
        ASSERT_TRUE(answer) << format;
        EXPECT_EQ(answer->top[0].id, QStringLiteral("grey-1")) << format;
    }
}

TEST_F(RecognizerTest, NothingAtAllIsAnError)
{
    EXPECT_EQ(recognizer->recognize(PhotoSource{}, {}).error().code, QStringLiteral("not-an-image"));
}

TEST_F(RecognizerTest, AWeakFirstAsksForAPerson)
{
    RecognizeOptions options;
    options.reviewThreshold = 0.9999;
    const auto answer = recognizer->recognize(picture(fakePhoto(1)), options);
    ASSERT_TRUE(answer);
    EXPECT_TRUE(answer->needsReview);
}

TEST_F(RecognizerTest, TheModelsTemperatureScalesConfidenceOnly)
{
    ModelPackage hot = fakePackage();
    hot.temperature = 10;
    Recognizer calm(hot, std::make_unique<FakeBackend>(script), 1);
    const auto sure = recognizer->recognize(picture(fakePhoto(4)), {});
    const auto unsure = calm.recognize(picture(fakePhoto(4)), {});
    EXPECT_EQ(sure->top[0].id, unsure->top[0].id);
    EXPECT_EQ(sure->logits, unsure->logits);
    EXPECT_GT(sure->top[0].confidence, unsure->top[0].confidence + 0.2);
}

TEST_F(RecognizerTest, MoreCandidatesThanClassesAreAllOfThem)
{
    RecognizeOptions options;
    options.topCount = 100;
    EXPECT_EQ(recognizer->recognize(picture(fakePhoto(0)), options)->top.size(), 5);
    options.topCount = 0;
    EXPECT_EQ(recognizer->recognize(picture(fakePhoto(0)), options)->top.size(), 1);
}

TEST_F(RecognizerTest, SmallPhotosAreMarked)
{
    const auto answer = recognizer->recognize(picture(fakePhoto(0, {299, 1000})), {});
    ASSERT_TRUE(answer);
    EXPECT_TRUE(answer->small);
}

TEST_F(RecognizerTest, ABatchIsAnsweredInItsOrder)
{
    std::vector<PreparedPhoto> photos;
    for (const int index : {4, 0, 2}) {
        photos.push_back(*preparePhoto(picture(fakePhoto(index)), recognizer->model().preprocessing,
                                       {{}, false, index == 0, true}));
        EXPECT_EQ(photos.back().photo.isNull(), index != 0);
    }
    const auto answers = recognizer->recognize(photos, {});
    ASSERT_TRUE(answers);
    ASSERT_EQ(answers->size(), 3U);
    EXPECT_EQ((*answers)[0].top[0].id, QStringLiteral("grey-4"));
    EXPECT_EQ((*answers)[1].top[0].id, QStringLiteral("grey-0"));
    EXPECT_EQ((*answers)[2].top[0].id, QStringLiteral("grey-2"));
    EXPECT_EQ(script->runs, 1);
    EXPECT_TRUE(recognizer->recognize(std::span<const PreparedPhoto>(), {})->empty());
}

TEST_F(RecognizerTest, AnAnswerThatMakesNoSenseIsAnError)
{
    for (const auto mood : {FakeScript::Mood::NotANumber, FakeScript::Mood::TooFew}) {
        script->mood = mood;
        const auto answer = recognizer->recognize(picture(fakePhoto(0)), {});
        ASSERT_FALSE(answer);
        EXPECT_EQ(answer.error().code, QStringLiteral("backend-failed"));
    }
}

TEST(Threads, AreClampedToTheCores)
{
    const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    EXPECT_EQ(usableThreads(1), 1);
    EXPECT_EQ(usableThreads(100'000), cores);
    EXPECT_EQ(usableThreads(0), cores);
    EXPECT_EQ(usableThreads(-5), cores);
}
