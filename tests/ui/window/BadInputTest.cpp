#include "core/base/Paths.h"
#include "core/inference/Recognizer.h"
#include "tests/support/SmallDisk.h"
#include "tests/support/WindowDriver.h"
#include "ui/shell/ModelLocator.h"
#include "ui/widgets/Banner.h"

#include <QApplication>
#include <QFile>
#include <QSignalSpy>

#include <gtest/gtest.h>

using namespace goodsight;
using namespace goodsight::testsupport;

namespace {

QString written(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    return path;
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    return file.readAll();
}

/// Drops `file` and gives the sentence that the window shows for it.
QString complaintAbout(WindowDriver& driver, const QString& file)
{
    driver.drop({file});
    EXPECT_TRUE(waitFor([&] {
        const QueueItem* item = driver.bench().controller.current();
        return item && item->state == ItemState::Failed;
    }));
    EXPECT_TRUE(driver.visible("answerBanner"));
    return driver.spoken("answerBanner");
}

} // namespace

TEST(WindowBadInput, EveryBadFileGetsASentenceWithItsName)
{
    WindowDriver driver;
    const QByteArray good = contentOf(driver.sample(QStringLiteral("avocado")));
    const QString folder = driver.home() + u'/';
    // A PNG header alone: 60,000 x 60,000 grey pixels.
    QByteArray huge = QByteArray::fromHex("89504e470d0a1a0a0000000d49484452"
                                          "0000ea600000ea60"
                                          "0800000000");
    const struct {
        const char* name;
        QByteArray bytes;
    } bad[] = {{"not a photo.jpg", "Dear diary"},
               {"empty.jpg", {}},
               {"truncated.jpg", good.left(400)},
               {"苹果 🍎\nphoto.png", "nothing"},
               {"huge.png", huge + QByteArray(200, '\0')}};
    for (const auto& one : bad) {
        const QString name = QString::fromUtf8(one.name);
        const QString said = complaintAbout(driver, written(folder + name, one.bytes));
        EXPECT_TRUE(said.contains(name.section(u'\n', 0, 0))) << said.toStdString();
        EXPECT_FALSE(driver.bench().controller.answer(QStringLiteral("avocado"))) << one.name;
    }
    EXPECT_EQ(driver.photos(), 0);
}

TEST(WindowBadInput, AFileThatVanishedIsNamed)
{
    WindowDriver driver;
    const QString said = complaintAbout(driver, driver.home() + QStringLiteral("/vanished.jpg"));
    EXPECT_TRUE(said.contains(u"vanished.jpg")) << said.toStdString();
}

TEST(WindowBadInput, OneBadPhotoStopsNoQueue)
{
    WindowDriver driver;
    driver.drop({written(driver.home() + QStringLiteral("/bad.jpg"), "bad"),
                 driver.sample(QStringLiteral("avocado"))});
    ASSERT_TRUE(waitFor([&] { return driver.bench().controller.item(0).state == ItemState::Failed; }));
    driver.find("recognitionPage")->setFocus();
    driver.press(Qt::Key_Delete);
    ASSERT_TRUE(driver.waitForAnswer());
    driver.press(Qt::Key_1);
    ASSERT_TRUE(driver.waitForSaved(1));
    EXPECT_EQ(driver.photos(), 1);
}

TEST(WindowBadInput, ASmallPictureIsRecognisedWithAHint)
{
    WindowDriver driver;
    const QString file = driver.home() + QStringLiteral("/small.png");
    ASSERT_TRUE(QImage(driver.sample(QStringLiteral("avocado"))).scaled(120, 144).save(file));
    driver.drop({file});
    ASSERT_TRUE(driver.waitForAnswer());
    EXPECT_TRUE(driver.visible("candidate1"));
    EXPECT_TRUE(driver.visible("hintBanner"));
}

TEST(WindowBadInput, AFileChangedAfterItWasShownIsShownAgainInsteadOfKept)
{
    WindowDriver driver;
    const QString file = driver.sample(QStringLiteral("avocado"), QStringLiteral("changing.jpg"));
    driver.drop({file});
    ASSERT_TRUE(driver.waitForAnswer());
    written(file, contentOf(driver.sample(QStringLiteral("carrots"))));
    driver.press(Qt::Key_1);
    ASSERT_TRUE(waitFor([&] { return driver.visible("answerBanner"); }));
    ASSERT_TRUE(driver.waitForAnswer());
    EXPECT_EQ(driver.find<CandidateCard>("candidate1")->primaryText(), QStringLiteral("胡萝卜"));
    EXPECT_EQ(driver.photos(), 0);
}

TEST(WindowBadInput, ASecondWindowIsToldAndMayRead)
{
    WindowDriver driver;
    driver.stop();
    const auto holder = DatasetStore::open(paths::defaultProjectDir());
    ASSERT_TRUE(holder);
    Workbench second(*qApp);
    second.start({});
    auto* banner = second.window.findChild<Banner*>(QStringLiteral("projectBanner"));
    ASSERT_TRUE(waitFor([&] { return banner->isVisible(); }));
    EXPECT_EQ(second.project.store(), nullptr);
    ASSERT_TRUE(second.project.error());
    EXPECT_EQ(second.project.error()->code, QStringLiteral("locked"));
    Q_EMIT banner->actionTriggered();
    ASSERT_TRUE(second.project.store());
    EXPECT_FALSE(second.project.writable());
    EXPECT_TRUE(banner->isVisible());
}

TEST(WindowBadInput, OnAFullDiskNothingIsLostAndTheAnswerCanBeGivenAgain)
{
    const SmallDisk disk(3000);
    if (!disk.isMounted())
        GTEST_SKIP() << "skipped: no file system can be mounted here";
    WindowDriver driver;
    driver.bench().settings.setProjectDir(disk.path() + QStringLiteral("/shop.goodsight"));
    ASSERT_TRUE(waitFor([&] { return driver.bench().project.writable(); }));
    driver.drop({driver.sample(QStringLiteral("avocado"))});
    ASSERT_TRUE(driver.waitForAnswer());
    QFile filler(disk.path() + QStringLiteral("/filler"));
    ASSERT_TRUE(filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    for (const int size : {65536, 4096, 1})
        while (filler.write(QByteArray(size, 'x')) == size) {
        }
    driver.press(Qt::Key_1);
    ASSERT_TRUE(waitFor([&] { return driver.visible("answerBanner"); }));
    EXPECT_EQ(driver.bench().controller.current()->state, ItemState::Ready);
    EXPECT_TRUE(filler.remove());
    driver.press(Qt::Key_1);
    ASSERT_TRUE(driver.waitForSaved(0));
    EXPECT_EQ(driver.photos({PhotoState::Accepted}), 1);
    driver.stop();
}

TEST(WindowBadInput, WithoutAModelThePhotosThatWaitAreToldSo)
{
    // As the window makes it, and asks it where no model is installed.
    RecognitionService service(openLocated);
    QSignalSpy failed(&service, &RecognitionService::failed);
    PhotoSource photo;
    photo.path = QStringLiteral("any.jpg");
    const auto waits = service.request(photo);
    service.configure({});
    ASSERT_TRUE(waitFor([&] { return failed.size() == 1; }));
    EXPECT_EQ(failed.first().at(0).toULongLong(), waits);
    EXPECT_EQ(failed.first().at(1).value<Error>().code, QStringLiteral("model-missing"));
    EXPECT_FALSE(failed.first().at(1).value<Error>().hint.isEmpty());
}
