#include "ui/training/TrainingController.h"
#include "tests/support/FakeTraining.h"
#include "tests/support/TestSupport.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace goodsight;
using namespace goodsight::testsupport;

namespace {

struct Fixture {
    QTemporaryDir home;
    QString file = home.filePath(QStringLiteral("training.json"));
    std::shared_ptr<FakeTraining> script = std::make_shared<FakeTraining>();
    TrainingController controller{file};

    Fixture()
    {
        script->classes = {
            {QStringLiteral("a"), {}, {}}, {QStringLiteral("b"), {}, {}}, {QStringLiteral("c"), {}, {}}};
        script->photos = {40, 28, 9};
        script->epochs = learningCurve(4, 0.8);
        controller.setFactory(fakeTrainingFactory(script));
    }
    [[nodiscard]] QString project() const { return home.filePath(QStringLiteral("p.goodsight")); }
    [[nodiscard]] TrainingWish wish() const
    {
        return {QStringLiteral("quick"), project(), QStringLiteral("groceries"), 100, 3, {}};
    }
    [[nodiscard]] TrainingRun::State state(qint64 id) const { return controller.run(id)->state; }
    [[nodiscard]] bool waitUntil(qint64 id, TrainingRun::State wanted) const
    {
        return waitFor([&] { return state(id) == wanted; });
    }
};

TrainingWish wish(const char* preset, int photos = 100)
{
    return {QString::fromLatin1(preset),
            QStringLiteral("p.goodsight"),
            QStringLiteral("groceries"),
            photos,
            3,
            {}};
}

using State = TrainingRun::State;

} // namespace

TEST(TrainingController, ARunReportsEachEpochInOrderAndIsKept)
{
    Fixture f;
    QSignalSpy epochs(&f.controller, &TrainingController::epochAdded);
    const qint64 id = f.controller.start(wish("quick"));
    EXPECT_EQ(f.state(id), State::Running);
    ASSERT_TRUE(f.waitUntil(id, State::Done));
    const TrainingRun* run = f.controller.run(id);
    EXPECT_EQ(epochs.size(), 4);
    ASSERT_EQ(run->epochs.size(), 4);
    for (int i = 0; i < 4; ++i)
        EXPECT_EQ(run->epochs[i].epoch, i);
    ASSERT_EQ(run->worst.size(), 3);
    EXPECT_EQ(run->worst[0].id, QStringLiteral("c"));
    EXPECT_DOUBLE_EQ(run->worst[0].recall, 0.25);
    EXPECT_EQ(run->worst[0].photos, 9);
    EXPECT_EQ(run->worst[1].id, QStringLiteral("a"));
    EXPECT_EQ(run->photos, 77);
    EXPECT_EQ(run->model, QStringLiteral("groceries-2"));
    const TrainingController later(f.file);
    ASSERT_EQ(later.runs().size(), 1);
    EXPECT_EQ(later.runs().first().state, State::Done);
    EXPECT_DOUBLE_EQ(later.runs().first().epochs.last().valTop1, run->epochs.last().valTop1);
    EXPECT_LT(later.runs().first().epochs.last().secondsLeft, 0) << "nobody knows any more";
    EXPECT_EQ(later.runs().first().photos, 77);
    EXPECT_DOUBLE_EQ(later.runs().first().worst[1].recall, 0.5);
}

TEST(TrainingController, ASecondRunWaitsForTheFirst)
{
    Fixture f;
    f.script->hang = true;
    const qint64 first = f.controller.start(wish("quick"));
    const qint64 second = f.controller.start(wish("thorough"));
    EXPECT_EQ(f.state(second), State::Waiting);
    EXPECT_EQ(f.controller.waiting(), 1);
    EXPECT_EQ(f.controller.running()->id, first);
    ASSERT_TRUE(waitFor([&] { return f.controller.run(first)->epochs.size() == 4; }));
    f.script->hang = false;
    f.controller.cancel(first);
    ASSERT_TRUE(f.waitUntil(first, State::Cancelled));
    ASSERT_TRUE(f.waitUntil(second, State::Done));
    EXPECT_EQ(f.controller.running(), nullptr);
    EXPECT_EQ(f.controller.run(first)->epochs.size(), 4); // what was learnt can still be looked at
}

TEST(TrainingController, OneThatWaitsIsTakenOutWithoutTouchingTheOther)
{
    Fixture f;
    f.script->hang = true;
    const qint64 first = f.controller.start(wish("quick"));
    const qint64 second = f.controller.start(wish("quick"));
    f.controller.cancel(second);
    EXPECT_EQ(f.state(second), State::Cancelled);
    EXPECT_EQ(f.state(first), State::Running);
    f.controller.cancel(first);
    ASSERT_TRUE(f.waitUntil(first, State::Cancelled));
    EXPECT_EQ(f.controller.running(), nullptr);
}

TEST(TrainingController, AFailedRunSaysWhyAndTheNextOneRuns)
{
    Fixture f;
    f.script->failure = {QStringLiteral("not-finite"), QStringLiteral("损失不是数字。"),
                         QStringLiteral("降低学习率。")};
    const qint64 first = f.controller.start(wish("quick"));
    ASSERT_TRUE(f.waitUntil(first, State::Failed));
    EXPECT_EQ(f.controller.run(first)->error, f.script->failure);
    f.script->failure = {};
    const qint64 second = f.controller.start(wish("quick"));
    ASSERT_TRUE(f.waitUntil(second, State::Done));
    const TrainingController later(f.file);
    EXPECT_EQ(later.run(first)->error.message, QStringLiteral("损失不是数字。"));
}

TEST(TrainingController, PhotosThatAreLostAreCountedWithTheFirstReason)
{
    Fixture f;
    f.script->lost = {QStringLiteral("a.jpg"), QStringLiteral("b.jpg")};
    QSignalSpy warned(&f.controller, &TrainingController::warned);
    const qint64 id = f.controller.start(f.wish());
    ASSERT_TRUE(f.waitUntil(id, State::Done));
    EXPECT_EQ(warned.size(), 2);
    const TrainingController later(f.file);
    for (const TrainingController* one :
         std::initializer_list<const TrainingController*>{&f.controller, &later}) {
        EXPECT_EQ(one->run(id)->lost, 2);
        EXPECT_EQ(one->run(id)->warning.message, QStringLiteral("a.jpg 不在。"));
    }
}

TEST(TrainingController, TheEstimateIsAGuessUntilARunHasShownIt)
{
    Fixture f;
    const TrainingEstimate guess = f.controller.estimate(QStringLiteral("quick"), 1000);
    EXPECT_FALSE(guess.measured);
    EXPECT_GT(guess.seconds, 0);
    f.script->pause = 10;
    const qint64 id = f.controller.start(wish("quick", 100));
    ASSERT_TRUE(f.waitUntil(id, State::Done));
    const TrainingEstimate measured = f.controller.estimate(QStringLiteral("quick"), 200);
    EXPECT_TRUE(measured.measured);
    EXPECT_NEAR(measured.seconds, 2 * f.controller.run(id)->seconds(), 1e-9);
    EXPECT_FALSE(f.controller.estimate(QStringLiteral("classic"), 200).measured);
}

TEST(TrainingController, WithoutAnEngineNothingStarts)
{
    const QTemporaryDir home;
    TrainingController controller(home.filePath(QStringLiteral("training.json")));
    EXPECT_FALSE(controller.available());
    EXPECT_EQ(controller.start(wish("quick")), 0);
    EXPECT_TRUE(controller.runs().isEmpty());
}

TEST(TrainingController, GoesAwayInTheMiddleOfARun)
{
    auto script = std::make_shared<FakeTraining>();
    script->hang = true;
    const QTemporaryDir home;
    const QString file = home.filePath(QStringLiteral("training.json"));
    {
        TrainingController controller(file);
        controller.setFactory(fakeTrainingFactory(script));
        EXPECT_GT(controller.start(wish("quick")), 0);
        EXPECT_GT(controller.start(wish("quick")), 0);
    }
    const TrainingController later(file);
    ASSERT_EQ(later.runs().size(), 2); // neither came to an end
    for (const TrainingRun& run : later.runs()) {
        EXPECT_EQ(run.state, State::Cancelled);
        EXPECT_FALSE(later.canGoOn(run.id)) << "nothing was kept";
    }
}

TEST(TrainingController, AStoppedRunGoesOnInItsOldFolder)
{
    Fixture f;
    f.script->keeps = f.script->hang = true;
    const qint64 id = f.controller.start(f.wish());
    ASSERT_TRUE(waitFor([&] { return f.controller.run(id)->epochs.size() == 4; }));
    EXPECT_FALSE(f.controller.canGoOn(id)) << "it runs";
    f.controller.cancel(id);
    ASSERT_TRUE(f.waitUntil(id, State::Cancelled));
    EXPECT_TRUE(f.controller.canGoOn(id));
    EXPECT_EQ(f.controller.bytesKept(id), 1000);
    f.script->hang = false;
    ASSERT_TRUE(f.controller.goOn(id));
    ASSERT_TRUE(f.waitUntil(id, State::Done));
    ASSERT_EQ(f.script->wishes.size(), 2);
    EXPECT_EQ(f.script->wishes[1].folder, f.script->wishes[0].folder);
    EXPECT_TRUE(f.script->wishes[0].folder.startsWith(f.project() + QStringLiteral("/runs/quick-")));
    EXPECT_EQ(f.controller.runs().size(), 1);
    EXPECT_EQ(f.controller.run(id)->epochs.size(), 4) << "those after the last checkpoint are done again";
    EXPECT_GT(f.controller.run(id)->seconds(), f.controller.run(id)->before);
    EXPECT_FALSE(f.controller.canGoOn(id));
    EXPECT_FALSE(f.controller.goOn(id));
}

TEST(TrainingController, ARunThatIsKilledWithTheProgramIsListedAndGoesOn)
{
    Fixture f;
    f.script->keeps = f.script->hang = true;
    const qint64 id = f.controller.start(f.wish());
    ASSERT_TRUE(waitFor([&] { return f.controller.run(id)->epochs.size() == 4; }));
    // What a program finds that starts after this one was killed now.
    TrainingController later(f.file);
    auto script = std::make_shared<FakeTraining>(*f.script);
    script->hang = false;
    later.setFactory(fakeTrainingFactory(script));
    ASSERT_EQ(later.runs().size(), 1);
    EXPECT_EQ(later.run(id)->state, State::Cancelled);
    EXPECT_EQ(later.run(id)->epochs.size(), 4);
    ASSERT_TRUE(later.goOn(id));
    ASSERT_TRUE(waitFor([&] { return later.run(id)->state == State::Done; }));
    EXPECT_EQ(script->wishes.last().folder, f.script->wishes.last().folder);
}

TEST(TrainingController, FailedAndForgottenRunsLeaveNothingOnTheDisk)
{
    Fixture f;
    f.script->failure = {QStringLiteral("one-class"), {}, {}};
    const qint64 failed = f.controller.start(f.wish());
    ASSERT_TRUE(f.waitUntil(failed, State::Failed));
    const QString folder = f.controller.run(failed)->wish.folder;
    EXPECT_TRUE(waitFor([&] { return !QDir(folder).exists(); }));
    EXPECT_FALSE(f.controller.canGoOn(failed));
    f.script->failure = {};
    f.script->keeps = true;
    f.script->hang = true;
    const qint64 stopped = f.controller.start(f.wish());
    ASSERT_TRUE(waitFor([&] { return f.controller.run(stopped)->epochs.size() == 4; }));
    f.controller.cancel(stopped);
    ASSERT_TRUE(f.waitUntil(stopped, State::Cancelled));
    const QString kept = f.controller.run(stopped)->wish.folder;
    EXPECT_TRUE(QDir(kept).exists());
    f.controller.forget(stopped);
    EXPECT_TRUE(waitFor([&] { return !QDir(kept).exists(); }));
    EXPECT_TRUE(QDir(f.project()).exists());
}

TEST(TrainingController, AFailedRunThatKeptSomethingGoesOnOnceTheCauseIsGone)
{
    Fixture f;
    f.script->keeps = true; // as where a disk was full when the model was to be kept
    f.script->failure = {QStringLiteral("disk-full"), {}, {}};
    const qint64 id = f.controller.start(f.wish());
    ASSERT_TRUE(f.waitUntil(id, State::Failed));
    ASSERT_TRUE(f.controller.canGoOn(id));
    EXPECT_EQ(f.controller.bytesKept(id), 1000);
    f.script->failure = {};
    ASSERT_TRUE(f.controller.goOn(id));
    ASSERT_TRUE(f.waitUntil(id, State::Done));
    EXPECT_TRUE(f.controller.run(id)->error.code.isEmpty());
}

TEST(TrainingController, AFolderThatIsNoRunsIsNotDeletedWhateverTheHistorySays)
{
    Fixture f;
    const QString precious = f.home.filePath(QStringLiteral("photos"));
    ASSERT_TRUE(QDir().mkpath(precious));
    QList<TrainingRun> runs;
    for (const QString& folder : {precious, f.project(), f.project() + QStringLiteral("/runs/../../photos"),
                                  f.project() + QStringLiteral("/runs/"), QString()}) {
        TrainingRun run;
        run.id = runs.size() + 1;
        run.state = State::Cancelled;
        run.wish = f.wish();
        run.wish.folder = folder;
        runs.append(run);
    }
    ASSERT_TRUE(QDir().mkpath(f.project() + QStringLiteral("/runs")));
    TrainingHistory(f.file).save(runs);
    {
        TrainingController later(f.file);
        for (const TrainingRun& run : runs)
            later.forget(run.id);
        EXPECT_TRUE(later.runs().isEmpty());
    } // waits for what it deletes
    EXPECT_TRUE(QDir(precious).exists());
    EXPECT_TRUE(QDir(f.project() + QStringLiteral("/runs")).exists());
}

TEST(TrainingController, ForgetsOnlyWhatIsOver)
{
    Fixture f;
    f.script->hang = true;
    const qint64 id = f.controller.start(wish("quick"));
    f.controller.forget(id);
    ASSERT_NE(f.controller.run(id), nullptr);
    f.controller.cancel(id);
    ASSERT_TRUE(f.waitUntil(id, State::Cancelled));
    f.controller.forget(id);
    EXPECT_EQ(f.controller.run(id), nullptr);
    EXPECT_TRUE(TrainingController(f.file).runs().isEmpty());
}
