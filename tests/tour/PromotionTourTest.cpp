#include "tests/support/ChangedModel.h"
#include "tests/support/ProjectPhotos.h"
#include "tests/tour/TourPicture.h"

#include <QApplication>

#include <gtest/gtest.h>

#include <random>

using namespace goodsight;
using namespace goodsight::testsupport;

namespace {

void fill(WindowDriver& driver)
{
    const QString val = groceryPhotos(QStringLiteral("val"));
    importFolder(driver, val.isEmpty() ? sampleFolder(driver) : val);
}

/// The default one, but for products with few photos; one that six samples satisfy where there are no more.
PromotionRule fittingRule()
{
    return groceryPhotos(QStringLiteral("val")).isEmpty() ? PromotionRule{6, 6, 0.05, 0.5}
                                                          : PromotionRule{200, 5, 0.05, 0.03};
}

/// What the two models said of each photo of the project is invented: each right with its probability.
void compareAll(WindowDriver& driver, double oldRight, double newRight)
{
    DatasetStore& store = *driver.bench().project.store();
    PhotoQuery query;
    query.limit = -1;
    const auto photos = store.photos(query);
    ASSERT_TRUE(photos);
    std::mt19937 random(5);
    std::uniform_real_distribution<double> share(0, 1);
    QList<ShadowAnswer> answers;
    for (qsizetype i = 0; i < photos->size(); ++i) {
        const PhotoRow& photo = photos->at(i);
        const QString wrong = photos->at((i + 4) % photos->size()).labelId;
        const double chance = share(random);
        answers.append({photo.sha256, chance < oldRight ? photo.labelId : wrong, 0.4 + share(random) / 2,
                        share(random) < 0.9 && chance < newRight ? photo.labelId : wrong,
                        0.4 + share(random) / 2});
    }
    ASSERT_TRUE(store.keepShadow(driver.bench().shadow.model()->id,
                                 driver.bench().promotion.fingerprintInUse(), answers));
}

void openComparison(WindowDriver& driver, const char* button)
{
    driver.click("navModels");
    ASSERT_TRUE(waitFor([&] { return driver.visible(button); }));
    driver.click(button);
    ASSERT_TRUE(waitFor([&] { return driver.visible("comparisonPage"); }));
    settleThumbnails(driver);
}

void compare(WindowDriver& driver, const char* button)
{
    driver.click("navModels");
    ASSERT_TRUE(waitFor([&] { return driver.visible(button); }));
    driver.click(button);
    ASSERT_TRUE(driver.bench().shadow.model());
}

} // namespace

TEST(Tour, Promotion)
{
    WindowDriver driver;
    driver.window().resize(1280, 800);
    installRotated(QStringLiteral("quick"), {});
    installRotated(QStringLiteral("thorough"), {QStringLiteral("carrots"), QStringLiteral("avocado")});
    driver.click("navModels");
    ASSERT_TRUE(waitFor([&] { return driver.visible("shadow-quick"); }));
    picture(driver, "51-models-before-comparing");
    driver.click("use-quick");
    picture(driver, "63-models-use-asks");
    compare(driver, "shadow-quick");
    picture(driver, "52-models-in-the-shadow");
    openComparison(driver, "shadow-quick");
    picture(driver, "53-comparison-begins");
    fill(driver);
    driver.bench().promotion.setRule(fittingRule());
    compareAll(driver, 0.8, 0.96);
    openComparison(driver, "shadow-quick");
    picture(driver, "54-comparison-allowed");
    driver.bench().settings.setTheme(Settings::Theme::Dark);
    driver.bench().settings.setLanguage(QStringLiteral("en"));
    ASSERT_TRUE(waitFor([&] { return driver.spoken("navPhotos") == u"Photos"; }));
    settleThumbnails(driver);
    picture(driver, "55-comparison-allowed-dark-english");
    driver.click("promote");
    ASSERT_TRUE(waitFor([&] { return driver.visible("comparisonEmpty"); }));
    ASSERT_TRUE(waitFor([&] { return driver.bench().promotion.previous().has_value(); }, 60'000));
    ASSERT_TRUE(waitFor([&] { return driver.spoken("promotionDecision").contains(u"quick"); }));
    picture(driver, "56-comparison-taken-over-dark-english");
    driver.press(Qt::Key_Escape);
    ASSERT_TRUE(waitFor([&] { return driver.visible("back-quick"); }));
    picture(driver, "57-models-with-a-way-back-dark-english");
}

TEST(Tour, PromotionRefused)
{
    WindowDriver driver(QStringLiteral("en"));
    driver.window().resize(1280, 800);
    driver.bench().settings.setTheme(Settings::Theme::Dark);
    installRotated(QStringLiteral("thorough"), {QStringLiteral("carrots"), QStringLiteral("avocado")});
    compare(driver, "shadow-thorough");
    fill(driver);
    driver.bench().promotion.setRule(fittingRule());
    compareAll(driver, 0.95, 0.7);
    openComparison(driver, "shadow-thorough");
    picture(driver, "58-comparison-refused-dark-english");
    driver.window().resize(1024, 700);
    QApplication::processEvents();
    settleThumbnails(driver);
    picture(driver, "59-comparison-refused-small-window");
    driver.click("navModels");
    picture(driver, "60-models-small-window");
    driver.bench().settings.setTheme(Settings::Theme::Dark);
    installRotated(QStringLiteral("another"), {});
    driver.click("navRecognise");
    driver.click("navModels");
    ASSERT_TRUE(waitFor([&] { return driver.visible("use-another"); }));
    driver.click("use-another");
    picture(driver, "62-models-use-asks-small-window-dark-english");
    driver.bench().settings.setTheme(Settings::Theme::Light);
    driver.bench().settings.setLanguage(QStringLiteral("zh_CN"));
    ASSERT_TRUE(waitFor([&] { return driver.spoken("navPhotos") != u"Photos"; }));
    driver.window().resize(1280, 800);
    openComparison(driver, "shadow-thorough");
    picture(driver, "61-comparison-refused");
}
