#include "core/base/Settings.h"

#include <QTemporaryDir>
#include <QThread>

#include <gtest/gtest.h>

using namespace goodsight;

namespace {
class SettingsTest : public ::testing::Test {
protected:
    QTemporaryDir dir;
    QString file = dir.filePath(QStringLiteral("设置.ini"));
};
} // namespace

TEST_F(SettingsTest, SurvivesARestart)
{
    {
        Settings settings(file);
        settings.setLanguage(QStringLiteral("en"));
        settings.setTheme(Settings::Theme::Dark);
        settings.setReviewThreshold(0.4);
        settings.setModel(QStringLiteral("imagenet"));
        settings.setReplacedModel({QStringLiteral("f2"), QStringLiteral("店,一"), QStringLiteral("f1")});
    }
    const Settings settings(file);
    EXPECT_EQ(settings.language(), QStringLiteral("en"));
    EXPECT_EQ(settings.theme(), Settings::Theme::Dark);
    EXPECT_DOUBLE_EQ(settings.reviewThreshold(), 0.4);
    EXPECT_EQ(settings.model(), QStringLiteral("imagenet"));
    EXPECT_EQ(settings.replacedModel().by, QStringLiteral("f2"));
    EXPECT_EQ(settings.replacedModel().name, QStringLiteral("店,一"));
    EXPECT_EQ(settings.replacedModel().fingerprint, QStringLiteral("f1"));
}

TEST_F(SettingsTest, NonsenseInTheFileGivesDefaults)
{
    {
        QSettings raw(file, QSettings::IniFormat);
        raw.setValue(QStringLiteral("recognition/sure"), QStringLiteral("very"));
        raw.setValue(QStringLiteral("recognition/review"), 7);
        raw.setValue(QStringLiteral("recognition/threads"), 64);
        raw.setValue(QStringLiteral("theme"), QStringLiteral("plaid"));
    }
    const Settings settings(file);
    EXPECT_DOUBLE_EQ(settings.sureThreshold(), 0.8);
    EXPECT_DOUBLE_EQ(settings.reviewThreshold(), 0.5);
    EXPECT_LE(settings.threads(), QThread::idealThreadCount());
    EXPECT_EQ(settings.theme(), Settings::Theme::System);
}

TEST_F(SettingsTest, ARuleForAutomaticAnswersSurvivesARestartAndNonsenseIsNone)
{
    AutomaticRule rule{
        QStringLiteral("f1"), 0.01, 0.973, 296, QDateTime::fromMSecsSinceEpoch(1'795'668'274'987, Qt::UTC),
        0xfedc'ba98'7654'3210};
    {
        Settings settings(file);
        EXPECT_FALSE(settings.automaticRule());
        settings.setAutomaticRule(rule);
    }
    Settings settings(file);
    EXPECT_EQ(settings.automaticRule(), rule);
    settings.setAutomaticRule(std::nullopt);
    EXPECT_FALSE(settings.automaticRule());
    EXPECT_FALSE(AutomaticRule::fromText(QStringLiteral("yes")));
    rule.threshold = 1.5;
    EXPECT_FALSE(AutomaticRule::fromText(rule.toText()));
    rule.threshold = 0.973;
    rule.maxError = 0;
    EXPECT_FALSE(AutomaticRule::fromText(rule.toText()));
    rule.maxError = 0.01;
    rule.modelFingerprint.clear();
    EXPECT_FALSE(AutomaticRule::fromText(rule.toText()));
    // As it was kept when a rule was for every project.
    EXPECT_FALSE(AutomaticRule::fromText(QStringLiteral(
        R"({"maxError":0.01,"model":"f1","photos":296,"since":1795668274987,"threshold":0.973})")));
}

TEST_F(SettingsTest, TellsOnlyOfRealChanges)
{
    Settings settings(file);
    int changes = 0;
    QObject::connect(&settings, &Settings::changed, &settings, [&] { ++changes; });
    settings.setLanguage(QStringLiteral("en"));
    settings.setLanguage(QStringLiteral("en"));
    EXPECT_EQ(changes, 1);
}

TEST_F(SettingsTest, TheHeadIsFittedAfterANumberOfAnswersThatMakesSense)
{
    Settings settings(file);
    EXPECT_EQ(settings.retrainAfter(), Settings::kDefaultRetrainAfter);
    settings.setRetrainAfter(-4);
    EXPECT_EQ(settings.retrainAfter(), 0);
    settings.setRetrainAfter(1'000'000);
    EXPECT_EQ(settings.retrainAfter(), Settings::kMostRetrainAfter);
    QSettings raw(file, QSettings::IniFormat);
    raw.setValue(Settings::kRetrainAfter, QStringLiteral("often"));
    raw.sync();
    EXPECT_EQ(Settings(file).retrainAfter(), Settings::kDefaultRetrainAfter);
}
