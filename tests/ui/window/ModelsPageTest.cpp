#include "core/base/Paths.h"
#include "core/model/ModelLibrary.h"
#include "tests/support/WindowDriver.h"
#include "ui/models/ModelsPage.h"
#include "ui/widgets/Banner.h"

#include <QDir>
#include <QFile>

#include <gtest/gtest.h>

using namespace goodsight;
using namespace goodsight::testsupport;

namespace {

QString shipped()
{
    return paths::shippedFile(QStringLiteral("models/groceries.safetensors"));
}

/// A copy of the shipped model as the user's own, installed as "mine".
void installMine()
{
    ASSERT_TRUE(QDir().mkpath(paths::modelsDir()));
    ASSERT_TRUE(QFile::copy(shipped(), paths::modelsDir() + QStringLiteral("/mine.safetensors")));
}

} // namespace

TEST(ModelsPage, ShowsTheShippedModelInUseWithoutAWayToRemoveIt)
{
    WindowDriver driver;
    driver.click("navModels");
    ASSERT_TRUE(waitFor([&] { return driver.visible("modelCard-groceries"); }));
    EXPECT_FALSE(driver.visible("use-groceries"));
    EXPECT_FALSE(driver.visible("remove-groceries"));
    EXPECT_TRUE(driver.visible("installImagenet"));
    driver.click("check-groceries");
    EXPECT_TRUE(driver.visible("modelsProgress"));
    ASSERT_TRUE(waitFor([&] { return driver.visible("modelsBanner"); }, 60'000));
    EXPECT_TRUE(driver.spoken("modelsBanner").contains(u"groceries"));
    EXPECT_FALSE(driver.visible("modelsProgress"));
}

TEST(ModelsPage, UsesChecksAndRemovesAModel)
{
    WindowDriver driver;
    installMine();
    driver.click("navModels");
    ASSERT_TRUE(waitFor([&] { return driver.visible("use-mine"); }));
    driver.click("use-mine");
    EXPECT_EQ(driver.bench().settings.model(), QStringLiteral("mine"));
    ASSERT_TRUE(waitFor([&] { return driver.visible("use-groceries"); }));
    EXPECT_FALSE(driver.visible("use-mine"));
    ASSERT_TRUE(waitFor([&] { return driver.visible("modelCard-mine"); }));
    driver.click("remove-mine"); // asks
    EXPECT_TRUE(QFile::exists(paths::modelsDir() + QStringLiteral("/mine.safetensors")));
    driver.click("remove-mine");
    EXPECT_FALSE(QFile::exists(paths::modelsDir() + QStringLiteral("/mine.safetensors")));
    EXPECT_EQ(driver.bench().settings.model(), QStringLiteral("groceries"));
    ASSERT_TRUE(waitFor([&] { return !driver.visible("modelCard-mine"); }));
}

TEST(ModelsPage, ImportsAFileAndRefusesADamagedOneWithASentence)
{
    WindowDriver driver;
    driver.click("navModels");
    auto* page = driver.find<ModelsPage>("modelsPage");
    const QString damaged = driver.home() + QStringLiteral("/损坏.safetensors");
    QFile file(damaged);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly) && file.write("not a model at all") > 0);
    file.close();
    page->importFile(damaged);
    ASSERT_TRUE(waitFor([&] { return driver.visible("modelsBanner"); }, 60'000));
    EXPECT_TRUE(driver.spoken("modelsBanner").contains(u"损坏.safetensors"))
        << driver.spoken("modelsBanner").toStdString();
    const QString stick = driver.home() + QStringLiteral("/门店模型.safetensors");
    ASSERT_TRUE(QFile::copy(shipped(), stick));
    const auto before = ModelLibrary().list().size();
    page->importFile(stick);
    ASSERT_TRUE(waitFor([&] { return ModelLibrary().list().size() == before + 1; }, 60'000));
}

TEST(ModelsPage, ADownloadThatFailsSaysWhatToDo)
{
    qputenv("GOODSIGHT_IMAGENET_URL", "http://127.0.0.1:9/resnet18-f37072fd.pth"); // nobody listens there
    WindowDriver driver;
    driver.click("navModels");
    driver.click("installImagenet");
    EXPECT_TRUE(driver.visible("cancelInstall"));
    ASSERT_TRUE(waitFor([&] { return driver.visible("modelsBanner"); }, 60'000));
    EXPECT_TRUE(driver.visible("installImagenet"));
    qunsetenv("GOODSIGHT_IMAGENET_URL");
}

TEST(ModelsPage, AChosenModelThatIsGoneIsNamedAndTheShippedOneAnswers)
{
    WindowDriver driver;
    driver.bench().settings.setModel(QStringLiteral("vanished"));
    ASSERT_TRUE(waitFor([&] { return driver.visible("intakeBanner"); }));
    EXPECT_TRUE(driver.spoken("intakeBanner").contains(u"vanished")) << driver.spoken("intakeBanner").toStdString();
    driver.drop({driver.sample(QStringLiteral("carrots"))});
    ASSERT_TRUE(driver.waitForAnswer());
    EXPECT_EQ(driver.bench().controller.current()->recognition->top.first().id, QStringLiteral("carrots"));
}
