#include "core/inference/BatchRecognitionJob.h"
#include "core/base/JobRunner.h"
#include "tests/core/inference/FakeBackend.h"
#include "tests/support/TestSupport.h"

#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace goodsight;
using namespace goodsight::testsupport;

namespace {

class BatchRecognition : public testing::Test {
protected:
    QTemporaryDir folder;
    std::shared_ptr<FakeScript> script = std::make_shared<FakeScript>();
    std::shared_ptr<Recognizer> recognizer = fakeRecognizer(script, 2);
    QStringList files;
    QStringList seen; ///< "index file id-or-error-code"

    void addPhotos(int count)
    {
        for (int i = 0; i < count; ++i) {
            files += folder.filePath(QStringLiteral("%1.png").arg(files.size(), 3, 10, QLatin1Char('0')));
            ASSERT_TRUE(fakePhoto(i % 5).save(files.last()));
        }
    }
    void note(const BatchItem& item)
    {
        seen += QStringLiteral("%1 %2")
                    .arg(item.index)
                    .arg(item.result ? item.result->top[0].id : item.result.error().code);
    }
    [[nodiscard]] std::function<void(const BatchItem&)> noter()
    {
        return [this](const BatchItem& item) { note(item); };
    }
};

} // namespace

TEST_F(BatchRecognition, AnswersEveryPhotoInOrderAndTheFirstAlone)
{
    addPhotos(20);
    EXPECT_EQ(recognizeFiles(*recognizer, files, {}, noter()), 0);
    ASSERT_EQ(seen.size(), 20);
    for (int i = 0; i < 20; ++i)
        EXPECT_EQ(seen[i], QStringLiteral("%1 grey-%2").arg(i).arg(i % 5));
    // 1 + 8 + 8 + 3
    EXPECT_EQ(script->runs, 4);
}

TEST_F(BatchRecognition, OneByOneIsOnePassForEach)
{
    addPhotos(5);
    BatchOptions options;
    options.batchSize = 1;
    EXPECT_EQ(recognizeFiles(*recognizer, files, options, noter()), 0);
    EXPECT_EQ(script->runs, 5);
    EXPECT_EQ(seen.size(), 5);
}

TEST_F(BatchRecognition, APhotoThatFailsDoesNotStopTheOthers)
{
    addPhotos(10);
    ASSERT_TRUE(QFile::remove(files[4]));
    ASSERT_TRUE(QFile::remove(files[0]));
    EXPECT_EQ(recognizeFiles(*recognizer, files, {}, noter()), 2);
    ASSERT_EQ(seen.size(), 10);
    EXPECT_EQ(seen[0], QStringLiteral("0 not-found"));
    EXPECT_EQ(seen[4], QStringLiteral("4 not-found"));
    EXPECT_EQ(seen[5], QStringLiteral("5 grey-0"));
    EXPECT_EQ(seen[9], QStringLiteral("9 grey-4"));
}

TEST_F(BatchRecognition, ABatchThatDoesNotFitIsDoneOneByOne)
{
    addPhotos(6);
    script->largestBatch = 1;
    EXPECT_EQ(recognizeFiles(*recognizer, files, {}, noter()), 0);
    ASSERT_EQ(seen.size(), 6);
    EXPECT_EQ(seen[5], QStringLiteral("5 grey-0"));
}

TEST_F(BatchRecognition, ABatchThatMemoryDoesNotSufficeForIsHalvedForGood)
{
    addPhotos(33);
    script->largestBatch = 2;
    EXPECT_EQ(recognizeFiles(*recognizer, files, {}, noter()), 0);
    ASSERT_EQ(seen.size(), 33);
    for (int i = 0; i < 33; ++i)
        EXPECT_EQ(seen[i], QStringLiteral("%1 grey-%2").arg(i).arg(i % 5));
    // The first alone, tries of 8 and 4, then pairs.
    EXPECT_EQ(script->runs, 1 + 2 + 16);
}

TEST_F(BatchRecognition, WhatIsNotYetDecodedIsLeftWhenStopped)
{
    addPhotos(40);
    BatchOptions options;
    std::atomic_int asked = 0;
    options.stopRequested = [&] { return ++asked > 12; };
    recognizeFiles(*recognizer, files, options, noter());
    EXPECT_LE(seen.size(), 9);
    EXPECT_LE(asked, 40);
}

TEST_F(BatchRecognition, AnEngineThatThrowsFailsEachPhoto)
{
    addPhotos(3);
    script->mood = FakeScript::Mood::ThrowInt;
    EXPECT_EQ(recognizeFiles(*recognizer, files, {}, noter()), 3);
    ASSERT_EQ(seen.size(), 3);
    EXPECT_EQ(seen[2], QStringLiteral("2 internal"));
}

TEST_F(BatchRecognition, AsAJobItReportsProgressAndFinishes)
{
    addPhotos(3);
    bool finished = false;
    BatchRecognitionJob job(recognizer, files, {}, noter(),
                            [&](const Result<void>& r) { finished = r.has_value(); });
    qint64 last = 0;
    const auto result = runInline(job, [&](qint64 done, qint64 total, const QString& what) {
        EXPECT_EQ(done, last + 1);
        EXPECT_EQ(total, 3);
        EXPECT_TRUE(what.endsWith(QStringLiteral(".png")));
        last = done;
    });
    EXPECT_TRUE(result);
    EXPECT_TRUE(finished);
    EXPECT_EQ(last, 3);
    EXPECT_FALSE(job.title().isEmpty());
}

TEST_F(BatchRecognition, AsAJobOnAThreadItStopsWhenAsked)
{
    addPhotos(40);
    script->milliseconds = 10;
    BatchOptions oneByOne;
    oneByOne.batchSize = 1;
    JobRunner runner;
    QString code = QStringLiteral("none");
    std::atomic_int answered = 0;
    runner.start(std::make_unique<BatchRecognitionJob>(
        recognizer, files, oneByOne, [&](const BatchItem&) { ++answered; },
        [&](const Result<void>& result) { code = result ? QString() : result.error().code; }));
    ASSERT_TRUE(waitFor([&] { return answered >= 3; }));
    runner.cancelAll();
    ASSERT_TRUE(waitFor([&] { return code != QStringLiteral("none"); }));
    EXPECT_EQ(code, QStringLiteral("cancelled"));
    EXPECT_LT(answered, 40);
}
