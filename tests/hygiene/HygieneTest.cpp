#include "tests/support/TestSupport.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <gtest/gtest.h>

using namespace goodsight;

namespace {

constexpr qint64 kLargestFile = 1024 * 1024;

/// Every file of the project by its path below the repository's root: what is built, downloaded or hidden is
/// not the project.
QStringList projectFiles()
{
    static const QStringList top{
        QStringLiteral(".ci"),          QStringLiteral("app"),   QStringLiteral("cmake"),
        QStringLiteral("core"),         QStringLiteral("docs"),  QStringLiteral("packaging"),
        QStringLiteral("resources"),    QStringLiteral("tests"), QStringLiteral("tools"),
        QStringLiteral("translations"), QStringLiteral("ui")};
    const QDir root(testsupport::sourceDir());
    QStringList files = root.entryList(QDir::Files);
    for (const QString& folder : top) {
        QDirIterator found(root.filePath(folder), QDir::Files, QDirIterator::Subdirectories);
        while (found.hasNext()) {
            const QString file = root.relativeFilePath(found.next());
            if (!file.contains(QLatin1String("__pycache__")))
                files.append(file);
        }
    }
    return files;
}

/// The text of a file written by people; empty for pictures, weights and other bytes.
QString textOf(const QString& file)
{
    QFile opened(testsupport::sourceDir() + u'/' + file);
    EXPECT_TRUE(opened.open(QIODevice::ReadOnly)) << qPrintable(file);
    const QByteArray bytes = opened.size() <= kLargestFile ? opened.readAll() : QByteArray();
    return bytes.contains('\0') ? QString() : QString::fromUtf8(bytes);
}

/// Fails once for each file whose text matches; `suffixes` empty: all files.
void expectNowhere(const QRegularExpression& pattern, const QStringList& suffixes = {})
{
    ASSERT_TRUE(pattern.isValid()) << qPrintable(pattern.errorString());
    int searched = 0;
    for (const QString& file : projectFiles()) {
        if (!suffixes.isEmpty() && !suffixes.contains(QFileInfo(file).suffix()))
            continue;
        const QString text = textOf(file);
        searched += text.isEmpty() ? 0 : 1;
        const QRegularExpressionMatch match = pattern.match(text);
        EXPECT_FALSE(match.hasMatch())
            << qPrintable(file) << ":" << text.left(match.capturedStart()).count(u'\n') + 1 << ": "
            << qPrintable(match.captured());
    }
    EXPECT_GT(searched, 5);
}

QStringList code()
{
    return {QStringLiteral("cpp"),
            QStringLiteral("h"),
            QStringLiteral("py"),
            QStringLiteral("sh"),
            QStringLiteral("txt"),
            QStringLiteral("cmake"),
            QString()};
}

// The forbidden words are written in two halves, so that this file may be searched too.

} // namespace

TEST(Hygiene, NoFileNamesAPathOfOneMachine)
{
    expectNowhere(QRegularExpression(QStringLiteral("(?<![\\w.$}])/(wo"
                                                    "rk|ro"
                                                    "ot|ho"
                                                    "me/\\w+)/")));
}

TEST(Hygiene, NoFileNamesAPackageRegistrysHost)
{
    expectNowhere(QRegularExpression(QStringLiteral("deb\\.debi"
                                                    "an\\.org|py"
                                                    "pi\\.org|pythonho"
                                                    "sted|npm"
                                                    "js\\.org|index-"
                                                    "url")));
}

TEST(Hygiene, NothingIsLeftToDoInTheCode)
{
    expectNowhere(QRegularExpression(QStringLiteral("\\b(TO"
                                                    "DO|FIX"
                                                    "ME|XX"
                                                    "X|HA"
                                                    "CK)\\b")),
                  code());
}

TEST(Hygiene, NoTestIsSwitchedOffOrCannotFail)
{
    expectNowhere(QRegularExpression(QStringLiteral("DISA"
                                                    "BLED_|(EXPECT|ASSERT)_TRUE\\(tr"
                                                    "ue\\)|SUCC"
                                                    "EED\\(\\)")),
                  code());
}

TEST(Hygiene, FilesStaySmallExceptTheShippedModel)
{
    for (const QString& file : projectFiles()) {
        if (file.startsWith(QLatin1String("resources/models/")) &&
            file.endsWith(QLatin1String(".safetensors")))
            continue;
        EXPECT_LE(QFileInfo(testsupport::sourceDir() + u'/' + file).size(), kLargestFile) << qPrintable(file);
    }
}

TEST(Hygiene, EveryHeaderIsGuarded)
{
    int headers = 0;
    for (const QString& file : projectFiles()) {
        if (!file.endsWith(QLatin1String(".h")))
            continue;
        ++headers;
        EXPECT_TRUE(textOf(file).contains(QLatin1String("#pragma once"))) << qPrintable(file);
    }
    EXPECT_GT(headers, 10);
}

TEST(Hygiene, EveryTranslationIsFinished)
{
    expectNowhere(QRegularExpression(QStringLiteral("<translation type=\"(unfi"
                                                    "nished|vani"
                                                    "shed|obso"
                                                    "lete)\"")));
}
