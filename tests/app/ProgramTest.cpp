#include <QDir>
#include <QProcess>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace {

QByteArray answerTo(const QString& question, const QString& home)
{
    QProcess program;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("GOODSIGHT_HOME"), home);
    // No display: a window system of this name would end the program.
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("none-of-this-name"));
    program.setProcessEnvironment(environment);
    program.start(QStringLiteral(GOODSIGHT_PROGRAM), {question});
    EXPECT_TRUE(program.waitForFinished(60'000));
    EXPECT_EQ(program.exitStatus(), QProcess::NormalExit);
    EXPECT_EQ(program.exitCode(), 0) << program.readAllStandardError().constData();
    return program.readAllStandardOutput();
}

} // namespace

TEST(Program, HelpAndVersionNeedNoDisplayAndTouchNothing)
{
    const QTemporaryDir home;
    for (const char* question : {"--version", "-v"})
        EXPECT_TRUE(answerTo(QLatin1String(question), home.path()).startsWith("goodsight ")) << question;
    for (const char* question : {"--help", "-h"})
        EXPECT_TRUE(answerTo(QLatin1String(question), home.path()).contains("--version")) << question;
    EXPECT_TRUE(QDir(home.path()).isEmpty());
}
