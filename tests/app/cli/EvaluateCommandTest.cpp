#include "core/model/LearntPhotos.h"
#include "tests/core/inference/FormulaModel.h"

#include <QCoreApplication>
#include <QCryptographicHash>
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

TEST(EvaluateCommand, SaysHowManyOfThePhotosTheModelHasLearntFrom)
{
    const QTemporaryDir folder;
    const QString photos = folder.filePath(QStringLiteral("photos"));
    LearntPhotos learnt;
    for (int width : {300, 310, 320}) {
        const QString photo = photos + QStringLiteral("/Product 0/%1.png").arg(width);
        ASSERT_TRUE(QDir().mkpath(QFileInfo(photo).path()));
        ASSERT_TRUE(formulaPhoto(width, 300).save(photo));
        QFile file(photo);
        ASSERT_TRUE(file.open(QIODevice::ReadOnly));
        if (width != 320)
            learnt.add(QString::fromLatin1(
                QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256).toHex()));
    }
    ModelPackage package = formulaModel();
    package.manifest.insert(QStringLiteral("training"),
                            QJsonObject{{QStringLiteral("learnt_from"), learnt.toText()}});
    const QString model = folder.filePath(QStringLiteral("formula.safetensors"));
    ASSERT_TRUE(package.save(model, true));
    const auto lines = run(
        {QStringLiteral("evaluate"), QStringLiteral("--model"), model, photos, QStringLiteral("--json")}, 0);
    ASSERT_EQ(lines.size(), 1);
    EXPECT_EQ(lines[0][QStringLiteral("n")].toInt(), 3);
    EXPECT_EQ(lines[0][QStringLiteral("learnt_from")].toInt(), 2);
}

TEST(EvaluateCommand, SaysHowSureAndHowConfusedTheModelIs)
{
    const QTemporaryDir folder;
    const QString model = folder.filePath(QStringLiteral("formula.safetensors"));
    ASSERT_TRUE(formulaModel().save(model, true));
    for (const int width : {300, 310, 320}) {
        const QString photo =
            folder.filePath(QStringLiteral("photos/Product %1/%2.png").arg(width % 4).arg(width));
        ASSERT_TRUE(QDir().mkpath(QFileInfo(photo).path()));
        ASSERT_TRUE(formulaPhoto(width, 300).save(photo));
    }
    const auto lines = run({QStringLiteral("evaluate"), QStringLiteral("--model"), model,
                            folder.filePath(QStringLiteral("photos")), QStringLiteral("--json")},
                           0);
    ASSERT_EQ(lines.size(), 1);
    const QJsonObject figures = lines[0];
    EXPECT_EQ(figures[QStringLiteral("n")].toInt(), 3);
    EXPECT_GT(figures[QStringLiteral("nll")].toDouble(), 0);
    EXPECT_GE(figures[QStringLiteral("mce")].toDouble(), figures[QStringLiteral("ece")].toDouble());
    EXPECT_TRUE(figures.contains(QStringLiteral("ece_uncalibrated")));
    int photos = 0;
    for (const auto& bin : figures[QStringLiteral("reliability")].toArray())
        photos += bin[QStringLiteral("n")].toInt();
    EXPECT_EQ(photos, 3);
    const QJsonObject curve = figures[QStringLiteral("risk_coverage")].toObject();
    EXPECT_TRUE(curve[QStringLiteral("aurc")].isDouble());
    const QJsonArray points = curve[QStringLiteral("points")].toArray();
    ASSERT_FALSE(points.isEmpty());
    EXPECT_DOUBLE_EQ(points.last()[QStringLiteral("coverage")].toDouble(), 1);
    EXPECT_DOUBLE_EQ(points.last()[QStringLiteral("risk")].toDouble(),
                     1 - figures[QStringLiteral("top1")].toDouble());
    int confused = 0;
    for (const auto& pair : figures[QStringLiteral("confusion")].toArray()) {
        EXPECT_NE(pair[QStringLiteral("truth")].toString(), pair[QStringLiteral("predicted")].toString());
        confused += pair[QStringLiteral("n")].toInt();
    }
    EXPECT_NEAR(confused, 3 * (1 - figures[QStringLiteral("top1")].toDouble()), 1e-9);
    const QJsonObject one = figures[QStringLiteral("classes")].toArray()[0].toObject();
    EXPECT_DOUBLE_EQ(one[QStringLiteral("top1")].toDouble(), one[QStringLiteral("recall")].toDouble());
    EXPECT_GE(one[QStringLiteral("top3")].toDouble(), one[QStringLiteral("top1")].toDouble());
}

TEST(EvaluateCommand, ScoresTheLabelledPhotosOfAProjectFromKeptEmbeddings)
{
    const QTemporaryDir folder;
    const QString model = folder.filePath(QStringLiteral("formula.safetensors"));
    ASSERT_TRUE(formulaModel().save(model, true));
    const QString photos = folder.filePath(QStringLiteral("photos"));
    for (const auto& [label, width] :
         {std::pair{QStringLiteral("Product 0"), 300}, std::pair{QStringLiteral("Product 1"), 310},
          std::pair{QStringLiteral("Moon dust"), 320}}) {
        const QString photo = photos + QStringLiteral("/%1/%2.png").arg(label).arg(width);
        ASSERT_TRUE(QDir().mkpath(QFileInfo(photo).path()));
        ASSERT_TRUE(formulaPhoto(width, 300).save(photo));
    }
    const QString project = folder.filePath(QStringLiteral("店.goodsight"));
    run({QStringLiteral("project"), QStringLiteral("init"), project}, 0);
    run({QStringLiteral("project"), QStringLiteral("import"), photos, QStringLiteral("--project"), project},
        0);

    const QStringList words{
        QStringLiteral("evaluate"), QStringLiteral("--model"), model, QStringLiteral("--project"), project,
        QStringLiteral("--json")};
    const auto lines = run(words, 1);
    ASSERT_EQ(lines.size(), 2);
    EXPECT_EQ(lines[0][QStringLiteral("error")].toObject()[QStringLiteral("code")].toString(),
              QStringLiteral("unknown-label"));
    EXPECT_EQ(lines[1][QStringLiteral("n")].toInt(), 2);
    EXPECT_EQ(lines[1][QStringLiteral("classes")].toArray().size(), 2);
    const auto again = run(words, 1);
    ASSERT_EQ(again.size(), 2);
    EXPECT_NEAR(again[1][QStringLiteral("nll")].toDouble(), lines[1][QStringLiteral("nll")].toDouble(), 1e-3);

    const auto none = run(words + QStringList{QStringLiteral("--split"), QStringLiteral("test")}, 0);
    ASSERT_EQ(none.size(), 1);
    EXPECT_EQ(none[0][QStringLiteral("n")].toInt(), 0);
}

TEST(EvaluateCommand, AMissingProjectIsToldAndNotMade)
{
    const QTemporaryDir folder;
    const QString nowhere = folder.filePath(QStringLiteral("nowhere.goodsight"));
    const auto lines =
        run({QStringLiteral("evaluate"), QStringLiteral("--project"), nowhere, QStringLiteral("--json")}, 1);
    ASSERT_EQ(lines.size(), 1);
    EXPECT_EQ(lines[0][QStringLiteral("entry")].toString(), nowhere);
    EXPECT_EQ(lines[0][QStringLiteral("error")].toObject()[QStringLiteral("code")].toString(),
              QStringLiteral("bad-project"));
    EXPECT_FALSE(QFileInfo::exists(nowhere));
}

TEST(EvaluateCommand, WrongUsageIsStatusTwoAndNothingOnStdout)
{
    EXPECT_TRUE(run({QStringLiteral("evaluate")}, 2).isEmpty());
    EXPECT_TRUE(run({QStringLiteral("evaluate"), QStringLiteral("a"), QStringLiteral("b")}, 2).isEmpty());
    for (const char* threads : {"x", "0", "-1"})
        EXPECT_TRUE(run({QStringLiteral("evaluate"), QStringLiteral("a"), QStringLiteral("--threads"),
                         QLatin1String(threads)},
                        2)
                        .isEmpty());
    EXPECT_TRUE(run({QStringLiteral("evaluate"), QStringLiteral("a"), QStringLiteral("--project"),
                     QStringLiteral("b")},
                    2)
                    .isEmpty());
    EXPECT_TRUE(run({QStringLiteral("evaluate"), QStringLiteral("--project"), QStringLiteral("b"),
                     QStringLiteral("--split"), QStringLiteral("all")},
                    2)
                    .isEmpty());
}
