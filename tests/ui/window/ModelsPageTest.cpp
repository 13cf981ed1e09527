#include "ui/models/ModelsPage.h"
#include "core/base/Paths.h"
#include "core/model/ModelLibrary.h"
#include "tests/support/WindowDriver.h"
#include "ui/widgets/Banner.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QTest>
#include <QTimer>

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

/// Gives the button the focus, once the window has it again, and presses Space.
void pressOn(WindowDriver& driver, const char* button)
{
    auto* target = driver.find(button);
    driver.window().activateWindow();
    target->setFocus(Qt::TabFocusReason);
    ASSERT_TRUE(waitFor([&] { return target->hasFocus(); }));
    driver.press(Qt::Key_Space);
}

/// Opens the export menu of `model` with the keyboard alone and picks its `index`th format; types `file` into
/// the dialog that comes and closes it with Enter, or with Escape when `file` is empty.
void exportByKeys(WindowDriver& driver, const char* button, const char* menu, int index, const QString& file)
{
    pressOn(driver, button);
    auto* formats = driver.find<QMenu>(menu);
    ASSERT_TRUE(waitFor([&] { return formats->isVisible(); }));
    for (const QAction* action : formats->actions())
        EXPECT_GE(formats->actionGeometry(const_cast<QAction*>(action)).height(), 44);
    for (int i = 0; i < index; ++i)
        QTest::keyClick(formats, Qt::Key_Down);
    bool typed = false;
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &timer, [&] {
        auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
        if (!dialog)
            return;
        timer.stop();
        auto* name = dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
        typed = name != nullptr && !name->text().isEmpty(); // a name is proposed
        if (name)
            name->setText(file);
        QTest::keyClick(name, file.isEmpty() ? Qt::Key_Escape : Qt::Key_Return);
    });
    timer.start(20);
    QTest::keyClick(formats, Qt::Key_Return);
    EXPECT_TRUE(typed);
}

} // namespace

TEST(ModelsPage, ExportsAModelByKeys)
{
    for (const QString& language : {QStringLiteral("zh_CN"), QStringLiteral("en")}) {
        WindowDriver driver(language);
        driver.click("navModels");
        ASSERT_TRUE(waitFor([&] { return driver.visible("export-groceries"); }));
        EXPECT_GE(driver.find("export-groceries")->height(), 44);
        EXPECT_TRUE(driver.spoken("export-groceries").contains(language == u"en" ? u"Export" : u"导出"));
        exportByKeys(driver, "export-groceries", "exportMenu-groceries", 2, QString());
        EXPECT_FALSE(driver.visible("modelsProgress")) << "the dialog was left";

        const QString file = driver.home() + QStringLiteral("/带走 的模型");
        exportByKeys(driver, "export-groceries", "exportMenu-groceries", 3, file);
        EXPECT_TRUE(driver.visible("modelsProgress"));
        EXPECT_FALSE(driver.find("export-groceries")->isEnabled());
        ASSERT_TRUE(waitFor([&] { return driver.visible("modelsBanner"); }, 60'000));
        EXPECT_TRUE(driver.spoken("modelsBanner").contains(u"带走 的模型.pth"))
            << driver.spoken("modelsBanner").toStdString();
        EXPECT_EQ(driver.find<Banner>("modelsBanner")->text().contains(u"written"), language == u"en");
        EXPECT_TRUE(QFile::exists(file + QStringLiteral(".pth")));
        EXPECT_TRUE(QFile::exists(file + QStringLiteral(".pth.json")));
        ASSERT_TRUE(waitFor([&] { return !driver.visible("modelsProgress"); }));
        EXPECT_TRUE(driver.find("export-groceries")->isEnabled());
    }
}

TEST(ModelsPage, AnExportThatIsCancelledOrFailsLeavesNothing)
{
    WindowDriver driver;
    driver.click("navModels");
    ASSERT_TRUE(waitFor([&] { return driver.visible("export-groceries"); }));
    const QDir folder(driver.home() + QStringLiteral("/带走"));
    ASSERT_TRUE(folder.mkpath(QStringLiteral(".")));
    exportByKeys(driver, "export-groceries", "exportMenu-groceries", 0,
                 folder.filePath(QStringLiteral("模型.onnx")));
    ASSERT_TRUE(waitFor([&] { return driver.visible("cancelInstall"); }));
    pressOn(driver, "cancelInstall");
    ASSERT_TRUE(waitFor([&] { return driver.visible("modelsBanner"); }, 60'000));
    EXPECT_TRUE(driver.spoken("modelsBanner").contains(u"已取消"))
        << driver.spoken("modelsBanner").toStdString();
    EXPECT_TRUE(folder.entryList(QDir::Files | QDir::Hidden).isEmpty());
    ASSERT_TRUE(waitFor([&] { return !driver.visible("modelsProgress"); }));

    InstalledModel model = *ModelLibrary().find(QStringLiteral("groceries"));
    driver.find<ModelsPage>("modelsPage")
        ->exportTo(model, ExportFormat::Safetensors,
                   folder.filePath(QStringLiteral("没有/模型.safetensors")));
    ASSERT_TRUE(waitFor([&] { return !driver.visible("modelsProgress"); }, 60'000));
    EXPECT_TRUE(driver.visible("modelsBanner"));
    EXPECT_TRUE(driver.spoken("modelsBanner").contains(u"模型.safetensors"))
        << driver.spoken("modelsBanner").toStdString();
    EXPECT_TRUE(folder.entryList(QDir::Files | QDir::Hidden).isEmpty());
}

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

TEST(ModelsPage, ACancelledImportPromisesNoGoingOn)
{
    WindowDriver driver;
    driver.click("navModels");
    const QString stick = driver.home() + QStringLiteral("/门店模型.safetensors");
    ASSERT_TRUE(QFile::copy(shipped(), stick));
    driver.find<ModelsPage>("modelsPage")->importFile(stick);
    ASSERT_TRUE(waitFor([&] { return driver.visible("cancelInstall"); }));
    pressOn(driver, "cancelInstall");
    ASSERT_TRUE(waitFor([&] { return driver.visible("modelsBanner"); }, 60'000));
    EXPECT_TRUE(driver.spoken("modelsBanner").contains(QStringLiteral("没有安装任何模型")))
        << driver.spoken("modelsBanner").toStdString();
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
    EXPECT_TRUE(driver.spoken("intakeBanner").contains(u"vanished"))
        << driver.spoken("intakeBanner").toStdString();
    driver.drop({driver.sample(QStringLiteral("carrots"))});
    ASSERT_TRUE(driver.waitForAnswer());
    EXPECT_EQ(driver.bench().controller.current()->recognition->top.first().id, QStringLiteral("carrots"));
}
