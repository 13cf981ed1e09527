#include "tests/core/dataset/DatasetFixture.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

using namespace goodsight;

namespace {

/// Runs the real program in a folder of its own.
class ProjectCommandTest : public ::testing::Test {
protected:
    void SetUp() override
    {
        const QString photos = folder.filePath(QStringLiteral("照片/"));
        writeFile(photos + QStringLiteral("Granny-Smith/a.png"), pngBytes(1));
        writeFile(photos + QStringLiteral("水果/苹果派/b\n😀.png"), pngBytes(2));
        writeFile(photos + QStringLiteral("loose.png"), pngBytes(3));
        EXPECT_EQ(run({QStringLiteral("init"), kProject}), 0);
    }

    /// `goodsight-cli project WORDS…`; gives the exit status.
    int run(const QStringList& words)
    {
        QProcess program;
        program.setWorkingDirectory(folder.path());
        program.start(QStringLiteral(GOODSIGHT_CLI), QStringList{QStringLiteral("project")} + words);
        EXPECT_TRUE(program.waitForFinished(60'000));
        EXPECT_EQ(program.exitStatus(), QProcess::NormalExit);
        errors = QString::fromUtf8(program.readAllStandardError());
        lines.clear();
        text = QString::fromUtf8(program.readAllStandardOutput());
        for (const QString& line : text.split(u'\n', Qt::SkipEmptyParts))
            lines.append(QJsonDocument::fromJson(line.toUtf8()).object());
        return program.exitCode();
    }

    int in(const QString& word, const QStringList& words = {})
    {
        return run(QStringList{word, QStringLiteral("--project"), kProject} + words);
    }

    /// `list --json` by file name.
    QMap<QString, QJsonObject> list()
    {
        EXPECT_EQ(in(QStringLiteral("list"), {QStringLiteral("--json")}), 0) << qPrintable(errors);
        QMap<QString, QJsonObject> rows;
        for (const QJsonObject& line : std::as_const(lines))
            rows[line[QStringLiteral("name")].toString()] = line;
        return rows;
    }

    QString code() const
    {
        return lines.value(0)[QStringLiteral("error")].toObject()[QStringLiteral("code")].toString();
    }

    const QString kProject = QStringLiteral("店.goodsight");
    QTemporaryDir folder;
    QString text;
    QString errors;
    QList<QJsonObject> lines;
};

QString at(const QJsonObject& line, const char* key)
{
    return line[QLatin1String(key)].toString();
}

} // namespace

TEST_F(ProjectCommandTest, ImportsListsLabelsAndTakesBack)
{
    ASSERT_EQ(in(QStringLiteral("import"), {QStringLiteral("照片")}), 0) << qPrintable(errors);
    EXPECT_EQ(lines.size(), 3);
    EXPECT_EQ(at(lines[0], "file"), QStringLiteral("照片/Granny-Smith/a.png"));

    auto rows = list();
    ASSERT_EQ(rows.size(), 3);
    const QJsonObject granny = rows[QStringLiteral("a.png")];
    EXPECT_EQ(at(granny, "label"), QStringLiteral("granny-smith"));
    EXPECT_EQ(at(granny, "state"), QStringLiteral("imported"));
    EXPECT_TRUE(granny.contains(QStringLiteral("split")));
    EXPECT_TRUE(at(granny, "file").startsWith(kProject + QStringLiteral("/images/"))) << "as given";
    EXPECT_EQ(fileBytes(folder.filePath(at(granny, "file"))), pngBytes(1));
    EXPECT_EQ(at(rows[QStringLiteral("b\n😀.png")], "label"), QStringLiteral("ping-guo-pai"));
    const QString loose = at(rows[QStringLiteral("loose.png")], "sha256");
    EXPECT_TRUE(rows[QStringLiteral("loose.png")][QStringLiteral("label")].isNull());
    EXPECT_EQ(at(rows[QStringLiteral("loose.png")], "state"), QStringLiteral("unseen"));

    ASSERT_EQ(in(QStringLiteral("label"), {loose, QStringLiteral("青苹果")}), 0) << qPrintable(errors);
    EXPECT_EQ(at(lines[0], "label"), QStringLiteral("granny-smith"));
    EXPECT_EQ(at(list()[QStringLiteral("loose.png")], "state"), QStringLiteral("corrected"));
    ASSERT_EQ(in(QStringLiteral("undo")), 0);
    EXPECT_EQ(at(lines[0], "undone"), QStringLiteral("answer"));
    EXPECT_EQ(at(list()[QStringLiteral("loose.png")], "state"), QStringLiteral("unseen"));

    ASSERT_EQ(in(QStringLiteral("stats"), {QStringLiteral("--json")}), 0);
    ASSERT_EQ(lines.size(), 1);
    EXPECT_EQ(lines[0][QStringLiteral("photos")].toInt(), 3);
    EXPECT_EQ(lines[0][QStringLiteral("imported")].toInt(), 2);
    EXPECT_EQ(lines[0][QStringLiteral("labels")].toArray().size(), 2);

    ASSERT_EQ(in(QStringLiteral("undo")), 0);
    EXPECT_EQ(at(lines[0], "undone"), QStringLiteral("import"));
    EXPECT_TRUE(list().isEmpty());
    EXPECT_EQ(in(QStringLiteral("undo")), 1);
    EXPECT_EQ(code(), QStringLiteral("nothing-to-undo"));
    ASSERT_EQ(in(QStringLiteral("history"), {QStringLiteral("--json")}), 0);
    QStringList kinds;
    for (const QJsonObject& line : std::as_const(lines))
        kinds.append(at(line, "kind"));
    EXPECT_EQ(kinds.join(u' '), QStringLiteral("undo undo answer import"));
}

TEST_F(ProjectCommandTest, ABadPhotoIsALineAndTheRestIsDone)
{
    writeFile(folder.filePath(QStringLiteral("照片/loose.jpg")), "not a photo");
    EXPECT_EQ(in(QStringLiteral("import"), {QStringLiteral("照片/")}), 1);
    int bad = 0;
    for (const QJsonObject& line : std::as_const(lines))
        if (line.contains(QStringLiteral("error"))) {
            ++bad;
            EXPECT_EQ(at(line, "file"), QStringLiteral("照片/loose.jpg"));
            EXPECT_EQ(at(line[QStringLiteral("error")].toObject(), "code"), QStringLiteral("not-an-image"));
        }
    EXPECT_EQ(bad, 1);
    EXPECT_EQ(list().size(), 3);
}

TEST_F(ProjectCommandTest, ExportsAndVerifies)
{
    ASSERT_EQ(in(QStringLiteral("import"), {QStringLiteral("照片"), QStringLiteral("--reference")}), 0);
    EXPECT_EQ(at(list()[QStringLiteral("a.png")], "file"),
              QDir(folder.path()).absoluteFilePath(QStringLiteral("照片/Granny-Smith/a.png")));
    ASSERT_EQ(in(QStringLiteral("export"),
                 {QStringLiteral("--format"), QStringLiteral("imagefolder"), QStringLiteral("出口")}),
              0)
        << qPrintable(errors);
    EXPECT_EQ(fileBytes(folder.filePath(QStringLiteral("出口/granny-smith/a.png"))), pngBytes(1));
    EXPECT_EQ(in(QStringLiteral("verify")), 0) << qPrintable(text);
    writeFile(folder.filePath(QStringLiteral("照片/Granny-Smith/a.png")), pngBytes(9));
    ASSERT_TRUE(QFile::remove(folder.filePath(QStringLiteral("照片/loose.png"))));
    EXPECT_EQ(in(QStringLiteral("verify")), 1);
    EXPECT_TRUE(text.contains(QStringLiteral("photo-changed")) &&
                text.contains(QStringLiteral("photo-missing")));
    EXPECT_EQ(lines.last()[QStringLiteral("damaged")].toInt(), 2);
}

TEST_F(ProjectCommandTest, WrongWordsAreWrongUsage)
{
    EXPECT_EQ(run({}), 2);
    EXPECT_EQ(run({QStringLiteral("dance")}), 2);
    EXPECT_EQ(run({QStringLiteral("list")}), 2);
    EXPECT_EQ(in(QStringLiteral("list"), {QStringLiteral("--nonsense")}), 2);
    EXPECT_EQ(in(QStringLiteral("label"), {QStringLiteral("only-one")}), 2);
    EXPECT_EQ(in(QStringLiteral("import")), 2);
    EXPECT_EQ(in(QStringLiteral("export"), {QStringLiteral("out")}), 2);
    EXPECT_EQ(in(QStringLiteral("export"),
                 {QStringLiteral("--format"), QStringLiteral("zip"), QStringLiteral("o")}),
              2);
    EXPECT_TRUE(text.isEmpty());
    EXPECT_TRUE(errors.contains(QStringLiteral("imagefolder")));
}

TEST_F(ProjectCommandTest, WhatCannotBeDoneSaysSo)
{
    EXPECT_EQ(run({QStringLiteral("import"), QStringLiteral("照片"), QStringLiteral("--project"),
                   QStringLiteral("typo.goodsight")}),
              1);
    EXPECT_EQ(code(), QStringLiteral("bad-project"));
    EXPECT_FALSE(QFile::exists(folder.filePath(QStringLiteral("typo.goodsight"))));
    EXPECT_EQ(in(QStringLiteral("export"),
                 {QStringLiteral("--format"), QStringLiteral("coco"), QStringLiteral("o")}),
              1);
    EXPECT_EQ(code(), QStringLiteral("not-supported-yet"));
    EXPECT_EQ(in(QStringLiteral("bundle"), {QStringLiteral("o")}), 1);
    EXPECT_EQ(code(), QStringLiteral("not-supported-yet"));
    EXPECT_EQ(in(QStringLiteral("label"), {QString(64, u'0'), QStringLiteral("granny-smith")}), 1);
    EXPECT_EQ(code(), QStringLiteral("photo-unknown"));
    EXPECT_EQ(in(QStringLiteral("label"), {QString(64, u'0'), QStringLiteral("no such thing")}), 1);
    EXPECT_EQ(code(), QStringLiteral("label-unknown"));
    EXPECT_FALSE(errors.isEmpty());
}

TEST_F(ProjectCommandTest, OutputThatIsLostIsAFailure)
{
    const QString full = QStringLiteral("/dev/full");
    if (!QFile::exists(full))
        GTEST_SKIP() << "skipped: no /dev/full here";
    QProcess program;
    program.setWorkingDirectory(folder.path());
    program.setStandardOutputFile(full);
    program.start(QStringLiteral(GOODSIGHT_CLI), {QStringLiteral("project"), QStringLiteral("stats"),
                                                  QStringLiteral("--project"), kProject});
    ASSERT_TRUE(program.waitForFinished(60'000));
    EXPECT_EQ(program.exitCode(), 1);
    EXPECT_FALSE(program.readAllStandardError().isEmpty());
}

TEST_F(ProjectCommandTest, SplitsAndListsTheParts)
{
    for (int i = 10; i < 30; ++i)
        writeFile(folder.filePath(QStringLiteral("照片/Lemon/%1.png").arg(i)), pngBytes(i));
    ASSERT_EQ(in(QStringLiteral("import"), {QStringLiteral("照片")}), 0) << qPrintable(errors);
    ASSERT_EQ(
        in(QStringLiteral("split"), {QStringLiteral("--val"), QStringLiteral("0.2"), QStringLiteral("--test"),
                                     QStringLiteral("0.1"), QStringLiteral("--seed"), QStringLiteral("7")}),
        0)
        << qPrintable(errors);
    ASSERT_EQ(lines.size(), 1);
    const QJsonObject given{
        {QStringLiteral("train"), 16}, {QStringLiteral("val"), 4}, {QStringLiteral("test"), 2}};
    EXPECT_EQ(lines[0][QStringLiteral("given")].toObject(), given);
    EXPECT_EQ(lines[0][QStringLiteral("photos")].toInt(), 22);
    QMap<QString, int> parts;
    QMap<QString, QString> before;
    const auto rows = list();
    for (auto it = rows.begin(); it != rows.end(); ++it) {
        ++parts[at(*it, "split")];
        before[it.key()] = at(*it, "split");
    }
    EXPECT_EQ(parts, (QMap<QString, int>{{QString(), 1},
                                         {QStringLiteral("train"), 16},
                                         {QStringLiteral("val"), 4},
                                         {QStringLiteral("test"), 2}}));
    ASSERT_EQ(in(QStringLiteral("stats"), {QStringLiteral("--json")}), 0);
    EXPECT_EQ(lines[0][QStringLiteral("parts")].toObject(), given);
    for (const QJsonValue& label : lines[0][QStringLiteral("labels")].toArray())
        if (label[QStringLiteral("id")] == QStringLiteral("lemon")) {
            EXPECT_EQ(label[QStringLiteral("train")].toInt(), 14);
            EXPECT_EQ(label[QStringLiteral("val")].toInt(), 4);
            EXPECT_EQ(label[QStringLiteral("test")].toInt(), 2);
        }

    // Again, with other shares: nothing moves.
    ASSERT_EQ(in(QStringLiteral("split"), {QStringLiteral("--val"), QStringLiteral("0.5")}), 0);
    for (const auto& [name, row] : list().toStdMap())
        EXPECT_EQ(at(row, "split"), before[name]) << qPrintable(name);
}

TEST_F(ProjectCommandTest, SharesThatAreNoneAreRefused)
{
    for (const char* share : {"much", "", "0.5.5"})
        EXPECT_EQ(in(QStringLiteral("split"), {QStringLiteral("--val"), QLatin1String(share)}), 2) << share;
    EXPECT_EQ(in(QStringLiteral("split"), {QStringLiteral("--seed"), QStringLiteral("-1")}), 2);
    EXPECT_EQ(in(QStringLiteral("split"), {QStringLiteral("stray")}), 2);
    for (const char* share : {"1", "-0.1", "nan", "inf"}) {
        EXPECT_EQ(in(QStringLiteral("split"), {QStringLiteral("--val"), QLatin1String(share)}), 1) << share;
        EXPECT_EQ(code(), QStringLiteral("bad-split")) << share;
    }
}

TEST_F(ProjectCommandTest, AProjectThatIsOpenElsewhereIsReadButNotWritten)
{
    const auto holder = DatasetStore::open(folder.filePath(kProject));
    ASSERT_TRUE(holder);
    EXPECT_EQ(in(QStringLiteral("stats")), 0);
    EXPECT_EQ(in(QStringLiteral("verify")), 0);
    EXPECT_EQ(in(QStringLiteral("split")), 1);
    EXPECT_EQ(code(), QStringLiteral("locked"));
    EXPECT_EQ(in(QStringLiteral("import"), {QStringLiteral("照片")}), 1);
    EXPECT_EQ(code(), QStringLiteral("locked"));
    EXPECT_TRUE(errors.contains(QString::number(QCoreApplication::applicationPid())));
}
