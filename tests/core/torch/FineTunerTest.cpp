#include "core/learning/FineTuner.h"

#include "core/learning/CheckpointStore.h"
#include "tests/core/torch/TrainingFixture.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>

#include <cmath>
#include <new>

using namespace goodsight;

namespace {

/// Of two classes: every photo to learn from gets the label of the other.
void swapTrainLabels(TrainingSet& set)
{
    for (TrainingPhoto& photo : set.photos) {
        if (photo.part == Part::Train)
            photo.label = 1 - photo.label;
    }
}

} // namespace

TEST_F(TrainingTest, TheLossFallsAndValIsLearnt)
{
    makePhotos(3, 6);
    for (const TrainedPart part :
         {TrainedPart::Fc, TrainedPart::Layer4, TrainedPart::Layer3, TrainedPart::All}) {
        std::vector<EpochReport> reports;
        FineTuneEvents events;
        events.epoch = [&reports](const EpochReport& report) { reports.push_back(report); };
        FineTuneRequest wanted = request(smallPlan(part, part == TrainedPart::Fc ? 12 : 3));
        const auto tuned = fineTune(wanted, events);
        ASSERT_TRUE(tuned) << qPrintable(tuned.error().message);
        ASSERT_EQ(reports.size(), tuned->epochs.size());
        EXPECT_LT(reports.back().trainLoss, 0.7 * reports.front().trainLoss) << static_cast<int>(part);
        EXPECT_GT(reports.back().valTop1, 0.6);
        EXPECT_EQ(reports.back().valTop3, 1);
        EXPECT_EQ(reports.back().epoch + 1, reports.back().epochs);
        EXPECT_LE(reports.back().worstClasses.size(), 5);
        EXPECT_EQ(tuned->photos, 18);
        EXPECT_TRUE(QDir(wanted.folder).entryList({QStringLiteral("*.rows")}).isEmpty())
            << "kept files are deleted";
    }
}

TEST_F(TrainingTest, TheFrozenPartStaysAsItWas)
{
    makePhotos(2, 4);
    const FineTuneRequest wanted = request(smallPlan(TrainedPart::Layer4, 1));
    const auto tuned = fineTune(wanted, {});
    ASSERT_TRUE(tuned) << qPrintable(tuned.error().message);
    int frozen = 0;
    for (const auto& [name, tensor] : tuned->weights) {
        const bool trained = name.starts_with("layer4.") || name.starts_with("fc.");
        frozen += trained ? 0 : 1;
        EXPECT_EQ(trained, name.starts_with("fc.") || tensor.values != wanted.start.weights.at(name).values)
            << name;
    }
    EXPECT_EQ(frozen, 30);
    EXPECT_EQ(tuned->weights.at("fc.bias").values.size(), 2U);
}

TEST_F(TrainingTest, WhatIsKeptOnTheDiskAndWhatIsMadeAgainTeachTheSame)
{
    makePhotos(2, 4);
    const TrainingPlan plan = smallPlan(TrainedPart::Layer4, 2);
    const auto kept = fineTune(request(plan), {});
    FineTuneRequest bounded = request(plan);
    bounded.cacheBytes = 0;
    const auto made = fineTune(bounded, {});
    FineTuneRequest some = request(plan);
    some.cacheBytes = 200'000;
    const auto mixed = fineTune(some, {});
    ASSERT_TRUE(kept && made && mixed);
    // The frozen layers run on other batches then, which may move a rounding.
    const auto difference = [&kept](const FineTuned& other) {
        double largest = 0;
        for (const auto& [name, tensor] : kept->weights) {
            for (std::size_t i = 0; i < tensor.values.size(); ++i)
                largest = std::max(largest, std::abs(static_cast<double>(tensor.values[i] -
                                                                         other.weights.at(name).values[i])));
        }
        return largest;
    };
    EXPECT_LT(difference(*made), 2e-4);
    EXPECT_LT(difference(*mixed), 2e-4);
}

TEST_F(TrainingTest, KilledAtAnyStepItEndsWithTheSameBits)
{
    const QString reference = folder.filePath(QStringLiteral("reference"));
    const QString killed = folder.filePath(QStringLiteral("killed"));
    const auto run = [](const QString& where, int passes) {
        QProcess program;
        program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        program.start(QStringLiteral(GOODSIGHT_TRAIN_AND_PRINT), {where});
        int seen = 0;
        QString digest;
        while (program.canReadLine() || program.waitForReadyRead(120'000)) {
            while (program.canReadLine()) {
                const QString line = QString::fromUtf8(program.readLine()).trimmed();
                if (line.startsWith(QStringLiteral("done ")))
                    digest = line.mid(5);
                if (line == u"pass" && ++seen == passes)
                    program.kill();
            }
        }
        program.waitForFinished(120'000);
        return digest;
    };
    const QString digest = run(reference, -1);
    ASSERT_FALSE(digest.isEmpty());
    // In the first stage, in the midst of its second epoch, and in the second stage.
    for (const int passes : {2, 2, 3, 1}) {
        EXPECT_TRUE(run(killed, passes).isEmpty());
    }
    EXPECT_FALSE(CheckpointStore(killed + QStringLiteral("/run")).files().isEmpty());
    EXPECT_EQ(run(killed, -1), digest);
}

TEST_F(TrainingTest, AKilledPreparationGoesOnToo)
{
    makePhotos(3, 4);
    const TrainingPlan plan = smallPlan(TrainedPart::Layer4, 1);
    const auto whole = fineTune(request(plan), {});
    ASSERT_TRUE(whole);
    FineTuneEvents events;
    bool stop = false;
    events.progress = [&stop](qint64, qint64, const QString&) { stop = true; };
    events.stopRequested = [&stop] { return stop; };
    const FineTuneRequest stopped = request(plan);
    EXPECT_EQ(fineTune(stopped, events).error().code, QStringLiteral("cancelled"));
    const auto resumed = fineTune(stopped, {});
    ASSERT_TRUE(resumed);
    EXPECT_EQ(digestOf(resumed->weights), digestOf(whole->weights));
}

TEST_F(TrainingTest, AnotherPlanInTheSameFolderStartsAnew)
{
    makePhotos(2, 4);
    TrainingPlan plan = smallPlan(TrainedPart::Fc, 2);
    FineTuneRequest first = request(plan);
    first.checkpointSeconds = 0;
    ASSERT_TRUE(fineTune(first, {}));
    plan.seed = 2;
    const FineTuneRequest clean = request(plan);
    FineTuneRequest used = clean;
    used.folder = first.folder;
    QStringList told;
    FineTuneEvents events;
    events.notKept = [&told](const Error& error) { told += error.code; };
    const auto inUsedFolder = fineTune(used, events);
    const auto inCleanFolder = fineTune(clean, events);
    ASSERT_TRUE(inUsedFolder && inCleanFolder);
    EXPECT_EQ(told, QStringList{QStringLiteral("bad-checkpoint")}) << "once, of the used folder";
    EXPECT_EQ(digestOf(inUsedFolder->weights), digestOf(inCleanFolder->weights));
}

TEST_F(TrainingTest, ACancelledPassEndsAtTheNextLayer)
{
    makePhotos(2, 4);
    FineTuneEvents events;
    std::atomic_bool stop = false;
    int asked = 0;
    int askedAfter = 0;
    events.pass = [&stop](int) { stop = true; };
    events.stopRequested = [&] {
        ++asked;
        askedAfter += stop ? 1 : 0;
        return stop.load();
    };
    const auto tuned = fineTune(request(smallPlan(TrainedPart::All, 1)), events);
    ASSERT_FALSE(tuned);
    EXPECT_EQ(tuned.error().code, QStringLiteral("cancelled"));
    EXPECT_LE(askedAfter, 2) << "the first layer already saw it";
    EXPECT_GT(asked, 2);
}

TEST_F(TrainingTest, StopsWithAReasonWhenTheLossIsNoNumber)
{
    makePhotos(2, 4);
    TrainingPlan plan = smallPlan(TrainedPart::Layer4, 5);
    plan.stages[0].learningRate = 100;
    plan.stages[0].schedule = ScheduleKind::Constant;
    plan.stages[0].optimiser = OptimiserKind::Sgd;
    const auto tuned = fineTune(request(plan), {});
    ASSERT_FALSE(tuned);
    EXPECT_EQ(tuned.error().code, QStringLiteral("diverged"));
    EXPECT_FALSE(tuned.error().hint.isEmpty());
}

TEST_F(TrainingTest, HalvesThePassWhereMemoryIsShortAndLearnsTheSame)
{
    makePhotos(2, 8);
    const TrainingPlan plan = smallPlan(TrainedPart::Layer4, 1);
    const auto whole = fineTune(request(plan), {});
    FineTuneEvents events;
    events.pass = [](int rows) {
        if (rows > 3)
            throw std::bad_alloc();
    };
    const auto halved = fineTune(request(plan), events);
    ASSERT_TRUE(whole && halved);
    EXPECT_EQ(whole->smallestPass, 8);
    EXPECT_EQ(halved->smallestPass, 2);
    EXPECT_NEAR(halved->epochs[0].trainLoss, whole->epochs[0].trainLoss, 1e-3);
    EXPECT_NEAR(halved->epochs[0].valLoss, whole->epochs[0].valLoss, 1e-2);
    events.pass = [](int) { throw std::bad_alloc(); };
    EXPECT_EQ(fineTune(request(plan), events).error().code, QStringLiteral("out-of-memory"));
}

TEST_F(TrainingTest, PassesOverPhotosThatAreGoneOrDamaged)
{
    makePhotos(3, 4);
    ASSERT_TRUE(QFile::remove(set.photos[0].file));
    QFile damaged(set.photos[7].file);
    ASSERT_TRUE(damaged.open(QIODevice::WriteOnly));
    damaged.write("\x89PNG\r\n\x1a\n not really");
    damaged.close();
    QStringList told;
    FineTuneEvents events;
    events.photoFailed = [&told](const QString& file, const Error& error) {
        told += file;
        EXPECT_FALSE(error.message.isEmpty());
    };
    const auto tuned = fineTune(request(smallPlan(TrainedPart::Layer4, 1)), events);
    ASSERT_TRUE(tuned) << qPrintable(tuned.error().message);
    EXPECT_EQ(tuned->photos, 10);
    QStringList expected{set.photos[0].file, set.photos[7].file};
    expected.sort();
    EXPECT_EQ(tuned->failed, expected);
    EXPECT_EQ(told.size(), 2);
    for (const TrainingPhoto& photo : set.photos)
        QFile::remove(photo.file);
    FineTuneRequest gone = request(smallPlan(TrainedPart::Layer4, 1));
    gone.folder = folder.filePath(QStringLiteral("gone"));
    EXPECT_EQ(fineTune(gone, {}).error().code, QStringLiteral("no-photos"));
}

TEST_F(TrainingTest, SaysWhatCannotBeLearnt)
{
    makePhotos(1, 3);
    EXPECT_EQ(fineTune(request(smallPlan(TrainedPart::Fc, 1)), {}).error().code, QStringLiteral("one-class"));
    set.photos.clear();
    EXPECT_EQ(fineTune(request(smallPlan(TrainedPart::Fc, 1)), {}).error().code, QStringLiteral("no-photos"));
}

TEST_F(TrainingTest, AClassWithOnePhotoAndOneWithoutVal)
{
    makePhotos(3, 4);
    std::erase_if(set.photos,
                  [n = 0](const TrainingPhoto& photo) mutable { return photo.label == 2 && n++ > 0; });
    TrainingPlan plan = smallPlan(TrainedPart::Layer4, 1);
    plan.stages[0].classBalance = 1;
    plan.stages[0].batchNorm = BatchNormKind::Fresh;
    EXPECT_TRUE(fineTune(request(plan), {}));
    std::erase_if(set.photos, [](const TrainingPhoto& photo) { return photo.part == Part::Val; });
    const auto withoutVal = fineTune(request(plan), {});
    ASSERT_TRUE(withoutVal);
    EXPECT_TRUE(std::isnan(withoutVal->epochs[0].valTop1));
    EXPECT_TRUE(withoutVal->epochs[0].toJson().value(QLatin1String("val_top1")).isNull());
}

TEST_F(TrainingTest, TenThousandClasses)
{
    makePhotos(2, 2);
    for (int c = 2; c < 10'000; ++c)
        set.classes.append({QStringLiteral("product-%1").arg(c), QString(), QString()});
    set.photos[0].label = 9999;
    const auto tuned = fineTune(request(smallPlan(TrainedPart::Fc, 1)), {});
    ASSERT_TRUE(tuned) << qPrintable(tuned.error().message);
    EXPECT_EQ(tuned->weights.at("fc.bias").values.size(), 10'000U);
}

TEST_F(TrainingTest, AllLabelsWrongIsLearntAsItIsToldAndShowsOnVal)
{
    makePhotos(2, 6);
    swapTrainLabels(set);
    const auto tuned = fineTune(request(smallPlan(TrainedPart::Layer4, 4)), {});
    ASSERT_TRUE(tuned);
    EXPECT_EQ(tuned->epochs.back().valTop1, 0);
    EXPECT_EQ(tuned->epochs.back().worstClasses.size(), 2);
}

// Val measures; an epoch that it likes better is not picked, or its figure would flatter.
TEST_F(TrainingTest, TheLastEpochIsKeptThoughValLikedAnEarlierOneBetter)
{
    makePhotos(2, 6);
    swapTrainLabels(set);
    const auto tuned = fineTune(request(smallPlan(TrainedPart::Layer4, 4)), {});
    ASSERT_TRUE(tuned);
    const double first = tuned->epochs.front().valLoss;
    const double last = tuned->epochs.back().valLoss;
    ASSERT_GT(last, 1.1 * first) << "every epoch is worse on val";
    FineTuneRequest still = request(smallPlan(TrainedPart::Layer4, 1));
    still.plan.stages[0].learningRate = 1e-8;
    still.start.weights = tuned->weights;
    still.start.classes = set.classes;
    still.start.fingerprint = QStringLiteral("trained");
    const auto again = fineTune(still, {});
    ASSERT_TRUE(again) << qPrintable(again.error().message);
    EXPECT_NEAR(again->epochs[0].valLoss, last, 1e-3 * last);
}

// How long it is that nobody asks is goodsight_train_bench's to measure.
TEST_F(TrainingTest, ARunIsStoppedAtEveryQuestionAndGoesOnToTheSameBits)
{
    makePhotos(2, 4);
    TrainingPlan plan = smallPlan(TrainedPart::Layer4, 1);
    plan.stages.push_back(smallPlan(TrainedPart::Fc, 1).stages[0]);
    int questions = 0;
    FineTuneEvents counting;
    counting.stopRequested = [&questions] {
        ++questions;
        return false;
    };
    FineTuneRequest whole = request(plan);
    whole.checkpointSeconds = 0;
    const auto wanted = fineTune(whole, counting);
    ASSERT_TRUE(wanted) << qPrintable(wanted.error().message);
    ASSERT_GT(questions, 40);
    FineTuneRequest stopped = request(plan);
    stopped.checkpointSeconds = 0;
    stopped.folder = folder.filePath(QStringLiteral("stopped"));
    int cancelled = 0;
    for (int at = 3; at < questions; at += questions / 8) {
        int asked = 0;
        FineTuneEvents events;
        events.stopRequested = [&asked, at] { return ++asked > at; };
        const auto ended = fineTune(stopped, events);
        if (ended)
            break; // what earlier tries kept left less to do
        EXPECT_EQ(ended.error().code, QStringLiteral("cancelled")) << at;
        EXPECT_LE(asked, at + 1 + static_cast<int>(set.photos.size())) << "what saw the stop went on";
        ++cancelled;
    }
    EXPECT_GE(cancelled, 2);
    const auto resumed = fineTune(stopped, {});
    ASSERT_TRUE(resumed) << qPrintable(resumed.error().message);
    EXPECT_EQ(digestOf(resumed->weights), digestOf(wanted->weights));
}

TEST_F(TrainingTest, FreshViewsInEveryEpoch)
{
    makePhotos(2, 4);
    TrainingPlan plan = smallPlan(TrainedPart::Layer4, 2);
    plan.stages[0].freshViews = true;
    plan.stages[0].viewsPerEpoch = 3;
    const auto tuned = fineTune(request(plan), {});
    ASSERT_TRUE(tuned) << qPrintable(tuned.error().message);
    EXPECT_LT(tuned->epochs[1].trainLoss, tuned->epochs[0].trainLoss);
    ASSERT_TRUE(QFile::remove(set.photos[0].file));
    const auto withoutOne = fineTune(request(plan), {});
    ASSERT_TRUE(withoutOne) << qPrintable(withoutOne.error().message);
    EXPECT_EQ(withoutOne->failed, QStringList{set.photos[0].file});
}

TEST_F(TrainingTest, PhotosThatVanishBetweenEpochsAreLeftOutAndAreNoLessonWhenAllDo)
{
    makePhotos(2, 4);
    TrainingPlan plan = smallPlan(TrainedPart::Layer4, 3);
    plan.stages[0].freshViews = true;
    plan.stages[0].batchNorm = BatchNormKind::Fresh;
    const auto vanishAfterTheFirstEpoch = [this](int photos) {
        FineTuneEvents events;
        events.epoch = [this, photos](const EpochReport& report) {
            int left = report.epoch == 0 ? photos : 0;
            for (const TrainingPhoto& photo : set.photos) {
                if (photo.part == Part::Train && left-- > 0) {
                    EXPECT_TRUE(QFile::remove(photo.file));
                }
            }
        };
        return events;
    };
    const auto some = fineTune(request(plan), vanishAfterTheFirstEpoch(3));
    ASSERT_TRUE(some) << qPrintable(some.error().message);
    EXPECT_EQ(some->photos, 5);
    EXPECT_EQ(some->failed.size(), 3);
    makePhotos(2, 4);
    const auto none = fineTune(request(plan), vanishAfterTheFirstEpoch(8));
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, QStringLiteral("no-photos"));
}

TEST_F(TrainingTest, ARunThatEndedNeedNotBeDoneAgainWhereItsModelCouldNotBeKept)
{
    makePhotos(2, 4);
    const FineTuneRequest wanted = request(smallPlan(TrainedPart::Layer4, 2));
    const auto whole = fineTune(wanted, {});
    FineTuneEvents events;
    int passes = 0;
    events.pass = [&passes](int) { ++passes; };
    const auto again = fineTune(wanted, events);
    ASSERT_TRUE(whole && again);
    EXPECT_EQ(passes, 0);
    EXPECT_EQ(digestOf(again->weights), digestOf(whole->weights));
    EXPECT_EQ(again->epochs.size(), whole->epochs.size());
}

TEST_F(TrainingTest, StagesThatChangeTheTrunkMakeItsOutputsAgain)
{
    makePhotos(3, 6);
    // The first stage shows what the untouched trunk says; the second changes the trunk.
    TrainingPlan plan = smallPlan(TrainedPart::Fc, 1);
    plan.stages[0].learningRate = 1e-8;
    plan.stages.push_back(smallPlan(TrainedPart::All, 2).stages[0]);
    for (const TrainedPart part : {TrainedPart::Layer4, TrainedPart::Fc}) {
        TrainingStage still = smallPlan(part, 1).stages[0];
        still.learningRate = 1e-8;
        plan.stages.push_back(still);
    }
    const auto tuned = fineTune(request(plan), {});
    ASSERT_TRUE(tuned) << qPrintable(tuned.error().message);
    ASSERT_EQ(tuned->epochs.size(), 5U);
    // Read at another depth the same network says the same; the first trunk's outputs would not.
    const double trained = tuned->epochs[2].valLoss;
    ASSERT_GT(std::abs(trained - tuned->epochs[0].valLoss), 0.02);
    EXPECT_NEAR(tuned->epochs[3].valLoss, trained, 2e-3);
    EXPECT_NEAR(tuned->epochs[4].valLoss, trained, 2e-3);
}

TEST_F(TrainingTest, TheHeadInOneGoAndThenLayer4)
{
    makePhotos(3, 6);
    TrainingPlan plan = smallPlan(TrainedPart::Layer4, 1);
    TrainingStage head;
    head.part = TrainedPart::Fc;
    head.optimiser = OptimiserKind::Lbfgs;
    head.epochs = 1;
    plan.stages.insert(plan.stages.begin(), head);
    ASSERT_TRUE(plan.check());
    const auto tuned = fineTune(request(plan), {});
    ASSERT_TRUE(tuned) << qPrintable(tuned.error().message);
    ASSERT_EQ(tuned->epochs.size(), 2U);
    EXPECT_EQ(tuned->epochs[0].trainTop1, 1);
    EXPECT_GT(tuned->epochs[0].valTop1, 0.6);
    EXPECT_GT(tuned->epochs[1].valTop1, 0.6);
    // Stopped in the stage behind it, it ends with the same bits.
    FineTuneRequest wanted = request(plan);
    wanted.checkpointSeconds = 0;
    bool isStopped = false;
    FineTuneEvents events;
    events.pass = [&isStopped](int) { isStopped = true; };
    events.stopRequested = [&isStopped] { return isStopped; };
    ASSERT_FALSE(fineTune(wanted, events));
    ASSERT_TRUE(isStopped);
    const auto again = fineTune(wanted, {});
    ASSERT_TRUE(again);
    EXPECT_EQ(again->weights.at("fc.weight").values, tuned->weights.at("fc.weight").values);
    EXPECT_EQ(again->weights.at("layer4.1.conv2.weight").values,
              tuned->weights.at("layer4.1.conv2.weight").values);
}
