#include "core/evaluation/SwitchEffects.h"
#include "tests/tour/TourPicture.h"
#include "ui/settings/AnswerSettings.h"

#include <QApplication>
#include <QFile>
#include <QJsonDocument>
#include <QScrollArea>

#include <gtest/gtest.h>

using namespace goodsight;
using namespace goodsight::testsupport;

namespace {

/// Measuring takes a minute; the page shows these figures as it shows measured ones.
void rememberFigures(WindowDriver& driver, const QString& model)
{
    SwitchEffects effects;
    effects.at = QDateTime(QDate(2026, 3, 2), QTime(9, 30));
    effects.model = model;
    effects.photos = 296;
    effects.plain = {0.838, 0.932, 0.031};
    effects.uncalibrated = {0.838, 0.932, 0.087};
    effects.automatic = {0.848, 0.946, 0.031};
    effects.always = {0.848, 0.949, 0.033};
    effects.prior = AnswerFigures{0.858, 0.953, 0.035};
    effects.priorSource = QStringLiteral("project");
    effects.automaticShare = 0.26;
    effects.plainMs = 31;
    effects.automaticMs = 36;
    effects.alwaysMs = 139;
    QFile file(driver.bench().project.dir() + QStringLiteral("/switch-effects.json"));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(QJsonDocument(effects.toJson()).toJson());
    file.close();
    driver.bench().project.open(driver.bench().project.dir());
}

void showSwitches(WindowDriver& driver)
{
    driver.click("navSettings");
    for (int round = 0; round < 3; ++round)
        QApplication::processEvents();
    auto* card = driver.window().findChild<AnswerSettings*>();
    for (QWidget* up = card->parentWidget(); up; up = up->parentWidget()) {
        if (auto* area = qobject_cast<QScrollArea*>(up))
            area->ensureWidgetVisible(card);
    }
}

} // namespace

TEST(Tour, AnswerSwitches)
{
    WindowDriver driver;
    driver.window().resize(1280, 800);
    showSwitches(driver);
    picture(driver, "71-switches-unmeasured");
    QString model;
    QObject::connect(&driver.bench().service, &RecognitionService::recognized, &driver.window(),
                     [&](quint64, const Recognition& answer) { model = answer.modelFingerprint; });
    driver.click("navRecognise");
    const QString plain = driver.home() + QStringLiteral("/模糊.png");
    QImage grey(640, 480, QImage::Format_RGB32);
    grey.fill(QColor(120, 124, 110));
    ASSERT_TRUE(grey.save(plain));
    driver.drop({plain});
    ASSERT_TRUE(driver.waitForAnswer());
    for (const char* product : {"avocado", "carrots", "granny-smith"}) {
        Answer given;
        given.photo.path = driver.sample(QString::fromLatin1(product));
        given.labelId = driver.bench().controller.current()->recognition->top.at(1).id;
        ASSERT_TRUE(driver.bench().project.store()->answer(given));
    }
    driver.bench().settings.setInstantLearning(false);
    driver.bench().settings.setAugmentation(QStringLiteral("auto"));
    driver.bench().settings.setPrior(Settings::Prior::Project);
    ASSERT_TRUE(waitFor([&] { return driver.visible("priorMoved"); }, 60'000));
    picture(driver, "72-prior-moved");
    rememberFigures(driver, model);
    showSwitches(driver);
    picture(driver, "73-switches");
    driver.bench().settings.setTheme(Settings::Theme::Dark);
    driver.bench().settings.setLanguage(QStringLiteral("en"));
    ASSERT_TRUE(waitFor([&] { return driver.spoken("navPhotos") == u"Photos"; }));
    showSwitches(driver);
    picture(driver, "74-switches-dark-english");
    driver.click("navRecognise");
    ASSERT_TRUE(waitFor([&] { return driver.visible("priorMoved"); }, 60'000));
    picture(driver, "75-prior-moved-dark-english");
    driver.bench().settings.setPriorFile(driver.home() + QStringLiteral("/no-such-table.csv"));
    driver.bench().settings.setPrior(Settings::Prior::File);
    rememberFigures(driver, QStringLiteral("another model"));
    ASSERT_TRUE(waitFor([&] { return driver.bench().prior.error().has_value(); }, 60'000));
    showSwitches(driver);
    picture(driver, "76-switches-stale-bad-table-dark-english");
}
