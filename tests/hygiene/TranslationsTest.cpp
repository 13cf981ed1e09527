#include "tests/support/TestSupport.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace goodsight;

// A sentence that entered the code without its Chinese would show in English: lupdate, run on copies, finds
// it.
TEST(Translations, EverySentenceOfTheCodeIsInTheCatalogues)
{
    const QDir root(testsupport::sourceDir());
    const QDir folder(root.filePath(QStringLiteral("translations")));
    const QStringList catalogues = folder.entryList({QStringLiteral("*.ts")}, QDir::Files);
    ASSERT_TRUE(catalogues.contains(QStringLiteral("goodsight_zh_CN.ts")));
    const QTemporaryDir copies;
    for (const QString& name : catalogues) {
        const QString copy = copies.filePath(name);
        ASSERT_TRUE(QFile::copy(folder.filePath(name), copy));
        QStringList arguments{QStringLiteral("-silent"),
                              QStringLiteral("-no-obsolete"),
                              QStringLiteral("-locations"),
                              QStringLiteral("none"),
                              QStringLiteral("-I"),
                              root.path(),
                              root.filePath(QStringLiteral("core")),
                              root.filePath(QStringLiteral("ui")),
                              root.filePath(QStringLiteral("app")),
                              QStringLiteral("-ts"),
                              copy};
        if (name.contains(QLatin1String("_en")))
            arguments.prepend(QStringLiteral("-pluralonly")); // the sentences are English already
        QProcess lupdate;
        lupdate.start(QStringLiteral(GOODSIGHT_LUPDATE), arguments);
        ASSERT_TRUE(lupdate.waitForFinished(60'000)) << qPrintable(lupdate.errorString());
        ASSERT_EQ(lupdate.exitCode(), 0) << lupdate.readAllStandardError().constData();

        QFile updated(copy);
        ASSERT_TRUE(updated.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(updated.readAll());
        EXPECT_GT(text.count(QLatin1String("<message")), 0);
        static const QRegularExpression unfinished(
            QStringLiteral("<source>([^<]*)</source>(?:(?!</message>).)*type=\"unfi"
                           "nished\""),
            QRegularExpression::DotMatchesEverythingOption);
        auto missing = unfinished.globalMatch(text);
        while (missing.hasNext())
            ADD_FAILURE() << qPrintable(name) << " lacks: " << qPrintable(missing.next().captured(1));
    }
}
