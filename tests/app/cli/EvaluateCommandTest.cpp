#include "tests/core/inference/FormulaModel.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace goodsight;
using namespace goodsight::testsupport;

namespace {

QList<QJsonObject> run(const QStringList& words, int expectedStatus)
{
    QProcess process;
    process.start(QCoreApplication::applicationDirPath() + QStringLiteral("/goodsight-cli"), words);
    EXPECT_TRUE(process.waitForFinished(100'000));
    EXPECT_EQ(process.exitCode(), expectedStatus) << process.readAllStandardError().constData();
    QList<QJsonObject> lines;
    for (const QByteArray& line : process.readAllStandardOutput().split('\n')) {
        if (!line.isEmpty())
            lines += QJsonDocument::fromJson(line).object();
    }
    return lines;
}

} // namespace

TEST(EvaluateCommand, ScoresAFolderByTheLastFoldersNames)
{
    const QTemporaryDir folder;
    const QString model = folder.filePath(QStringLiteral("formula.safetensors"));
    ASSERT_TRUE(formulaModel().save(model, true));
    const QString photos = folder.filePath(QStringLiteral("photos"));
    const auto save = [&](const QString& label, int width) {
        const QString file = photos + u'/' + label + QStringLiteral("/%1.png").arg(width);
        EXPECT_TRUE(QDir().mkpath(QFileInfo(file).path()));
        EXPECT_TRUE(formulaPhoto(width, 300).save(file));
        return file;
    };
    // What the model says is taken from predict, so that one folder is right by construction.
    const QString unknown = save(QStringLiteral("moon dust"), 310);
    const auto said = run(
        {QStringLiteral("predict"), QStringLiteral("--json"), QStringLiteral("--model"), model, unknown}, 0);
    ASSERT_EQ(said.size(), 1);
    const QJsonObject best = said[0][QStringLiteral("top")].toArray()[0].toObject();
    const QString right = best[QStringLiteral("en")].toString();
    const QString wrong =
        right == QStringLiteral("Product 0") ? QStringLiteral("商品1") : QStringLiteral("商品0");
    save(QStringLiteral("fruit/") + right, 310);
    save(wrong, 310);

    const auto lines = run(
        {QStringLiteral("evaluate"), QStringLiteral("--model"), model, photos, QStringLiteral("--json")}, 1);
    ASSERT_EQ(lines.size(), 2);
    EXPECT_EQ(lines[0][QStringLiteral("file")].toString(), unknown);
    EXPECT_EQ(lines[0][QStringLiteral("error")].toObject()[QStringLiteral("code")].toString(),
              QStringLiteral("unknown-label"));
    const QJsonObject figures = lines[1];
    EXPECT_EQ(figures[QStringLiteral("n")].toInt(), 2);
    EXPECT_DOUBLE_EQ(figures[QStringLiteral("top1")].toDouble(), 0.5);
    EXPECT_TRUE(figures.contains(QStringLiteral("top3")));
    EXPECT_TRUE(figures.contains(QStringLiteral("macro_f1")));
    EXPECT_TRUE(figures.contains(QStringLiteral("ece")));
    const QJsonArray classes = figures[QStringLiteral("classes")].toArray();
    ASSERT_EQ(classes.size(), 2);
    for (const auto& value : classes) {
        const QJsonObject one = value.toObject();
        EXPECT_EQ(one[QStringLiteral("n")].toInt(), 1);
        EXPECT_EQ(one[QStringLiteral("right")].toInt(),
                  one[QStringLiteral("en")].toString() == right ? 1 : 0);
    }
}

TEST(EvaluateCommand, WrongUsageIsStatusTwoAndNothingOnStdout)
{
    EXPECT_TRUE(run({QStringLiteral("evaluate")}, 2).isEmpty());
    EXPECT_TRUE(run({QStringLiteral("evaluate"), QStringLiteral("a"), QStringLiteral("b")}, 2).isEmpty());
    EXPECT_TRUE(run({QStringLiteral("evaluate"), QStringLiteral("a"), QStringLiteral("--threads"),
                     QStringLiteral("x")},
                    2)
                    .isEmpty());
}
