#include "tests/support/TestSupport.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace goodsight;

namespace {

struct Outcome {
    int status = -1;
    QJsonObject line; ///< the only one of stdout
    QByteArray err;

    [[nodiscard]] QString code() const { return line[u"error"][u"code"].toString(); }
};

/// The built program, run as a process in a home of its own.
class ExportCommand : public ::testing::Test {
protected:
    Outcome run(const QStringList& words)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("GOODSIGHT_HOME"), m_dir.filePath(QStringLiteral("家")));
        QProcess process;
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(m_out.path());
        process.start(QCoreApplication::applicationDirPath() + QStringLiteral("/goodsight-cli"),
                      QStringList{QStringLiteral("model"), QStringLiteral("export")} + words);
        EXPECT_TRUE(process.waitForFinished(200'000));
        EXPECT_EQ(process.exitStatus(), QProcess::NormalExit);
        return {process.exitCode(), QJsonDocument::fromJson(process.readAllStandardOutput()).object(),
                process.readAllStandardError()};
    }
    Outcome exportAs(const QString& name, const QString& format, const QString& out)
    {
        return run({name, QStringLiteral("--format"), format, out, QStringLiteral("--json")});
    }
    [[nodiscard]] QStringList files() const
    {
        return QDir(m_out.path()).entryList(QDir::Files | QDir::Hidden);
    }

    QTemporaryDir m_dir;
    QTemporaryDir m_out;
};

const QString kGroceries = QStringLiteral("groceries");

} // namespace

TEST_F(ExportCommand, WrongUsageIsTwo)
{
    for (const QStringList& words : QList<QStringList>{
             {},
             {kGroceries},
             {kGroceries, QStringLiteral("x.onnx")},
             {kGroceries, QStringLiteral("--format"), QStringLiteral("onnx")},
             {kGroceries, QStringLiteral("--format"), QStringLiteral("onnx"), QString()},
             {kGroceries, QStringLiteral("--format"), QStringLiteral("tflite"), QStringLiteral("x")},
         }) {
        const Outcome outcome = run(words);
        EXPECT_EQ(outcome.status, 2) << qPrintable(words.join(u' '));
        EXPECT_TRUE(outcome.line.isEmpty());
        EXPECT_TRUE(outcome.err.contains("usage:"));
    }
    EXPECT_TRUE(files().isEmpty());
}

TEST_F(ExportCommand, WritesToANameWithChineseAndSpaces)
{
    const QString out = QStringLiteral("门店 模型.pth"); // in the folder that it runs in
    const Outcome outcome = exportAs(kGroceries, QStringLiteral("pth"), out);
    ASSERT_EQ(outcome.status, 0) << outcome.err.constData();
    EXPECT_EQ(outcome.line[u"file"].toString(), out);
    EXPECT_EQ(outcome.line[u"sidecar"].toString(), out + QStringLiteral(".json"));
    EXPECT_EQ(outcome.line[u"exported"].toBool(), true);
    EXPECT_LE(outcome.line[u"max_difference"].toDouble(1), 1e-4);
    EXPECT_EQ(files(), (QStringList{out, out + QStringLiteral(".json")}));
    EXPECT_EQ(QFileInfo(m_out.filePath(out)).size(), outcome.line[u"bytes"].toInteger());
    EXPECT_TRUE(outcome.err.contains("100 %") || outcome.err.contains("60 %")) << "progress goes to stderr";
}

TEST_F(ExportCommand, SaysWhatIsWrong)
{
    Outcome outcome = exportAs(QStringLiteral("没有"), QStringLiteral("onnx"), QStringLiteral("x.onnx"));
    EXPECT_EQ(outcome.status, 1);
    EXPECT_EQ(outcome.code(), QStringLiteral("no-such-model"));
    EXPECT_EQ(outcome.line[u"entry"].toString(), QStringLiteral("没有"));

    outcome = exportAs(kGroceries, QStringLiteral("onnx"), m_out.path());
    EXPECT_EQ(outcome.status, 1);
    EXPECT_EQ(outcome.code(), QStringLiteral("is-a-folder"));
    EXPECT_EQ(outcome.line[u"file"].toString(), m_out.path());

    outcome = exportAs(kGroceries, QStringLiteral("onnx"), QStringLiteral("没有的/x.onnx"));
    EXPECT_EQ(outcome.status, 1);
    EXPECT_EQ(outcome.code(), QStringLiteral("unwritable"));
    outcome = run(
        {kGroceries, QStringLiteral("--format"), QStringLiteral("onnx"), QStringLiteral("没有的/x.onnx")});
    EXPECT_EQ(outcome.status, 1);
    EXPECT_TRUE(outcome.err.contains("x.onnx"));
    EXPECT_TRUE(files().isEmpty());
}

// The programs that the formats are for: onnx, ONNX Runtime, PyTorch, torchvision, safetensors.
TEST_F(ExportCommand, PythonsProgramsGiveTheSameAnswers)
{
    const QString python = qEnvironmentVariable("GOODSIGHT_EXPORT_PYTHON", QStringLiteral("python3"));
    if (QProcess::execute(python,
                          {QStringLiteral("-c"),
                           QStringLiteral("import onnx, onnxruntime, safetensors, torch, torchvision")}) != 0)
        GTEST_SKIP() << "skipped: GOODSIGHT_EXPORT_PYTHON names no Python with tests/export/requirements.txt";
    QStringList words{testsupport::sourceDir() + QStringLiteral("/tests/export/check_exports.py")};
    for (const auto& [format, suffix] :
         {std::pair("onnx", "onnx"), {"torchscript", "pt"}, {"safetensors", "safetensors"}, {"pth", "pth"}}) {
        const QString out = m_out.filePath(QStringLiteral("门店 模型.") + QLatin1String(suffix));
        ASSERT_EQ(exportAs(kGroceries, QLatin1String(format), out).status, 0);
        words += out;
    }
    QProcess check;
    check.start(python, words);
    ASSERT_TRUE(check.waitForFinished(250'000));
    const QByteArray lines = check.readAllStandardOutput();
    EXPECT_EQ(check.exitCode(), 0) << lines.constData() << check.readAllStandardError().constData();
    EXPECT_EQ(lines.count("\"ok\": true"), 4) << lines.constData();
}
