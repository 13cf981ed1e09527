#include "app/TrainingEngine.h"
#include "core/base/JobRunner.h"
#include "core/dataset/DatasetStore.h"
#include "core/learning/KnownPhotos.h"
#include "core/learning/TrainJob.h"
#include "core/model/LearntPhotos.h"
#include "tests/support/ProjectPhotos.h"
#include "ui/training/TrainingRun.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QImage>

#include <gtest/gtest.h>

using namespace goodsight;
using namespace goodsight::testsupport;

namespace {

/// What a job of the engine says that is stopped before its first epoch.
struct Stopped {
    QString code;
    qsizetype classes = 0;
    QStringList lost;
};

TrainingWish wishIn(WindowDriver& driver)
{
    TrainingWish wish;
    wish.preset = QStringLiteral("quick");
    wish.projectDir = driver.bench().project.dir();
    wish.startModel = QStringLiteral("groceries");
    wish.folder = wish.projectDir + QStringLiteral("/runs/quick-1");
    return wish;
}

Stopped runAndStop(const TrainingWish& wish)
{
    Stopped seen;
    TrainingCallbacks callbacks;
    std::atomic_bool stop = false;
    callbacks.onClasses = [&](const QList<ModelClass>& classes, const QList<int>& photos) {
        EXPECT_EQ(photos.size(), classes.size());
        seen.classes = classes.size();
        stop = true; // the project is read, and nothing learnt yet
    };
    callbacks.onEpoch = [](const EpochReport&) {};
    callbacks.onWarning = [&](const QString& file, const Error& error) {
        EXPECT_FALSE(error.message.isEmpty());
        seen.lost.append(file);
    };
    callbacks.onFinished = [&](const Result<QString>& model) {
        seen.code = model ? QStringLiteral("finished") : model.error().code;
    };
    const auto job = trainingEngine()(wish, callbacks);
    EXPECT_FALSE(runInline(*job, {}, &stop));
    return seen;
}

QByteArray bytesOf(const QString& file)
{
    QFile opened(file);
    EXPECT_TRUE(opened.open(QIODevice::ReadOnly)) << file.toStdString();
    return opened.readAll();
}

} // namespace

TEST(TrainingEngine, ARunGoesOnWithThePhotosThatItBeganWith)
{
    WindowDriver driver;
    addLabelledSamples(driver, {{QStringLiteral("carrots"), QStringLiteral("avocado")}});
    const TrainingWish wish = wishIn(driver);
    const Stopped first = runAndStop(wish);
    EXPECT_EQ(first.code, QStringLiteral("cancelled"));
    EXPECT_EQ(first.classes, 5);
    const QString file = wish.folder + QStringLiteral("/run.json");
    const QByteArray kept = bytesOf(file);
    addLabelledSamples(driver); // the carrots are carrots now
    const Stopped again = runAndStop(wish);
    EXPECT_EQ(again.code, QStringLiteral("cancelled"));
    EXPECT_EQ(again.classes, 5);
    EXPECT_EQ(bytesOf(file), kept);
    // Another folder is another run.
    TrainingWish other = wish;
    other.folder += QStringLiteral("-other");
    EXPECT_EQ(runAndStop(other).classes, 6);
}

TEST(TrainingEngine, ARunThatGoesOnTakesAnotherNameWhereItsOwnIsTaken)
{
    WindowDriver driver;
    addLabelledSamples(driver);
    const TrainingWish wish = wishIn(driver);
    EXPECT_EQ(runAndStop(wish).code, QStringLiteral("cancelled"));
    const auto run = TrainRun::load(wish.folder);
    ASSERT_TRUE(run);
    const ModelLibrary library;
    auto package = ModelPackage::load(library.find(QStringLiteral("groceries"))->path);
    ASSERT_TRUE(package);
    package->name = run->name;
    ASSERT_TRUE(library.install(*package, true));
    EXPECT_EQ(runAndStop(wish).code, QStringLiteral("cancelled")) << "and not name-taken";
}

TEST(TrainingEngine, PhotosThatAreNotWhereTheyShouldBeAreTold)
{
    WindowDriver driver;
    const QString folder = sampleFolder(driver);
    importFolder(driver, folder);
    const QString gone = folder + QStringLiteral("/carrots/1.jpg");
    ASSERT_TRUE(QFile::remove(gone));
    const Stopped seen = runAndStop(wishIn(driver));
    EXPECT_EQ(seen.classes, 5);
    ASSERT_EQ(seen.lost.size(), 1);
    EXPECT_EQ(QFileInfo(seen.lost.first()).absoluteFilePath(), QFileInfo(gone).absoluteFilePath());
}

TEST(TrainingEngine, AWholeRunKeepsWhatTheModelLearntFromBesideIt)
{
    WindowDriver driver;
    const QString folder = sampleFolder(driver);
    for (const QString& product : QDir(folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QImage sample(folder + u'/' + product + QStringLiteral("/1.jpg"));
        for (int width : {300, 340, 380})
            ASSERT_TRUE(sample.scaledToWidth(width).save(
                QStringLiteral("%1/%2/%3.jpg").arg(folder, product).arg(width)));
    }
    importFolder(driver, folder);
    SplitOptions options;
    options.val = 0.3;
    ASSERT_TRUE(driver.bench().project.store()->split(options));
    TrainingWish wish = wishIn(driver);
    QString made;
    int epochs = 0;
    TrainingCallbacks callbacks;
    callbacks.onClasses = [](const QList<ModelClass>&, const QList<int>&) {};
    // Its name is taken while it runs.
    callbacks.onEpoch = [&epochs](const EpochReport&) {
        if (++epochs > 1)
            return;
        auto other = ModelPackage::load(ModelLibrary().find(QStringLiteral("groceries"))->path);
        ASSERT_TRUE(other);
        other->name = QStringLiteral("quick");
        ASSERT_TRUE(ModelLibrary().install(*other, true));
    };
    callbacks.onWarning = [](const QString& file, const Error& error) {
        EXPECT_EQ(error.code, QStringLiteral("name-taken")) << qPrintable(file);
    };
    callbacks.onFinished = [&made](const Result<QString>& model) {
        ASSERT_TRUE(model) << qPrintable(model.error().message);
        made = *model;
    };
    const auto job = trainingEngine()(wish, callbacks);
    ASSERT_TRUE(runInline(*job));
    EXPECT_GT(epochs, 1);
    EXPECT_EQ(made, QStringLiteral("quick-2"));
    const ModelLibrary library;
    const auto entry = library.find(made);
    ASSERT_TRUE(entry) << qPrintable(made);
    const auto package = ModelPackage::load(entry->path);
    ASSERT_TRUE(package);
    EXPECT_EQ(package->classes.size(), 6);
    const auto known = KnownPhotos::load(ModelLibrary::embeddingsFile(entry->path), *package);
    ASSERT_TRUE(known) << qPrintable(known.error().message);
    EXPECT_EQ(known->classes.size(), 6);
    EXPECT_EQ(known->train.labels.size() + known->val.labels.size(), 24U);
    EXPECT_FALSE(known->val.labels.empty());
    const LearntPhotos learnt = LearntPhotos::fromManifest(package->manifest);
    EXPECT_EQ(learnt.count(), std::ssize(known->train.labels));
    const auto rows = driver.bench().project.store()->photos(PhotoQuery::labelled());
    ASSERT_TRUE(rows);
    for (const PhotoRow& row : *rows)
        EXPECT_EQ(learnt.contains(row.sha256), row.split == partWord(Part::Train));
}
