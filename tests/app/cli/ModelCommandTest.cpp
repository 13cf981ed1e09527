#include "core/inference/GoldenReplay.h"
#include "core/model/Safetensors.h"
#include "tests/core/inference/FormulaModel.h"
#include "tests/support/JsonLines.h"
#include "tests/support/TestHttpServer.h"
#include "tests/support/TestModels.h"
#include "tests/support/TestSupport.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace goodsight;

namespace {

struct Outcome {
    int status = -1;
    QList<QJsonObject> lines; ///< of stdout
    QByteArray out;
    QByteArray err;

    [[nodiscard]] QString code() const
    {
        return lines.value(0)
            .value(QStringLiteral("error"))
            .toObject()
            .value(QStringLiteral("code"))
            .toString();
    }
};

/// The built program, run as a process in a home of its own.
class ModelCommand : public ::testing::Test {
protected:
    Outcome run(const QStringList& words)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("GOODSIGHT_HOME"), home());
        environment.insert(QStringLiteral("GOODSIGHT_IMAGENET_URL"), address);
        QProcess process;
        process.setProcessEnvironment(environment);
        process.start(QCoreApplication::applicationDirPath() + QStringLiteral("/goodsight-cli"),
                      QStringList{QStringLiteral("model")} + words);
        // The server of the install lives in this thread: its events must run.
        EXPECT_TRUE(testsupport::waitFor([&] { return process.state() == QProcess::NotRunning; }, 100'000));
        EXPECT_EQ(process.exitStatus(), QProcess::NormalExit);
        Outcome outcome;
        outcome.status = process.exitCode();
        outcome.out = process.readAllStandardOutput();
        outcome.err = process.readAllStandardError();
        outcome.lines = testsupport::jsonLines(outcome.out);
        return outcome;
    }
    Outcome json(const QStringList& words) { return run(words + QStringList{QStringLiteral("--json")}); }
    [[nodiscard]] QString home() const { return m_dir.filePath(QStringLiteral("家")); }
    [[nodiscard]] QString modelsDir() const { return home() + QStringLiteral("/data/models"); }
    QString write(const QString& name, const QByteArray& bytes)
    {
        QFile file(m_dir.filePath(name));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        return file.fileName();
    }
    /// Plain weights of the formula model, without any manifest.
    QString plainWeights()
    {
        const QString path = m_dir.filePath(QStringLiteral("plain.safetensors"));
        EXPECT_TRUE(writeSafetensors(path, {}, testsupport::formulaModel().weights, false));
        return path;
    }
    QString labels()
    {
        QByteArray names;
        for (const ModelClass& item : testsupport::formulaModel().classes)
            names += item.id.toUtf8() + '\n';
        return write(QStringLiteral("labels.txt"), names);
    }

    /// Ten grey pictures of each of two products of randomModel(), in folders.
    QString photos()
    {
        for (int product : {0, 1}) {
            const QString folder = m_dir.filePath(QStringLiteral("photos/product-%1").arg(product));
            QDir().mkpath(folder);
            for (int i = 0; i < 10; ++i) {
                QImage picture(32, 32, QImage::Format_RGB32);
                picture.fill(qRgb(product * 200, i * 20, 90));
                EXPECT_TRUE(picture.save(folder + QStringLiteral("/%1.png").arg(i)));
            }
        }
        return m_dir.filePath(QStringLiteral("photos"));
    }

    QTemporaryDir m_dir;
    QString address = QStringLiteral("https://invalid.invalid/resnet18-00000000.pth");
};

} // namespace

TEST_F(ModelCommand, WrongUsageIsTwo)
{
    for (const QStringList& words : QList<QStringList>{
             {},
             {QStringLiteral("dance")},
             {QStringLiteral("list"), QStringLiteral("more")},
             {QStringLiteral("use")},
             {QStringLiteral("install"), QStringLiteral("groceries")},
             {QStringLiteral("install"), QStringLiteral("imagenet"), QStringLiteral("--timeout"),
              QStringLiteral("soon")},
             {QStringLiteral("use"), QStringLiteral("x"), QStringLiteral("--name"), QStringLiteral("y")},
             {QStringLiteral("verify"), QStringLiteral("x"), QStringLiteral("--backend"),
              QStringLiteral("abacus")},
             {QStringLiteral("list"), QStringLiteral("--what")},
         }) {
        const Outcome outcome = run(words);
        EXPECT_EQ(outcome.status, 2) << qPrintable(words.join(u' '));
        EXPECT_TRUE(outcome.out.isEmpty());
        EXPECT_TRUE(outcome.err.contains("usage:"));
    }
}

TEST_F(ModelCommand, ImportsVerifiesUsesAndRemoves)
{
    Outcome outcome = json({QStringLiteral("import"), plainWeights()});
    EXPECT_EQ(outcome.status, 1);
    EXPECT_EQ(outcome.code(), QStringLiteral("labels-needed"));
    EXPECT_TRUE(outcome.lines[0].contains(QStringLiteral("file")));

    outcome = json({QStringLiteral("import"), plainWeights(), QStringLiteral("--labels"), labels(),
                    QStringLiteral("--name"), QStringLiteral("我的")});
    ASSERT_EQ(outcome.status, 0) << outcome.err.constData();
    EXPECT_EQ(outcome.lines.value(0).value(QStringLiteral("name")), QStringLiteral("我的"));
    EXPECT_TRUE(QFile::exists(modelsDir() + QStringLiteral("/我的.safetensors")));
    EXPECT_FALSE(outcome.err.isEmpty()) << "progress goes to stderr";

    outcome = json({QStringLiteral("verify"), QStringLiteral("我的")});
    ASSERT_EQ(outcome.status, 0) << outcome.out.constData();
    EXPECT_EQ(outcome.lines.value(0).value(QStringLiteral("verified")), true);
    EXPECT_LE(outcome.lines.value(0).value(QStringLiteral("max_difference")).toDouble(9),
              outcome.lines.value(0).value(QStringLiteral("tolerance")).toDouble());

    outcome = json({QStringLiteral("use"), QStringLiteral("我的")});
    ASSERT_EQ(outcome.status, 0);
    EXPECT_EQ(outcome.lines.value(0).value(QStringLiteral("in_use")), true);
    outcome = json({QStringLiteral("list")});
    EXPECT_EQ(outcome.status, 0);
    bool listed = false;
    for (const QJsonObject& line : outcome.lines) {
        if (line.value(QStringLiteral("name")) == QStringLiteral("我的")) {
            listed = true;
            EXPECT_EQ(line.value(QStringLiteral("in_use")), true);
            EXPECT_EQ(line.value(QStringLiteral("shipped")), false);
            EXPECT_EQ(line.value(QStringLiteral("classes")), testsupport::formulaModel().classes.size());
        }
    }
    EXPECT_TRUE(listed);
    EXPECT_TRUE(run({QStringLiteral("list")}).out.contains("* 我的"));

    outcome = json({QStringLiteral("remove"), QStringLiteral("我的")});
    EXPECT_EQ(outcome.status, 0);
    EXPECT_FALSE(QFile::exists(modelsDir() + QStringLiteral("/我的.safetensors")));
    outcome = json({QStringLiteral("remove"), QStringLiteral("我的")});
    EXPECT_EQ(outcome.status, 1);
    EXPECT_EQ(outcome.code(), QStringLiteral("no-such-model"));
}

TEST_F(ModelCommand, VerifyFindsWeightsThatAnswerOtherwise)
{
    ASSERT_TRUE(QDir().mkpath(modelsDir()));
    ModelPackage package = testsupport::formulaModel();
    package.golden.seeds = {1};
    package.golden.logits = {std::vector<float>(static_cast<std::size_t>(package.classes.size()), 123.0F)};
    package.golden.embeddingHead.clear();
    ASSERT_TRUE(package.save(modelsDir() + QStringLiteral("/liar.safetensors"), true));
    Outcome outcome = json({QStringLiteral("verify"), QStringLiteral("liar")});
    EXPECT_EQ(outcome.status, 1);
    EXPECT_EQ(outcome.code(), QStringLiteral("backend-mismatch"));
    package.golden = {};
    ASSERT_TRUE(package.save(modelsDir() + QStringLiteral("/silent.safetensors"), true));
    outcome = json({QStringLiteral("verify"), QStringLiteral("silent")});
    EXPECT_EQ(outcome.status, 1);
    EXPECT_EQ(outcome.code(), QStringLiteral("no-golden"));
}

TEST_F(ModelCommand, DamagedModelsAreListedAndTheRestToo)
{
    ASSERT_TRUE(QDir().mkpath(modelsDir()));
    testsupport::writeRandomModel(modelsDir() + QStringLiteral("/good.safetensors"), 2);
    QFile broken(modelsDir() + QStringLiteral("/broken.safetensors"));
    ASSERT_TRUE(broken.open(QIODevice::WriteOnly));
    broken.write("no model");
    broken.close();
    const Outcome outcome = json({QStringLiteral("list")});
    EXPECT_EQ(outcome.status, 1);
    QStringList names;
    for (const QJsonObject& line : outcome.lines) {
        names +=
            line.value(QStringLiteral("name")).toString() + line.value(QStringLiteral("entry")).toString();
        if (line.contains(QStringLiteral("error"))) {
            EXPECT_EQ(line.value(QStringLiteral("entry")), QStringLiteral("broken"));
        }
    }
    EXPECT_TRUE(names.contains(QStringLiteral("good")));
    EXPECT_TRUE(names.contains(QStringLiteral("broken")));
    EXPECT_EQ(json({QStringLiteral("use"), QStringLiteral("broken")}).status, 1);
}

TEST_F(ModelCommand, InstallsImagenetAndGoesOnAfterAFailure)
{
    const QString file = m_dir.filePath(QStringLiteral("thousand.safetensors"));
    ASSERT_TRUE(writeSafetensors(file, {}, testsupport::randomModel(1000).weights, true));
    QFile opened(file);
    ASSERT_TRUE(opened.open(QIODevice::ReadOnly));
    const QByteArray bytes = opened.readAll();
    const QString name =
        QStringLiteral("resnet18-%1.pth")
            .arg(QString::fromLatin1(
                QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex().left(8)));
    testsupport::TestHttpServer server(bytes);
    address = server.url(name).toString();
    server.setScript({{.cutAfter = 5'000'000, .stall = true}});
    Outcome outcome = json({QStringLiteral("install"), QStringLiteral("imagenet"),
                            QStringLiteral("--timeout"), QStringLiteral("3")});
    EXPECT_EQ(outcome.status, 1);
    EXPECT_EQ(outcome.code(), QStringLiteral("timeout"));
    EXPECT_EQ(outcome.lines.value(0).value(QStringLiteral("entry")), QStringLiteral("imagenet"));
    server.setScript({{}});
    outcome = json({QStringLiteral("install"), QStringLiteral("imagenet")});
    ASSERT_EQ(outcome.status, 0) << outcome.out.constData() << outcome.err.constData();
    EXPECT_EQ(server.requests().last().headers.value("range"), "bytes=5000000-");
    EXPECT_EQ(outcome.lines.value(0).value(QStringLiteral("name")), QStringLiteral("imagenet"));
    EXPECT_EQ(outcome.lines.value(0).value(QStringLiteral("classes")), 1000);
    EXPECT_EQ(json({QStringLiteral("verify"), QStringLiteral("imagenet")}).status, 0);
}

TEST_F(ModelCommand, EmbedKeepsWhatAModelLearntFromBesideIt)
{
    QDir().mkpath(modelsDir());
    const QString file = modelsDir() + QStringLiteral("/shop.safetensors");
    testsupport::writeRandomModel(file, 2);
    const Outcome made =
        json({QStringLiteral("embed"), QStringLiteral("shop"), QStringLiteral("--photos"), photos()});
    ASSERT_EQ(made.status, 0) << made.err.constData() << made.out.constData();
    const QJsonObject line = made.lines.value(0);
    const int train = line.value(QStringLiteral("train")).toInt();
    const int val = line.value(QStringLiteral("val")).toInt();
    EXPECT_GT(val, 0);
    EXPECT_EQ(train + val, 20);
    EXPECT_TRUE(QFile::exists(line.value(QStringLiteral("path")).toString()));
    const Outcome list = json({QStringLiteral("list")});
    EXPECT_EQ(list.status, 0) << "the embeddings are no model";
    const Outcome removed = json({QStringLiteral("remove"), QStringLiteral("shop")});
    EXPECT_EQ(removed.status, 0);
    EXPECT_TRUE(QDir(modelsDir()).isEmpty());
}

TEST_F(ModelCommand, EmbedSaysWhatItNeeds)
{
    EXPECT_EQ(json({QStringLiteral("embed"), QStringLiteral("shop")}).status, 2);
    EXPECT_EQ(json({QStringLiteral("list"), QStringLiteral("--photos"), QStringLiteral("x")}).status, 2);
    const Outcome none =
        json({QStringLiteral("embed"), QStringLiteral("nobody"), QStringLiteral("--photos"), photos()});
    EXPECT_EQ(none.status, 1);
    EXPECT_EQ(none.code(), QStringLiteral("no-such-model"));
}
