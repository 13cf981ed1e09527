#include "tests/support/AutomaticPhotos.h"
#include "tests/tour/TourPicture.h"

#include <QApplication>

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>

using namespace goodsight;
using namespace goodsight::testsupport;

namespace {

/// An evaluation on val as a well calibrated model gives it; a real one takes a minute.
void showInventedEvaluation(WindowDriver& driver)
{
    auto made = std::make_shared<Evaluation>();
    made->wish.model = QStringLiteral("groceries");
    made->wish.data = EvaluationData::Val;
    made->wish.projectDir = driver.bench().project.dir();
    made->begun = QDateTime::currentDateTimeUtc();
    made->fingerprint = driver.bench().automatic.modelInUse();
    made->classes = {{QStringLiteral("avocado"), QStringLiteral("牛油果"), QStringLiteral("Avocado"), {}},
                     {QStringLiteral("carrots"), QStringLiteral("胡萝卜"), QStringLiteral("Carrots"), {}}};
    std::mt19937 random(3);
    std::uniform_real_distribution<double> uniform(0, 1);
    EvaluationBuilder builder;
    for (int photo = 0; photo < 3000; ++photo) {
        const double sure = 1 - 0.5 * std::pow(uniform(random), 10) - 0.0001;
        const auto logit = static_cast<float>(std::log(sure / (1 - sure)));
        const std::array<float, 2> logits{logit, 0};
        builder.addLogits({QString::number(photo), {}}, uniform(random) < sure ? 0 : 1, logits, 1.0);
    }
    made->report = builder.finish();
    driver.bench().evaluation.setLast(made);
}

QString photo(WindowDriver& driver, const char* sample, const QString& real, bool audit)
{
    const QString file = groceryPhotos(real);
    return copyFor(driver, file.isEmpty() ? driver.sample(QString::fromLatin1(sample)) : file, audit);
}

} // namespace

TEST(Tour, AutomaticAnswers)
{
    WindowDriver driver;
    driver.window().resize(1280, 800);
    driver.click("navEvaluation");
    showInventedEvaluation(driver);
    driver.click("evaluationCertainty");
    picture(driver, "81-automatic-offered");
    driver.click("automaticRule");
    ASSERT_TRUE(driver.bench().automatic.inForce());
    addAudits(driver, 40, 0);
    ASSERT_TRUE(waitFor([&] { return driver.bench().automatic.tally().audits.size() == 40; }));
    picture(driver, "82-automatic-in-force");

    takeNearlyAll(driver, 0.3);
    driver.click("navRecognise");
    driver.drop(
        {photo(driver, "avocado", QStringLiteral("val/Fruit/Avocado/Avocado_001.jpg"), false),
         photo(driver, "carrots", QStringLiteral("val/Vegetables/Carrots/Carrots_001.jpg"), false),
         photo(driver, "granny-smith", QStringLiteral("val/Fruit/Apple/Granny-Smith/Granny-Smith_002.jpg"),
               true),
         photo(driver, "red-bell-pepper",
               QStringLiteral("val/Vegetables/Pepper/Red-Bell-Pepper/Red-Bell-Pepper_001.jpg"), false),
         photo(driver, "watermelon", QStringLiteral("val/Fruit/Melon/Watermelon/Watermelon_001.jpg"), true)});
    ASSERT_TRUE(waitFor([&] { return driver.bench().automatic.tally().taken >= 3; }, 60'000));
    ASSERT_TRUE(driver.waitForAnswer());
    settleThumbnails(driver);
    picture(driver, "83-queue-taken-by-itself");
    driver.press(Qt::Key_Left);
    ASSERT_TRUE(driver.waitForAnswer());
    settleThumbnails(driver);
    driver.bench().settings.setTheme(Settings::Theme::Dark);
    driver.bench().settings.setLanguage(QStringLiteral("en"));
    ASSERT_TRUE(waitFor([&] { return driver.spoken("navPhotos") == u"Photos"; }));
    picture(driver, "84-taken-by-itself-dark-english");
    driver.click("navPhotos");
    driver.window().resize(1024, 700);
    QApplication::processEvents();
    settleThumbnails(driver);
    picture(driver, "85-photos-taken-by-itself-small-dark-english");
    driver.window().resize(1280, 800);
    driver.click("navRecognise");
    addAudits(driver, 46, 4);
    ASSERT_TRUE(waitFor([&] { return !driver.bench().automatic.rule(); }));
    picture(driver, "86-automatic-stopped-dark-english");
    driver.click("navEvaluation");
    picture(driver, "87-automatic-disproved-dark-english");
}
