#include "ui/training/TrainingHistory.h"
#include "tests/support/FakeTraining.h"

#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

using namespace goodsight;

TEST(TrainingHistory, WhatIsUnmeasuredStaysSo)
{
    const QTemporaryDir home;
    const TrainingHistory history(home.filePath(QStringLiteral("h.json")));
    TrainingRun run;
    run.id = 3;
    run.state = TrainingRun::State::Done;
    run.epochs = testsupport::learningCurve(1, 0.7);
    run.epochs[0].valLoss = std::numeric_limits<double>::quiet_NaN();
    history.save({run});
    const QList<TrainingRun> back = history.load();
    ASSERT_EQ(back.size(), 1);
    EXPECT_TRUE(std::isnan(back[0].epochs[0].valLoss));
    EXPECT_DOUBLE_EQ(back[0].epochs[0].trainLoss, run.epochs[0].trainLoss);
    EXPECT_LT(back[0].epochs[0].secondsLeft, 0) << "what was left then is not left now";
}

TEST(TrainingHistory, ARunThatTheProgramDidNotSeeEndIsAStoppedOne)
{
    const QTemporaryDir home;
    const TrainingHistory history(home.filePath(QStringLiteral("h.json")));
    TrainingRun running;
    running.state = TrainingRun::State::Running;
    history.save({running});
    ASSERT_EQ(history.load().size(), 1);
    EXPECT_EQ(history.load()[0].state, TrainingRun::State::Cancelled);
}

TEST(TrainingHistory, AFileThatIsNoHistoryIsAnEmptyOne)
{
    const QTemporaryDir home;
    const QString name = home.filePath(QStringLiteral("h.json"));
    for (const QByteArray& bytes : {QByteArray("{\"runs\": 7}"), QByteArray("\xff\xfe nonsense"),
                                    QByteArray("[1]"), QByteArray("{\"runs\": [1, null]}")}) {
        QFile file(name);
        ASSERT_TRUE(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
        file.close();
        EXPECT_TRUE(TrainingHistory(name).load().isEmpty()) << bytes.constData();
    }
}

TEST(TrainingHistory, KeepsTheNewest)
{
    const QTemporaryDir home;
    const TrainingHistory history(home.filePath(QStringLiteral("h.json")));
    QList<TrainingRun> runs;
    for (int i = 0; i < TrainingHistory::kMost + 5; ++i) {
        TrainingRun run;
        run.id = i;
        run.state = TrainingRun::State::Done;
        runs.append(run);
    }
    history.save(runs);
    const QList<TrainingRun> back = history.load();
    ASSERT_EQ(back.size(), TrainingHistory::kMost);
    EXPECT_EQ(back.last().id, TrainingHistory::kMost + 4);
}
