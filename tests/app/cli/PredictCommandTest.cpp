#include "tests/core/inference/FormulaModel.h"
#include "tests/support/JsonLines.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <cmath>

using namespace goodsight;
using namespace goodsight::testsupport;

namespace {

struct Outcome {
    int status = -1;
    QList<QJsonObject> lines; ///< stdout, when every line of it is a JSON object
    QByteArray out;
    QByteArray err;
};

/// The built program, run as a process on a model with formula weights.
class PredictCommand : public testing::Test {
protected:
    static std::unique_ptr<QTemporaryDir> s_models;
    static void SetUpTestSuite()
    {
        s_models = std::make_unique<QTemporaryDir>();
        ASSERT_TRUE(formulaModel().save(modelFile(), true));
    }
    static void TearDownTestSuite() { s_models.reset(); }
    static QString modelFile() { return s_models->filePath(QStringLiteral("formula.safetensors")); }

    QTemporaryDir folder;

    [[nodiscard]] QString path(const QString& name) const { return folder.filePath(name); }
    QString addPhoto(const QString& name, int width = 301, int height = 257)
    {
        const QString file = path(name);
        EXPECT_TRUE(QDir().mkpath(QFileInfo(file).path()));
        EXPECT_TRUE(formulaPhoto(width, height).save(file, "PNG")) << qPrintable(file);
        return file;
    }
    QString addFile(const QString& name, const QByteArray& bytes)
    {
        QFile file(path(name));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        return file.fileName();
    }

    static Outcome run(const QStringList& words, const QProcessEnvironment& environment)
    {
        QProcess process;
        process.setProcessEnvironment(environment);
        process.start(QCoreApplication::applicationDirPath() + QStringLiteral("/goodsight-cli"),
                      QStringList{QStringLiteral("predict")} + words);
        EXPECT_TRUE(process.waitForFinished(100'000));
        EXPECT_EQ(process.exitStatus(), QProcess::NormalExit);
        Outcome outcome;
        outcome.status = process.exitCode();
        outcome.out = process.readAllStandardOutput();
        outcome.err = process.readAllStandardError();
        outcome.lines = jsonLines(outcome.out);
        return outcome;
    }
    static Outcome run(const QStringList& words)
    {
        return run(words, QProcessEnvironment::systemEnvironment());
    }
    /// With --json and the formula model.
    static Outcome predict(const QStringList& words)
    {
        return run(words + QStringList{QStringLiteral("--json"), QStringLiteral("--model"), modelFile()});
    }
    static QString fileOf(const QJsonObject& line) { return line[QStringLiteral("file")].toString(); }
    static QString codeOf(const QJsonObject& line)
    {
        return line[QStringLiteral("error")].toObject()[QStringLiteral("code")].toString();
    }
};

std::unique_ptr<QTemporaryDir> PredictCommand::s_models;

} // namespace

TEST_F(PredictCommand, PrintsTheContractsLineForAPhoto)
{
    const QString photo = addPhoto(QStringLiteral("a.png"));
    const Outcome outcome = predict({photo});
    EXPECT_EQ(outcome.status, 0) << outcome.err.constData();
    ASSERT_EQ(outcome.lines.size(), 1);
    const QJsonObject line = outcome.lines[0];
    EXPECT_EQ(line.keys(),
              (QStringList{QStringLiteral("backend"), QStringLiteral("file"), QStringLiteral("model"),
                           QStringLiteral("ms"), QStringLiteral("needs_review"), QStringLiteral("top")}));
    EXPECT_EQ(fileOf(line), photo);
    EXPECT_EQ(line[QStringLiteral("model")].toString(), QStringLiteral("formula"));
    EXPECT_EQ(line[QStringLiteral("backend")].toString(), QStringLiteral("onednn-fp32"));
    EXPECT_TRUE(line[QStringLiteral("needs_review")].isBool());
    const QJsonObject ms = line[QStringLiteral("ms")].toObject();
    EXPECT_EQ(ms.keys(), (QStringList{QStringLiteral("decode"), QStringLiteral("network"),
                                      QStringLiteral("preprocess")}));
    EXPECT_GT(ms[QStringLiteral("network")].toDouble(), 0);
    const QJsonArray top = line[QStringLiteral("top")].toArray();
    ASSERT_EQ(top.size(), 3);
    double before = 1;
    for (const auto& value : top) {
        const QJsonObject candidate = value.toObject();
        EXPECT_EQ(candidate.keys(), (QStringList{QStringLiteral("confidence"), QStringLiteral("en"),
                                                 QStringLiteral("id"), QStringLiteral("zh")}));
        EXPECT_LE(candidate[QStringLiteral("confidence")].toDouble(), before);
        before = candidate[QStringLiteral("confidence")].toDouble();
        EXPECT_TRUE(candidate[QStringLiteral("id")].toString().startsWith(QStringLiteral("product-")));
        EXPECT_TRUE(candidate[QStringLiteral("zh")].toString().startsWith(QStringLiteral("商品")));
    }
}

TEST_F(PredictCommand, OptionsChangeWhatTheyName)
{
    const QString photo = addPhoto(QStringLiteral("a.png"));
    const Outcome outcome =
        predict({photo, QStringLiteral("--top"), QStringLiteral("7"), QStringLiteral("--logits"),
                 QStringLiteral("--exact"), QStringLiteral("--threads"), QStringLiteral("9999")});
    EXPECT_EQ(outcome.status, 0);
    ASSERT_EQ(outcome.lines.size(), 1);
    EXPECT_EQ(outcome.lines[0][QStringLiteral("top")].toArray().size(), 7);
    EXPECT_EQ(outcome.lines[0][QStringLiteral("logits")].toArray().size(), 40);
}

TEST_F(PredictCommand, OneByOneGivesTheSameAnswersAsABatch)
{
    for (int i = 0; i < 6; ++i)
        addPhoto(QStringLiteral("%1.png").arg(i), 260 + 40 * i, 300 - 7 * i);
    const QStringList words{folder.path(), QStringLiteral("--logits")};
    const Outcome batch = predict(words);
    const Outcome single = predict(words + QStringList{QStringLiteral("--one-by-one")});
    ASSERT_EQ(batch.lines.size(), 6);
    ASSERT_EQ(single.lines.size(), 6);
    for (int i = 0; i < 6; ++i) {
        EXPECT_EQ(fileOf(batch.lines[i]), fileOf(single.lines[i]));
        const QJsonArray a = batch.lines[i][QStringLiteral("logits")].toArray();
        const QJsonArray b = single.lines[i][QStringLiteral("logits")].toArray();
        for (qsizetype k = 0; k < a.size(); ++k)
            EXPECT_NEAR(a[k].toDouble(), b[k].toDouble(), 1e-3);
    }
}

TEST_F(PredictCommand, AFileThatFailsHasItsLineAndTheRestIsDone)
{
    const QString first = addPhoto(QStringLiteral("first.png"));
    const QString text = addFile(QStringLiteral("text.png"), "no picture");
    const QString empty = addFile(QStringLiteral("empty.png"), {});
    const QString last = addPhoto(QStringLiteral("last.png"));
    const QString gone = path(QStringLiteral("gone.png"));
    const Outcome outcome = predict({first, text, empty, gone, last});
    EXPECT_EQ(outcome.status, 1);
    ASSERT_EQ(outcome.lines.size(), 5);
    const QStringList codes{
        {}, QStringLiteral("not-an-image"), QStringLiteral("empty-file"), QStringLiteral("not-found"), {}};
    const QStringList files{first, text, empty, gone, last};
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(fileOf(outcome.lines[i]), files[i]);
        EXPECT_EQ(codeOf(outcome.lines[i]), codes[i]);
        if (codes[i].isEmpty())
            continue;
        const QJsonObject error = outcome.lines[i][QStringLiteral("error")].toObject();
        EXPECT_EQ(error.keys(),
                  (QStringList{QStringLiteral("code"), QStringLiteral("hint"), QStringLiteral("message")}));
        EXPECT_FALSE(error[QStringLiteral("message")].toString().isEmpty());
    }
}

TEST_F(PredictCommand, FoldersAreWalkedInOrderAndNamesMayBeAnything)
{
    const QStringList names{QStringLiteral("a b.png"), QStringLiteral("line\nbreak.png"),
                            QStringLiteral("sub/x.PNG"), QStringLiteral("苹果.png"),
                            QStringLiteral("🍎\"quote\\.png")};
    for (const QString& name : names)
        addPhoto(name);
    addFile(QStringLiteral("notes.txt"), "skipped");
    const Outcome outcome = predict({folder.path() + u'/'});
    EXPECT_EQ(outcome.status, 0) << outcome.err.constData();
    ASSERT_EQ(outcome.lines.size(), names.size());
    for (int i = 0; i < names.size(); ++i)
        EXPECT_EQ(fileOf(outcome.lines[i]), folder.path() + u'/' + names[i]);
    EXPECT_EQ(outcome.out.count('\n'), names.size()) << "one line each";
}

TEST_F(PredictCommand, AFolderWithoutPhotosIsAnErrorLineInItsPlace)
{
    const QString photo = addPhoto(QStringLiteral("a.png"));
    const QString empty = path(QStringLiteral("empty"));
    ASSERT_TRUE(QDir().mkpath(empty));
    const Outcome outcome = predict({photo, empty, photo});
    EXPECT_EQ(outcome.status, 1);
    ASSERT_EQ(outcome.lines.size(), 3);
    EXPECT_EQ(fileOf(outcome.lines[1]), empty);
    EXPECT_EQ(codeOf(outcome.lines[1]), QStringLiteral("no-photos"));
    EXPECT_TRUE(codeOf(outcome.lines[2]).isEmpty());
}

TEST_F(PredictCommand, AModelIsFoundByItsName)
{
    const QString photo = addPhoto(QStringLiteral("a.png"));
    const QString home = path(QStringLiteral("home"));
    ASSERT_TRUE(QDir().mkpath(home + QStringLiteral("/data/models")));
    ASSERT_TRUE(QFile::copy(modelFile(), home + QStringLiteral("/data/models/shelf.safetensors")));
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("GOODSIGHT_HOME"), home);
    const Outcome outcome = run(
        {photo, QStringLiteral("--json"), QStringLiteral("--model"), QStringLiteral("shelf")}, environment);
    EXPECT_EQ(outcome.status, 0) << outcome.out.constData();
    ASSERT_EQ(outcome.lines.size(), 1);
    EXPECT_EQ(outcome.lines[0][QStringLiteral("top")].toArray().size(), 3);
}

TEST_F(PredictCommand, AModelThatCannotBeLoadedIsOneErrorLine)
{
    const QString photo = addPhoto(QStringLiteral("a.png"));
    const QString broken = addFile(QStringLiteral("broken.safetensors"), QByteArray(1000, 'x'));
    for (const QString& model : {broken, QStringLiteral("no such model")}) {
        const Outcome outcome =
            run({photo, photo, QStringLiteral("--json"), QStringLiteral("--model"), model});
        EXPECT_EQ(outcome.status, 1);
        ASSERT_EQ(outcome.lines.size(), 1) << outcome.out.constData();
        EXPECT_EQ(outcome.lines[0][QStringLiteral("entry")].toString(), model);
        EXPECT_FALSE(codeOf(outcome.lines[0]).isEmpty());
    }
}

TEST_F(PredictCommand, AMissingLibraryIsOneErrorLine)
{
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("GOODSIGHT_TORCH_LIBRARY"), path(QStringLiteral("libnowhere.so")));
    const Outcome outcome =
        run({addPhoto(QStringLiteral("a.png")), QStringLiteral("--json"), QStringLiteral("--model"),
             modelFile(), QStringLiteral("--backend"), QStringLiteral("torch")},
            environment);
    EXPECT_EQ(outcome.status, 1);
    ASSERT_EQ(outcome.lines.size(), 1);
    EXPECT_EQ(codeOf(outcome.lines[0]), QStringLiteral("backend-unavailable"));
}

TEST_F(PredictCommand, AProjectsPhotosAreDecodedOnce)
{
    for (const auto& [name, width] :
         {std::pair("a.png", 301), std::pair("b.png", 320), std::pair("c.png", 280)})
        addPhoto(QStringLiteral("photos/") + QString::fromUtf8(name), width);
    const QString project = path(QStringLiteral("店.goodsight"));
    const Outcome nowhere = predict({QStringLiteral("--project"), path(QStringLiteral("nowhere"))});
    ASSERT_EQ(nowhere.status, 1);
    ASSERT_EQ(nowhere.lines.size(), 1);
    EXPECT_EQ(codeOf(nowhere.lines[0]), QStringLiteral("bad-project"));
    QProcess other;
    for (const QStringList& words :
         {QStringList{QStringLiteral("project"), QStringLiteral("init"), project},
          QStringList{QStringLiteral("project"), QStringLiteral("import"), path(QStringLiteral("photos")),
                      QStringLiteral("--project"), project}}) {
        other.start(QCoreApplication::applicationDirPath() + QStringLiteral("/goodsight-cli"), words);
        ASSERT_TRUE(other.waitForFinished(30'000));
        ASSERT_EQ(other.exitCode(), 0) << other.readAllStandardError().constData();
    }
    const QStringList words{QStringLiteral("--project"),
                            project,
                            QStringLiteral("--json"),
                            QStringLiteral("--backend"),
                            QStringLiteral("onednn-fp32"),
                            QStringLiteral("--model"),
                            modelFile()};
    const Outcome first = run(words);
    const Outcome again = run(words);
    ASSERT_EQ(first.status, 0) << first.err.constData();
    ASSERT_EQ(first.lines.size(), 3);
    ASSERT_EQ(again.lines.size(), 3);
    for (int i = 0; i < 3; ++i) {
        EXPECT_GT(first.lines[i][u"ms"][u"decode"].toDouble(), 0.0);
        EXPECT_EQ(again.lines[i][u"ms"][u"decode"].toDouble(), 0.0);
        EXPECT_EQ(again.lines[i][u"file"], first.lines[i][u"file"]);
        EXPECT_EQ(again.lines[i][u"top"][0][u"id"], first.lines[i][u"top"][0][u"id"]);
    }

    // Paths are as the project was given.
    other.setWorkingDirectory(folder.path());
    other.start(QCoreApplication::applicationDirPath() + QStringLiteral("/goodsight-cli"),
                QStringList{QStringLiteral("predict")} + words.mid(2) +
                    QStringList{QStringLiteral("--project"), QStringLiteral("店.goodsight")});
    ASSERT_TRUE(other.waitForFinished(30'000));
    const auto relative = jsonLines(other.readAllStandardOutput());
    ASSERT_EQ(relative.size(), 3);
    for (const QJsonObject& line : relative)
        EXPECT_TRUE(fileOf(line).startsWith(QStringLiteral("店.goodsight/images/")))
            << qPrintable(fileOf(line));
}

TEST_F(PredictCommand, WrongUsageIsSaidOnStderrOnly)
{
    const QString photo = addPhoto(QStringLiteral("a.png"));
    const QList<QStringList> wrong{
        {},
        {QStringLiteral("--json")},
        {photo, QStringLiteral("--top"), QStringLiteral("0")},
        {photo, QStringLiteral("--top"), QStringLiteral("three")},
        {photo, QStringLiteral("--threads"), QStringLiteral("-1")},
        {photo, QStringLiteral("--backend"), QStringLiteral("cuda")},
        {photo, QStringLiteral("--colour")},
        {photo, QStringLiteral("--model")},
    };
    for (const QStringList& words : wrong) {
        const Outcome outcome = run(words);
        EXPECT_EQ(outcome.status, 2) << qPrintable(words.join(u' '));
        EXPECT_TRUE(outcome.out.isEmpty()) << outcome.out.constData();
        EXPECT_TRUE(outcome.err.contains("usage: goodsight-cli predict")) << outcome.err.constData();
    }
}

TEST_F(PredictCommand, APersonReadsNamesAndShares)
{
    const QString photo = addPhoto(QStringLiteral("a.png"));
    const Outcome outcome =
        run({photo, path(QStringLiteral("gone.png")), QStringLiteral("--model"), modelFile()});
    EXPECT_EQ(outcome.status, 1);
    EXPECT_TRUE(outcome.out.contains(photo.toUtf8()));
    EXPECT_TRUE(outcome.out.contains("商品"));
    EXPECT_TRUE(outcome.out.contains("Product"));
    EXPECT_TRUE(outcome.out.contains(" %"));
    EXPECT_FALSE(outcome.out.contains("gone.png"));
    EXPECT_TRUE(outcome.err.contains("gone.png"));
}

TEST_F(PredictCommand, MoreViewsAddKeysAndAreCounted)
{
    const QString photo = addPhoto(QStringLiteral("a.png"));
    const Outcome plain = predict({photo});
    const Outcome many = predict({photo, QStringLiteral("--tta"), QStringLiteral("always")});
    ASSERT_EQ(plain.lines.size(), 1);
    ASSERT_EQ(many.lines.size(), 1);
    EXPECT_FALSE(plain.lines[0].contains(QStringLiteral("views")));
    EXPECT_EQ(many.lines[0][QStringLiteral("views")].toInt(), 6);
    EXPECT_GT(many.lines[0][QStringLiteral("ms")].toObject()[QStringLiteral("views")].toDouble(), 0);
    EXPECT_TRUE(many.err.contains("1 of 1 photos")) << many.err.constData();
    EXPECT_EQ(predict({photo, QStringLiteral("--tta"), QStringLiteral("often")}).status, 2);
}
