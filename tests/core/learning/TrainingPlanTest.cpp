#include "core/learning/TrainingPlan.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace goodsight;

namespace {

QString refusalOf(const QJsonObject& json)
{
    const auto plan = TrainingPlan::fromJson(json);
    EXPECT_FALSE(plan);
    if (plan)
        return {};
    EXPECT_EQ(plan.error().code, QStringLiteral("bad-plan"));
    EXPECT_FALSE(plan.error().hint.isEmpty());
    return plan.error().message;
}

/// The classic plan with one field of its first stage replaced.
QJsonObject withStageField(const QString& key, const QJsonValue& value)
{
    QJsonObject json = TrainingPlan::fromPreset(QStringLiteral("classic"))->toJson();
    QJsonArray stages = json.value(QLatin1String("stages")).toArray();
    QJsonObject stage = stages[0].toObject();
    stage.insert(key, value);
    stages[0] = stage;
    json.insert(QStringLiteral("stages"), stages);
    return json;
}

/// The recipe of resources/models, as a plan.
TrainingPlan seedRecipe()
{
    TrainingPlan plan;
    plan.side = 192;
    plan.viewsPerPhoto = 4;
    plan.teacher = QStringLiteral("teacher.safetensors");
    plan.augmentation.scaleMin = 0.3;
    TrainingStage layer4;
    layer4.optimiser = OptimiserKind::Sgd;
    layer4.learningRate = 0.06;
    layer4.weightDecay = 5e-4;
    layer4.epochs = 3;
    layer4.batch = 64;
    layer4.viewsPerEpoch = 4;
    layer4.mirror = 0.5;
    layer4.averageDecay = 0.998;
    layer4.loss = {0.3, 0.7, 1, 0.3, 2};
    TrainingStage layer3 = layer4;
    layer3.part = TrainedPart::Layer3;
    layer3.optimiser = OptimiserKind::AdamW;
    layer3.learningRate = 8e-4;
    layer3.earlierFactor = 0.1875;
    layer3.weightDecay = 0.05;
    layer3.warmup = 0.15;
    layer3.batch = 32;
    layer3.epochs = 6;
    layer3.viewsPerEpoch = 1;
    TrainingStage whole = layer3;
    whole.part = TrainedPart::All;
    whole.learningRate = 4e-4;
    whole.earlierFactor = 0.4;
    whole.epochs = 4;
    whole.averageDecay = 0.95;
    whole.loss = {0.3, 0.7, 4, 1, 2};
    plan.stages = {layer4, layer3, whole};
    return plan;
}

} // namespace

TEST(TrainingPlan, JsonRoundTripKeepsEveryField)
{
    for (const QString& name : TrainingPlan::presets()) {
        const auto plan = TrainingPlan::fromPreset(name);
        ASSERT_TRUE(plan) << qPrintable(name);
        EXPECT_TRUE(plan->check()) << qPrintable(plan->check().error().message);
        const auto again = TrainingPlan::fromJson(plan->toJson());
        ASSERT_TRUE(again) << qPrintable(again.error().message);
        EXPECT_EQ(*again, *plan);
    }
    const auto again = TrainingPlan::fromJson(seedRecipe().toJson());
    ASSERT_TRUE(again) << qPrintable(again.error().message);
    EXPECT_EQ(*again, seedRecipe());
}

TEST(TrainingPlan, RefusesWhatItDoesNotKnowByName)
{
    EXPECT_TRUE(
        refusalOf(withStageField(QStringLiteral("learning_rat"), 1)).contains(u"stages[0].learning_rat"));
    EXPECT_TRUE(
        refusalOf(withStageField(QStringLiteral("part"), QStringLiteral("layer9"))).contains(u"layer4"));
    EXPECT_TRUE(refusalOf(withStageField(QStringLiteral("loss"), QJsonObject{{QStringLiteral("lable"), 1}}))
                    .contains(u"stages[0].loss.lable"));
    EXPECT_EQ(TrainingPlan::fromPreset(QStringLiteral("fast")).error().code,
              QStringLiteral("unknown-preset"));
}

TEST(TrainingPlan, RefusesSenselessNumbersByName)
{
    const std::vector<std::pair<const char*, QJsonValue>> senseless{{"learning_rate", -1},
                                                                    {"learning_rate", 0},
                                                                    {"epochs", 0},
                                                                    {"epochs", 2.5},
                                                                    {"batch", 0},
                                                                    {"batch", 1e9},
                                                                    {"label_smoothing", 1},
                                                                    {"mixup", -0.1},
                                                                    {"average_decay", 1},
                                                                    {"class_balance", 2},
                                                                    {"momentum", 1},
                                                                    {"fresh_views", 1},
                                                                    {"epochs", QStringLiteral("5")},
                                                                    {"optimiser", 3},
                                                                    {"views_per_epoch", 6}};
    for (const auto& [key, value] : senseless) {
        const QString message = refusalOf(withStageField(QString::fromLatin1(key), value));
        EXPECT_TRUE(message.contains(QLatin1String(key))) << key << ": " << qPrintable(message);
    }
    QJsonObject json = TrainingPlan::fromPreset(QStringLiteral("quick"))->toJson();
    json.insert(QStringLiteral("side"), 200);
    EXPECT_TRUE(refusalOf(json).contains(u"side"));
    json.remove(QStringLiteral("side"));
    json.insert(QStringLiteral("stages"), QJsonArray());
    EXPECT_TRUE(refusalOf(json).contains(u"stages"));
}

TEST(TrainingPlan, OnlyAHeadIsFittedInOneGo)
{
    TrainingPlan plan = *TrainingPlan::fromPreset(QStringLiteral("quick"));
    ASSERT_EQ(plan.stages[0].optimiser, OptimiserKind::Lbfgs);
    EXPECT_TRUE(plan.check());
    plan.stages[1].optimiser = OptimiserKind::Lbfgs;
    EXPECT_FALSE(plan.check());
    plan = *TrainingPlan::fromPreset(QStringLiteral("quick"));
    plan.stages[0].epochs = 2;
    EXPECT_FALSE(plan.check());
}

TEST(TrainingPlan, DistillationNeedsATeacherAndKeptViews)
{
    TrainingPlan plan = seedRecipe();
    plan.teacher.clear();
    EXPECT_FALSE(plan.check());
    plan = seedRecipe();
    plan.stages[0].freshViews = true;
    EXPECT_FALSE(plan.check());
}

TEST(TrainingPlan, ATeacherIsAskedByAStageOrRefused)
{
    TrainingPlan plan = *TrainingPlan::fromPreset(QStringLiteral("quick"));
    plan.teacher = QStringLiteral("teacher.safetensors");
    EXPECT_FALSE(plan.check()) << "nothing would be learnt from it";
    plan.setTeacher(plan.teacher);
    ASSERT_TRUE(plan.check());
    EXPECT_EQ(plan.stages[0].loss, LossWeights{}) << "fits fc to the labels alone";
    EXPECT_DOUBLE_EQ(plan.stages[1].loss.teacher, 0.5);
    TrainingPlan own = seedRecipe();
    const TrainingPlan before = own;
    own.setTeacher(own.teacher);
    EXPECT_EQ(own, before) << "its loss is the plan's own";
}

TEST(TrainingPlan, ReadsAFileAndSaysWhatIsWrongWithIt)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("plan.json"));
    EXPECT_EQ(TrainingPlan::fromFile(path).error().code, QStringLiteral("not-found"));
    QFile list(folder.filePath(QStringLiteral("list.json")));
    ASSERT_TRUE(list.open(QIODevice::WriteOnly));
    list.write("[]");
    list.close();
    EXPECT_FALSE(
        TrainingPlan::fromFile(list.fileName()).error().message.contains(QStringLiteral("no error")));
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("{\"stages\": [{\"part\": \"fc\"}");
    file.close();
    EXPECT_EQ(TrainingPlan::fromFile(path).error().code, QStringLiteral("bad-plan"));
    ASSERT_TRUE(file.open(QIODevice::Append));
    file.write("]}");
    file.close();
    const auto plan = TrainingPlan::fromFile(path);
    ASSERT_TRUE(plan) << qPrintable(plan.error().message);
    EXPECT_EQ(plan->stages.front().part, TrainedPart::Fc);
}

TEST(TrainingPlan, ViewsFollowThePhotoAndNotItsPlace)
{
    const TrainingPlan plan;
    const QString a(64, u'a');
    const QString b(64, u'b');
    EXPECT_EQ(plan.viewSeed(a, 1), plan.viewSeed(a, 1));
    EXPECT_NE(plan.viewSeed(a, 1), plan.viewSeed(a, 2));
    EXPECT_NE(plan.viewSeed(a, 1), plan.viewSeed(b, 1));
}
