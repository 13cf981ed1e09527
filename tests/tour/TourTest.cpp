#include "tests/tour/TourPicture.h"

#include <QApplication>
#include <QListWidget>

#include <gtest/gtest.h>

using namespace goodsight;
using namespace goodsight::testsupport;

namespace {

/// A real photo where ../shared is, the sample of the product otherwise.
QString photo(WindowDriver& driver, const QString& sample, const QString& real)
{
    const QString file = groceryPhotos(real);
    return !file.isEmpty() ? file : driver.sample(sample);
}

QString apple(WindowDriver& driver)
{
    return photo(driver, QStringLiteral("granny-smith"),
                 QStringLiteral("val/Fruit/Apple/Granny-Smith/Granny-Smith_002.jpg"));
}

} // namespace

TEST(Tour, Recognising)
{
    WindowDriver driver;
    driver.window().resize(1280, 800);
    picture(driver, "01-empty");

    driver.drop({apple(driver)});
    ASSERT_TRUE(driver.waitForAnswer());
    EXPECT_EQ(driver.find<CandidateCard>("candidate1")->primaryText(), QStringLiteral("青苹果"));
    picture(driver, "02-recognised");

    driver.type(QStringLiteral("hlb"));
    auto* hits = driver.find<QListWidget>("labelHits");
    ASSERT_TRUE(waitFor([&] { return hits->count() > 0 && hits->item(0)->text() == u"胡萝卜"; }));
    picture(driver, "03-search-pinyin");
    driver.press(Qt::Key_Escape);

    driver.press(Qt::Key_2);
    ASSERT_TRUE(driver.waitForSaved(0));
    EXPECT_TRUE(driver.visible("answerBanner"));
    picture(driver, "04-corrected");
    driver.window().resize(1024, 700);
    QApplication::processEvents();
    picture(driver, "05-small-window");
    driver.window().resize(1280, 800);

    QImage plain(640, 480, QImage::Format_RGB32);
    plain.fill(QColor(120, 124, 110));
    const QString grey = driver.home() + QStringLiteral("/模糊.png");
    ASSERT_TRUE(plain.save(grey));
    driver.drop({grey});
    ASSERT_TRUE(driver.waitForAnswer());
    EXPECT_TRUE(driver.bench().controller.current()->recognition->needsReview);
    EXPECT_TRUE(driver.visible("answerBanner"));
    picture(driver, "06-low-confidence");
}

TEST(Tour, QueuePhotosAndSettings)
{
    WindowDriver driver;
    driver.window().resize(1280, 800);
    driver.click("navPhotos");
    EXPECT_TRUE(driver.visible("photosEmpty"));
    picture(driver, "07-photos-empty");
    driver.click("navRecognise");
    driver.click("trySample");
    ASSERT_TRUE(driver.waitForAnswer());
    for (int index = 0; index < 3; ++index) {
        ASSERT_TRUE(driver.waitForAnswer());
        driver.press(index == 1 ? Qt::Key_2 : Qt::Key_1);
        ASSERT_TRUE(driver.waitForSaved(index));
    }
    ASSERT_TRUE(driver.waitForAnswer());
    settleThumbnails(driver);
    picture(driver, "08-queue");
    driver.click("navPhotos");
    ASSERT_TRUE(waitFor([&] { return driver.photos() == 3; }));
    settleThumbnails(driver);
    picture(driver, "09-photos");
    driver.click("navSettings");
    picture(driver, "10-settings");
    driver.click("navModels");
    ASSERT_TRUE(waitFor([&] { return driver.visible("modelCard-groceries"); }));
    EXPECT_TRUE(driver.visible("installImagenet"));
    picture(driver, "18-models");
    driver.bench().settings.setTheme(Settings::Theme::Dark);
    driver.bench().settings.setLanguage(QStringLiteral("en"));
    ASSERT_TRUE(waitFor([&] { return driver.spoken("navPhotos") == u"Photos"; }));
    picture(driver, "19-models-dark-english");
}

TEST(Tour, DarkAndEnglish)
{
    WindowDriver driver;
    driver.window().resize(1280, 800);
    driver.bench().settings.setTheme(Settings::Theme::Dark);
    driver.drop({photo(driver, QStringLiteral("carrots"), QStringLiteral("val/Vegetables/Carrots/Carrots_002.jpg"))});
    ASSERT_TRUE(driver.waitForAnswer());
    picture(driver, "11-dark");
    driver.bench().settings.setLanguage(QStringLiteral("en"));
    ASSERT_TRUE(waitFor([&] { return driver.spoken("navPhotos") == u"Photos"; }));
    ASSERT_TRUE(driver.waitForAnswer());
    EXPECT_EQ(driver.find<CandidateCard>("candidate1")->primaryText(), QStringLiteral("Carrots"));
    picture(driver, "12-dark-english");
    driver.bench().settings.setTheme(Settings::Theme::Light);
    QApplication::processEvents();
    picture(driver, "13-english");
    driver.click("navSettings");
    picture(driver, "14-settings-english");
}

TEST(Tour, NoCamera)
{
    WindowDriver driver;
    driver.window().resize(1280, 800);
    driver.find("recognitionPage")->setFocus();
    driver.press(Qt::Key_K, Qt::ControlModifier);
    EXPECT_TRUE(driver.visible("cameraPage"));
    picture(driver, "15-no-camera");
}

TEST(TourCamera, LivePictureAndCapture)
{
    if (!qEnvironmentVariableIsSet("GOODSIGHT_HAS_CAMERA"))
        GTEST_SKIP() << "skipped: no virtual camera";
    WindowDriver driver;
    driver.window().resize(1280, 800);
    driver.find("recognitionPage")->setFocus();
    driver.press(Qt::Key_K, Qt::ControlModifier);
    bool live = false;
    QObject::connect(&driver.bench().controller, &RecognitionController::liveRecognized, &driver.window(),
                     [&live] { live = true; });
    ASSERT_TRUE(waitFor([&] { return live; }, 60'000));
    picture(driver, "16-camera");
    driver.press(Qt::Key_Space);
    ASSERT_TRUE(driver.waitForAnswer());
    EXPECT_TRUE(driver.visible("recognitionPage"));
    ASSERT_TRUE(waitFor([&] { return driver.photos() == 1; }));
    picture(driver, "17-captured");
    driver.press(Qt::Key_1);
    ASSERT_TRUE(waitFor([&] { return driver.visible("cameraPage"); }));
    EXPECT_EQ(driver.photos(), 1);
}
