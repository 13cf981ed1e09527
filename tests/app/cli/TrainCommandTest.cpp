#include "core/learning/TeacherAnswers.h"
#include "core/learning/TrainingPlan.h"
#include "core/model/ModelPackage.h"
#include "core/model/Safetensors.h"
#include "tests/support/JsonLines.h"
#include "tests/support/TestModels.h"
#include "tests/support/TestSupport.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

using namespace goodsight;
using namespace goodsight::testsupport;

namespace {

class TrainCommand : public testing::Test {
protected:
    TrainCommand()
    {
        writeRandomModel(start(), 4);
        for (int label = 0; label < 2; ++label) {
            const QString name = label == 0 ? QStringLiteral("Granny-Smith") : QStringLiteral("moon dust");
            for (int i = 0; i < 5; ++i) {
                QImage picture(80 + i, 90, QImage::Format_RGB888);
                picture.fill(label == 0 ? QColor(40, 200 - i, 40) : QColor(200 - i, 40, 60));
                const QString file = at(i == 4 ? "val/" : "train/") + name + QStringLiteral("/%1.png").arg(i);
                EXPECT_TRUE(QDir().mkpath(QFileInfo(file).path()) && picture.save(file));
            }
        }
    }

    [[nodiscard]] QString at(const char* name) const { return folder.filePath(QString::fromLatin1(name)); }
    [[nodiscard]] QString start() const { return at("start.safetensors"); }

    /// A plan of one short stage.
    static TrainingPlan plan(TrainedPart part)
    {
        TrainingPlan plan;
        plan.side = 64;
        TrainingStage stage;
        stage.part = part;
        stage.learningRate = part == TrainedPart::Fc ? 0.05 : 1e-4;
        stage.epochs = 2;
        stage.batch = 4;
        plan.stages = {stage};
        return plan;
    }
    [[nodiscard]] QString planFile(const TrainingPlan& plan) const
    {
        QFile file(at("plan.json"));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(QJsonDocument(plan.toJson()).toJson());
        return file.fileName();
    }
    [[nodiscard]] QStringList words(const TrainingPlan& plan) const
    {
        return {QStringLiteral("train"),
                QStringLiteral("--folder"),
                at("train"),
                QStringLiteral("--val"),
                at("val"),
                QStringLiteral("--start"),
                start(),
                QStringLiteral("--plan"),
                planFile(plan),
                QStringLiteral("--name"),
                QStringLiteral("apples"),
                QStringLiteral("--work"),
                at("work"),
                QStringLiteral("--json")};
    }
    [[nodiscard]] std::unique_ptr<QProcess> started(const QStringList& arguments) const
    {
        auto process = std::make_unique<QProcess>();
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("GOODSIGHT_HOME"), at("home"));
        process->setProcessEnvironment(environment);
        process->start(QCoreApplication::applicationDirPath() + QStringLiteral("/goodsight-cli"), arguments);
        return process;
    }
    QList<QJsonObject> run(const QStringList& arguments, int expectedStatus)
    {
        const auto process = started(arguments);
        EXPECT_TRUE(process->waitForFinished(200'000));
        errors = QString::fromUtf8(process->readAllStandardError());
        EXPECT_EQ(process->exitCode(), expectedStatus) << qPrintable(errors);
        return testsupport::jsonLines(process->readAllStandardOutput());
    }
    [[nodiscard]] Result<ModelPackage> installed() const
    {
        return ModelPackage::load(at("home/data/models/apples.safetensors"));
    }

    QTemporaryDir folder;
    QString errors;
};

} // namespace

TEST_F(TrainCommand, TrainsFromFoldersAndInstallsAModelThatTellsWhereItIsFrom)
{
    const auto lines = run(words(plan(TrainedPart::Fc)), 0);
    ASSERT_EQ(lines.size(), 3);
    EXPECT_EQ(lines[1].value(QLatin1String("epoch")).toInt(), 1);
    EXPECT_EQ(lines[1].value(QLatin1String("epochs")).toInt(), 2);
    EXPECT_TRUE(lines[1].value(QLatin1String("val_top1")).isDouble());
    EXPECT_EQ(lines[2].value(QLatin1String("model")).toString(), QStringLiteral("apples"));
    EXPECT_EQ(lines[2].value(QLatin1String("photos")).toInt(), 8);
    EXPECT_EQ(lines[2].value(QLatin1String("val")).toObject().value(QLatin1String("n")).toInt(), 2);

    const auto model = installed();
    ASSERT_TRUE(model) << qPrintable(model.error().message);
    ASSERT_EQ(model->classes.size(), 2);
    EXPECT_EQ(model->classes[0].id, QStringLiteral("granny-smith"));
    EXPECT_FALSE(model->classes[0].zh.isEmpty());
    EXPECT_EQ(model->classes[1].id, QStringLiteral("moon-dust"));
    EXPECT_FALSE(model->golden.seeds.empty());
    EXPECT_GT(model->temperature, 0);
    const auto parent = ModelPackage::load(start());
    EXPECT_EQ(model->licence, parent->licence);
    EXPECT_EQ(model->manifest.value(QLatin1String("parent_fingerprint")).toString(), parent->fingerprint);
    EXPECT_EQ(model->backbone, parent->backbone) << "only fc was trained";
    const QJsonObject training = model->manifest.value(QLatin1String("training")).toObject();
    EXPECT_EQ(TrainingPlan::fromJson(training.value(QLatin1String("plan")).toObject())->stages,
              plan(TrainedPart::Fc).stages);
    EXPECT_EQ(training.value(QLatin1String("data_fingerprint")).toString().size(), 64);
    EXPECT_EQ(training.value(QLatin1String("epochs")).toArray().size(), 2);
    EXPECT_EQ(training.value(QLatin1String("chosen_on_val")).toArray(),
              QJsonArray{QStringLiteral("temperature")})
        << "what val had a say in, and nothing else";
    EXPECT_FALSE(QDir(at("work")).exists()) << "the run's folder is tidied up";

    run({QStringLiteral("model"), QStringLiteral("verify"), QStringLiteral("apples")}, 0);
    run(words(plan(TrainedPart::Fc)), 1); // the name is taken
    EXPECT_TRUE(errors.contains(QStringLiteral("apples")));
}

TEST_F(TrainCommand, AnUnreadablePhotoIsNamedTheRestIsLearntAndTheStatusTells)
{
    QFile broken(at("train/moon dust/broken.png"));
    ASSERT_TRUE(broken.open(QIODevice::WriteOnly) && broken.write("no picture") > 0);
    broken.close();
    const auto lines = run(words(plan(TrainedPart::Fc)), 1);
    ASSERT_EQ(lines.size(), 4);
    EXPECT_EQ(std::count_if(lines.cbegin(), lines.cend(),
                            [](const QJsonObject& line) {
                                return line.contains(QLatin1String("error")) &&
                                       line.value(QLatin1String("file")).toString().endsWith(u"broken.png");
                            }),
              1);
    EXPECT_EQ(lines.last().value(QLatin1String("model")).toString(), QStringLiteral("apples"));
    EXPECT_TRUE(installed());
}

TEST_F(TrainCommand, ShowsAPlanThatAnotherRunTakes)
{
    const auto shown = run({QStringLiteral("train"), QStringLiteral("--preset"), QStringLiteral("thorough"),
                            QStringLiteral("--seed"), QStringLiteral("7"), QStringLiteral("--show-plan")},
                           0);
    ASSERT_EQ(shown.size(), 1);
    const auto plan = TrainingPlan::fromJson(shown[0]);
    ASSERT_TRUE(plan) << qPrintable(plan.error().message);
    EXPECT_EQ(plan->seed, 7U);
    EXPECT_EQ(plan->stages, TrainingPlan::fromPreset(QStringLiteral("thorough"))->stages);
    run({QStringLiteral("train"), QStringLiteral("--folder"), at("train"), QStringLiteral("--show-plan")}, 2);
}

TEST_F(TrainCommand, GoesOnAfterAKill)
{
    TrainingPlan longer = plan(TrainedPart::Fc);
    longer.stages[0].epochs = 3000;
    {
        const auto process = started(words(longer));
        ASSERT_TRUE(process->waitForReadyRead(200'000));
        process->kill();
        process->waitForFinished();
    }
    EXPECT_TRUE(QFile::exists(at("work/run.json")));
    // Only the folder is needed; the photos are those of the snapshot.
    TrainingPlan shorter = plan(TrainedPart::Fc);
    QFile file(at("work/run.json"));
    ASSERT_TRUE(file.open(QIODevice::ReadWrite));
    QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    json.insert(QStringLiteral("plan"), shorter.toJson());
    file.resize(0);
    file.write(QJsonDocument(json).toJson());
    file.close();
    const auto lines = run({QStringLiteral("train"), QStringLiteral("--resume"), at("work")}, 0);
    EXPECT_EQ(lines.last().value(QLatin1String("model")).toString(), QStringLiteral("apples"));
    EXPECT_TRUE(installed());
}

TEST_F(TrainCommand, ATeacherAnswersForTheViewsThatAreWritten)
{
    TrainingPlan distils = plan(TrainedPart::Layer4);
    distils.teacher = at("teacher.safetensors");
    distils.stages[0].loss = {0.5, 0.5, 1, 0, 2};
    QStringList views = words(distils);
    views +=
        {QStringLiteral("--write-views"), at("views"), QStringLiteral("--view-side"), QStringLiteral("96")};
    const auto written = run(views, 0);
    ASSERT_EQ(written.size(), 1);
    EXPECT_EQ(written[0].value(QLatin1String("views")).toInt(), 16);
    QFile list(at("views/views.json"));
    ASSERT_TRUE(list.open(QIODevice::ReadOnly));
    const QJsonObject json = QJsonDocument::fromJson(list.readAll()).object();
    const QJsonArray rows = json.value(QLatin1String("rows")).toArray();
    ASSERT_EQ(rows.size(), 16);
    QJsonArray keys;
    std::map<std::string, Tensor> tensors;
    tensors["logits"].shape = {16, 2};
    tensors["embedding"] = {{16, 3}, std::vector<float>(48, 1.0F)};
    for (const QJsonValue& value : rows) {
        const QJsonObject row = value.toObject();
        keys.append(row.value(QLatin1String("key")));
        const QImage view(at("views/") + row.value(QLatin1String("file")).toString());
        EXPECT_EQ(view.size(), QSize(96, 96));
        const bool first = row.value(QLatin1String("label")).toString() == u"granny-smith";
        tensors["logits"].values.push_back(first ? 3.0F : -3.0F);
        tensors["logits"].values.push_back(first ? -3.0F : 3.0F);
    }
    const auto text = [](const QJsonArray& array) {
        return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
    };
    const QMap<QString, QString> metadata{
        {QStringLiteral("goodsight.rows"), text(keys)},
        {QStringLiteral("goodsight.classes"), text(json.value(QLatin1String("classes")).toArray())}};
    ASSERT_TRUE(writeSafetensors(distils.teacher, metadata, tensors, false));
    run(words(distils), 0);
    ASSERT_TRUE(installed());

    keys[0] = QStringLiteral("of another view");
    ASSERT_TRUE(writeSafetensors(
        distils.teacher,
        {{QStringLiteral("goodsight.rows"), text(keys)},
         {QStringLiteral("goodsight.classes"), metadata.value(QStringLiteral("goodsight.classes"))}},
        tensors, false));
    QStringList again = words(distils);
    again.replace(again.indexOf(QStringLiteral("apples")), QStringLiteral("others"));
    run(again, 1);
    EXPECT_TRUE(errors.contains(QStringLiteral("view"))) << qPrintable(errors);
}

TEST_F(TrainCommand, NamesAPhotoThatCannotBeRead)
{
    QFile damaged(at("train/moon dust/0.png"));
    ASSERT_TRUE(damaged.open(QIODevice::WriteOnly));
    damaged.write("not a picture");
    damaged.close();
    const auto lines = run(words(plan(TrainedPart::Fc)), 1);
    ASSERT_EQ(lines.size(), 4);
    EXPECT_TRUE(lines[0].value(QLatin1String("file")).toString().endsWith(QStringLiteral("0.png")));
    EXPECT_EQ(lines.last().value(QLatin1String("photos")).toInt(), 7);
    EXPECT_EQ(lines.last().value(QLatin1String("failed")).toInt(), 1);
}

TEST_F(TrainCommand, WrongWordsAreWrongUsage)
{
    run({QStringLiteral("train")}, 2);
    run({QStringLiteral("train"), QStringLiteral("--folder"), at("train"), QStringLiteral("--resume"),
         at("work")},
        2);
    run({QStringLiteral("train"), QStringLiteral("--folder"), at("train"), QStringLiteral("--preset"),
         QStringLiteral("fast")},
        2);
    run({QStringLiteral("train"), QStringLiteral("--folder"), at("train"), QStringLiteral("--threads"),
         QStringLiteral("many")},
        2);
    for (const char* option :
         {"--threads", "--seed", "--name", "--preset", "--plan", "--start", "--teacher", "--work", "--val"}) {
        const auto lines = run({QStringLiteral("train"), QStringLiteral("--resume"), at("work"),
                                QLatin1String(option), QStringLiteral("7")},
                               2);
        EXPECT_TRUE(lines.isEmpty()) << option;
        EXPECT_TRUE(errors.contains(QLatin1String(option))) << option;
    }
}

TEST_F(TrainCommand, WhatFailsIsALineOfItsOwn)
{
    const auto codeOf = [this](const QStringList& arguments, const QString& entry) {
        const auto lines = run(QStringList{QStringLiteral("train"), QStringLiteral("--json")} + arguments, 1);
        EXPECT_FALSE(errors.isEmpty());
        EXPECT_EQ(lines.size(), 1);
        const QJsonObject line = lines.value(0);
        EXPECT_EQ(line.value(QLatin1String("entry")).toString(), entry);
        return line.value(QLatin1String("error")).toObject().value(QLatin1String("code")).toString();
    };
    EXPECT_EQ(codeOf({QStringLiteral("--project"), at("nowhere")}, at("nowhere")),
              QStringLiteral("bad-project"));
    EXPECT_EQ(codeOf({QStringLiteral("--folder"), at("nowhere")}, at("nowhere")),
              QStringLiteral("not-found"));
    EXPECT_EQ(codeOf({QStringLiteral("--resume"), at("nowhere")}, at("nowhere")),
              QStringLiteral("not-found"));
}

TEST_F(TrainCommand, ARunThatFailsLeavesNothingBehind)
{
    const QString one = at("train/moon dust");
    const auto lines = run({QStringLiteral("train"), QStringLiteral("--folder"), one,
                            QStringLiteral("--start"), start(), QStringLiteral("--json")},
                           1);
    ASSERT_EQ(lines.size(), 1);
    EXPECT_EQ(lines[0].value(QLatin1String("entry")).toString(), one);
    EXPECT_TRUE(QDir(at("home/data/runs")).isEmpty());
}

#ifdef Q_OS_UNIX
TEST_F(TrainCommand, ARunThatIsStoppedCanGoOn)
{
    TrainingPlan longer = plan(TrainedPart::Fc);
    longer.stages[0].epochs = 3000;
    const auto process = started(words(longer));
    ASSERT_TRUE(process->waitForReadyRead(200'000));
    process->terminate();
    ASSERT_TRUE(process->waitForFinished(200'000));
    EXPECT_EQ(process->exitStatus(), QProcess::NormalExit);
    EXPECT_EQ(process->exitCode(), 1);
    const auto lines = testsupport::jsonLines(process->readAllStandardOutput());
    ASSERT_FALSE(lines.isEmpty());
    EXPECT_EQ(lines.last().value(QLatin1String("error")).toObject().value(QLatin1String("code")).toString(),
              QStringLiteral("cancelled"));
    EXPECT_TRUE(QFile::exists(at("work/run.json")));
    EXPECT_FALSE(QDir(at("work")).entryList({QStringLiteral("*.rows")}).isEmpty());

    // One that goes on and fails gives its rows back, and may try again.
    ASSERT_TRUE(QFile::remove(start()));
    run({QStringLiteral("train"), QStringLiteral("--resume"), at("work")}, 1);
    EXPECT_TRUE(QFile::exists(at("work/run.json")));
    EXPECT_TRUE(QDir(at("work")).entryList({QStringLiteral("*.rows")}).isEmpty());
}
#endif

TEST_F(TrainCommand, AFolderThatHoldsARunIsNotTakenForAnotherOne)
{
    ASSERT_TRUE(QDir().mkpath(at("work")));
    QFile kept(at("work/run.json"));
    ASSERT_TRUE(kept.open(QIODevice::WriteOnly));
    kept.write("{}");
    kept.close();
    const auto lines = run(words(plan(TrainedPart::Fc)), 1);
    ASSERT_EQ(lines.size(), 1);
    EXPECT_EQ(lines[0][QStringLiteral("error")].toObject()[QStringLiteral("code")].toString(),
              QStringLiteral("run-there"));
    ASSERT_TRUE(kept.open(QIODevice::ReadOnly));
    EXPECT_EQ(kept.readAll(), QByteArray("{}"));
}

TEST_F(TrainCommand, ARunThatIsUnderWayIsNotTakenUpASecondTime)
{
    TrainingPlan longer = plan(TrainedPart::Fc);
    longer.stages[0].epochs = 5000;
    const auto first = started(words(longer));
    ASSERT_TRUE(first->waitForReadyRead(60'000)); // its first epoch
    const auto lines = run({QStringLiteral("train"), QStringLiteral("--resume"), at("work")}, 1);
    ASSERT_EQ(lines.size(), 1);
    EXPECT_EQ(lines[0][QStringLiteral("error")].toObject()[QStringLiteral("code")].toString(),
              QStringLiteral("run-in-use"));
    first->terminate();
    ASSERT_TRUE(first->waitForFinished(60'000));
}

TEST_F(TrainCommand, ANameThatIsTakenMeanwhileGetsANumber)
{
    TrainingPlan longer = plan(TrainedPart::Fc);
    longer.stages[0].epochs = 40;
    const auto first = started(words(longer));
    ASSERT_TRUE(first->waitForReadyRead(60'000));
    ModelPackage other = testsupport::randomModel(2);
    other.name = QStringLiteral("apples");
    ASSERT_TRUE(QDir().mkpath(at("home/data/models")));
    ASSERT_TRUE(other.save(at("home/data/models/apples.safetensors"), true));
    ASSERT_TRUE(first->waitForFinished(60'000));
    EXPECT_EQ(first->exitCode(), 0) << first->readAllStandardError().constData();
    EXPECT_TRUE(QFile::exists(at("home/data/models/apples-2.safetensors")));
}

TEST_F(TrainCommand, StartsFromATrunkWithoutLayer4)
{
    const QString trunk = shared(QStringLiteral("models/resnet18-v1-trunk.safetensors"));
    if (trunk.isEmpty())
        GTEST_SKIP() << kNoShared;
    QStringList arguments = words(plan(TrainedPart::Layer4));
    arguments.replace(arguments.indexOf(start()), trunk);
    const auto lines = run(arguments, 0);
    ASSERT_EQ(lines.size(), 3);
    const auto model = installed();
    ASSERT_TRUE(model);
    EXPECT_TRUE(model->licence.contains(QStringLiteral("BSD")));
    EXPECT_EQ(model->weights.size(), 42U);
}
