#include "core/base/Paths.h"
#include "core/inference/Recognizer.h"
#include "core/model/ModelLibrary.h"
#include "tests/support/ChangedModel.h"
#include "tests/support/WindowDriver.h"
#include "ui/promotion/DifferenceList.h"
#include "ui/widgets/Banner.h"

#include <QAbstractButton>
#include <QAbstractItemModel>
#include <QLabel>
#include <QStackedWidget>
#include <QTableView>
#include <QTest>

#include <gtest/gtest.h>

#include <algorithm>

using namespace goodsight;
using namespace goodsight::testsupport;

namespace {

const QStringList kProducts{QStringLiteral("watermelon"),      QStringLiteral("granny-smith"),
                            QStringLiteral("red-bell-pepper"), QStringLiteral("avocado"),
                            QStringLiteral("carrots"),         QStringLiteral("yellow-bell-pepper")};
constexpr int kPatience = 120'000;

/// Few photos decide here.
PromotionRule sixPhotos()
{
    return {6, 6, 0.05, 0.5};
}

/// The six samples through the program, each answered with what it shows.
void answerSamples(WindowDriver& driver, const QStringList& products = kProducts)
{
    driver.click("navRecognise");
    QStringList files;
    for (const QString& product : products)
        files.append(driver.sample(product));
    driver.drop(files);
    for (int index = 0; index < products.size(); ++index) {
        ASSERT_TRUE(driver.waitForAnswer());
        ASSERT_EQ(driver.bench().controller.currentIndex(), index);
        ASSERT_TRUE(driver.bench().controller.answer(products.at(index)));
        ASSERT_TRUE(driver.waitForSaved(index));
    }
}

/// Photos that were compared with the shipped model.
int compared(WindowDriver& driver)
{
    const auto report = driver.bench().promotion.report();
    return report && *report ? static_cast<int>((*report)->photos.size()) : -1;
}

bool isCompared(WindowDriver& driver, int photos)
{
    return waitFor([&] { return compared(driver) == photos && driver.bench().shadow.waiting() == 0; },
                   kPatience);
}

void pressOn(WindowDriver& driver, const char* button)
{
    auto* target = driver.find(button);
    driver.window().activateWindow();
    target->setFocus(Qt::TabFocusReason);
    ASSERT_TRUE(waitFor([&] { return target->hasFocus(); })) << button;
    driver.press(Qt::Key_Space);
}

/// Puts "new" into the shadow by the button on its card.
void compare(WindowDriver& driver)
{
    driver.click("navModels");
    ASSERT_TRUE(waitFor([&] { return driver.visible("shadow-new"); }));
    EXPECT_GE(driver.find("shadow-new")->height(), 44);
    pressOn(driver, "shadow-new");
    ASSERT_TRUE(driver.bench().shadow.model());
    EXPECT_EQ(driver.bench().shadow.model()->name, QStringLiteral("new"));
    EXPECT_TRUE(driver.visible("modelsBanner"));
}

void openComparison(WindowDriver& driver)
{
    driver.click("navModels");
    ASSERT_TRUE(waitFor([&] { return driver.visible("shadow-new"); }));
    pressOn(driver, "shadow-new");
    ASSERT_TRUE(waitFor([&] { return driver.visible("comparisonPage"); }));
}

QString decision(WindowDriver& driver)
{
    return driver.find<Banner>("promotionDecision")->text();
}

bool isInUse(WindowDriver& driver, const QString& name)
{
    const auto wanted = ModelLibrary().find(name);
    return waitFor(
        [&] {
            const auto shown = driver.bench().promotion.fingerprintInUse();
            return wanted && driver.bench().settings.model() == name && shown == wanted->fingerprint;
        },
        kPatience);
}

ModelStage stage(WindowDriver& driver)
{
    const auto models = driver.bench().project.store()->models();
    return models && !models->isEmpty() ? models->first().stage : ModelStage::Candidate;
}

} // namespace

TEST(Promotion, AWorseModelIsComparedPhotoByPhotoAndCannotTakeOver)
{
    WindowDriver driver;
    installRotated(QStringLiteral("new"), kProducts); // wrong about every sample
    driver.bench().promotion.setRule(sixPhotos());
    compare(driver);
    EXPECT_FALSE(driver.visible("use-new")) << "only its comparison leads into use";
    EXPECT_FALSE(driver.visible("remove-new"));
    openComparison(driver);
    EXPECT_FALSE(driver.find("promote")->isEnabled());
    EXPECT_TRUE(decision(driver).contains(u'6')) << decision(driver).toStdString();

    answerSamples(driver);
    ASSERT_TRUE(isCompared(driver, 6));
    openComparison(driver);
    ASSERT_TRUE(waitFor([&] { return driver.find<DifferenceList>("differences")->count() == 6; }));
    EXPECT_TRUE(driver.spoken("comparedPhotos").contains(QStringLiteral("6")));
    EXPECT_TRUE(driver.spoken("comparedLabelled").contains(QStringLiteral("6")));
    EXPECT_EQ(decision(driver),
              QStringLiteral("新模型较差：6 张照片中，只有旧模型答对的有 6 张，只有新模型答对的有 0 张。"));
    const QAbstractItemModel* counts = driver.find<QTableView>("pairedCounts")->model();
    ASSERT_EQ(counts->rowCount(), 1) << "no product has six photos";
    EXPECT_EQ(counts->index(0, 2).data().toString(), QStringLiteral("6"));
    EXPECT_EQ(counts->index(0, 3).data().toString(), QStringLiteral("0"));

    EXPECT_FALSE(driver.find("promote")->isEnabled());
    driver.click("promote");
    EXPECT_EQ(driver.bench().promotion.promote().error().code, QStringLiteral("not-allowed"));
    EXPECT_EQ(driver.bench().settings.model(), QStringLiteral("groceries"));
    EXPECT_EQ(stage(driver), ModelStage::InShadow);

    // What was kept tells who said what; a click opens the photo.
    const auto report = driver.bench().promotion.report();
    ASSERT_TRUE(report && *report);
    for (const ShadowPhoto& photo : (*report)->photos) {
        EXPECT_EQ(photo.said.oldLabel, photo.labelId);
        EXPECT_NE(photo.said.newLabel, photo.labelId);
        EXPECT_GT(photo.said.newConfidence, 0);
    }
    auto* list = driver.find<DifferenceList>("differences");
    EXPECT_TRUE(list->item(0)->data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("旧模型对")));
    QTest::mouseClick(list->viewport(), Qt::LeftButton, Qt::NoModifier,
                      list->visualItemRect(list->item(0)).center());
    ASSERT_TRUE(waitFor([&] { return driver.visible("recognitionPage"); }));
    ASSERT_TRUE(driver.waitForAnswer());
    EXPECT_TRUE(isCompared(driver, 6)) << "an answered photo that is looked at again is no new evidence";

    openComparison(driver);
    pressOn(driver, "stopComparing"); // asks
    EXPECT_EQ(stage(driver), ModelStage::InShadow);
    pressOn(driver, "stopComparing");
    EXPECT_EQ(stage(driver), ModelStage::Rejected);
    EXPECT_FALSE(driver.bench().shadow.model());
    driver.press(Qt::Key_Escape);
    ASSERT_TRUE(waitFor([&] { return driver.visible("shadow-new"); }));
    EXPECT_FALSE(driver.find("shadow-new")->isEnabled()) << "compared once";
    EXPECT_FALSE(driver.find("shadow-new")->toolTip().isEmpty());
}

TEST(Promotion, AModelThatIsNoWorseTakesOverAndOneClickGoesBack)
{
    WindowDriver driver(QStringLiteral("en"));
    installRotated(QStringLiteral("new"), {}); // says the same
    driver.bench().promotion.setRule(sixPhotos());
    compare(driver);
    answerSamples(driver);
    ASSERT_TRUE(isCompared(driver, 6));
    openComparison(driver);
    ASSERT_TRUE(waitFor([&] { return driver.find("promote")->isEnabled(); }));
    EXPECT_TRUE(decision(driver).contains(QStringLiteral("not worse"))) << decision(driver).toStdString();
    pressOn(driver, "promote");
    EXPECT_EQ(stage(driver), ModelStage::Promoted);
    ASSERT_TRUE(isInUse(driver, QStringLiteral("new")));
    ASSERT_TRUE(waitFor([&] { return decision(driver).contains(QStringLiteral("in use now")); }));

    driver.restart(); // and the way back is still there
    ASSERT_TRUE(isInUse(driver, QStringLiteral("new")));
    driver.click("navModels");
    ASSERT_TRUE(waitFor([&] { return driver.visible("back-new"); }));
    EXPECT_TRUE(driver.spoken("back-new").contains(QStringLiteral("Groceries")));
    pressOn(driver, "back-new");
    ASSERT_TRUE(isInUse(driver, QStringLiteral("groceries")));
    EXPECT_EQ(stage(driver), ModelStage::Rejected);
    EXPECT_FALSE(driver.visible("back-groceries"));
}

TEST(Promotion, ATrainedModelThatWasNotComparedIsNotUsedWithOneClick)
{
    WindowDriver driver(QStringLiteral("en"));
    installRotated(QStringLiteral("new"), kProducts);
    driver.click("navModels");
    ASSERT_TRUE(waitFor([&] { return driver.visible("use-new"); }));
    EXPECT_FALSE(driver.visible("compareFirst-new"));
    pressOn(driver, "use-new");
    EXPECT_EQ(driver.bench().settings.model(), QStringLiteral("groceries"));
    ASSERT_TRUE(driver.visible("compareFirst-new"));
    EXPECT_TRUE(driver.find("compareFirst-new")->hasFocus()) << "Enter or Space compares";
    EXPECT_GE(driver.find("useAnyway-new")->height(), 44);
    EXPECT_TRUE(driver.find<QLabel>("question-new")->text().contains(QStringLiteral("not been compared")));
    pressOn(driver, "compareFirst-new");
    ASSERT_TRUE(driver.bench().shadow.model());
    EXPECT_EQ(driver.bench().shadow.model()->name, QStringLiteral("new"));
    EXPECT_EQ(driver.bench().settings.model(), QStringLiteral("groceries"));

    ASSERT_TRUE(driver.bench().promotion.stop());
    ASSERT_TRUE(waitFor([&] { return driver.visible("use-new"); }));
    pressOn(driver, "use-new");
    EXPECT_EQ(driver.bench().settings.model(), QStringLiteral("groceries"));
    EXPECT_TRUE(driver.find<QLabel>("question-new")->text().contains(QStringLiteral("not kept")));
    EXPECT_FALSE(driver.find("compareFirst-new")->isEnabled()) << "compared once";
    EXPECT_TRUE(driver.find("useAnyway-new")->hasFocus());
}

TEST(Promotion, AnyModelThatIsUsedLeavesOneClickBack)
{
    WindowDriver driver(QStringLiteral("en"));
    installRotated(QStringLiteral("new"), {});
    driver.click("navModels");
    ASSERT_TRUE(waitFor([&] { return driver.visible("use-new"); }));
    pressOn(driver, "use-new");
    ASSERT_TRUE(driver.visible("useAnyway-new"));
    pressOn(driver, "useAnyway-new");
    ASSERT_TRUE(isInUse(driver, QStringLiteral("new")));
    driver.restart();
    ASSERT_TRUE(isInUse(driver, QStringLiteral("new")));
    driver.click("navModels");
    ASSERT_TRUE(waitFor([&] { return driver.visible("back-new"); }));
    EXPECT_TRUE(driver.spoken("back-new").contains(QStringLiteral("Groceries")));
    pressOn(driver, "back-new");
    ASSERT_TRUE(isInUse(driver, QStringLiteral("groceries")));
    EXPECT_FALSE(driver.visible("back-groceries"));
}

TEST(Promotion, RemovingTheModelThatTheWayBackNeedsWarnsAndTakesTheWayWithIt)
{
    WindowDriver driver(QStringLiteral("en"));
    installRotated(QStringLiteral("new"), {});
    installRotated(QStringLiteral("newer"), {QStringLiteral("carrots"), QStringLiteral("avocado")});
    for (const char* model : {"new", "newer"}) {
        const auto installed = ModelLibrary().find(QString::fromLatin1(model));
        ASSERT_TRUE(installed);
        driver.bench().promotion.use(*installed);
        ASSERT_TRUE(isInUse(driver, installed->name));
    }
    driver.click("navModels");
    ASSERT_TRUE(waitFor([&] { return driver.visible("back-newer"); }));
    EXPECT_EQ(driver.bench().promotion.previous()->name, QStringLiteral("new"));
    EXPECT_FALSE(driver.visible("question-new"));
    pressOn(driver, "remove-new");
    ASSERT_TRUE(driver.visible("question-new"));
    EXPECT_TRUE(driver.find<QLabel>("question-new")->text().contains(QStringLiteral("back")));
    EXPECT_FALSE(driver.visible("compareFirst-new"));
    EXPECT_TRUE(ModelLibrary().find(QStringLiteral("new")));
    pressOn(driver, "remove-new");
    ASSERT_TRUE(waitFor([&] { return !driver.visible("modelCard-new"); }));
    EXPECT_FALSE(driver.visible("back-newer"));
    EXPECT_FALSE(driver.bench().promotion.previous());
    EXPECT_TRUE(driver.bench().promotion.goBack().error().code == u"no-such-model");
    EXPECT_EQ(driver.bench().settings.model(), QStringLiteral("newer"));
}

TEST(Promotion, TheShadowAndWhatItSawOutliveTheProgram)
{
    WindowDriver driver;
    installRotated(QStringLiteral("new"), kProducts);
    driver.bench().promotion.setRule(sixPhotos());
    compare(driver);
    answerSamples(driver, kProducts.first(2));
    ASSERT_TRUE(isCompared(driver, 2));
    driver.restart();
    driver.bench().promotion.setRule(sixPhotos());
    ASSERT_TRUE(driver.bench().shadow.model());
    ASSERT_TRUE(isCompared(driver, 2));
    answerSamples(driver, kProducts.mid(2, 2));
    ASSERT_TRUE(isCompared(driver, 4));
    openComparison(driver);
    EXPECT_TRUE(decision(driver).contains(u'2')) << decision(driver).toStdString(); // are still missing
    EXPECT_FALSE(driver.find("promote")->isEnabled());
}

TEST(Promotion, ClosingWhileTheShadowWorksWaitsForOnePhotoOnly)
{
    WindowDriver driver;
    installRotated(QStringLiteral("new"), {});
    compare(driver);
    answerSamples(driver);
    ASSERT_GT(driver.bench().shadow.waiting() + std::max(0, compared(driver)), 0);
    driver.restart();
    ASSERT_TRUE(driver.bench().shadow.model());
    EXPECT_EQ(driver.bench().shadow.waiting(), 0);
}

TEST(Promotion, APhotoIsComparedOnceItIsInTheProject)
{
    WindowDriver driver;
    installRotated(QStringLiteral("new"), {});
    compare(driver);
    driver.click("navRecognise");
    driver.drop({driver.sample(QStringLiteral("carrots"))});
    ASSERT_TRUE(driver.waitForAnswer());
    ASSERT_TRUE(waitFor([&] { return driver.bench().shadow.waiting() == 1; }));
    ASSERT_TRUE(waitFor([&] { return driver.bench().shadow.waiting() == 0; }, kPatience));
    EXPECT_EQ(compared(driver), 0) << "the project does not have it";
    ASSERT_TRUE(driver.bench().controller.accept(0));
    ASSERT_TRUE(driver.waitForSaved(0));
    EXPECT_TRUE(isCompared(driver, 1));
}

TEST(Promotion, AProjectThatIsOpenForReadingComparesNothing)
{
    WindowDriver driver;
    installRotated(QStringLiteral("new"), {});
    compare(driver);
    const QString dir = driver.bench().project.dir();
    driver.bench().project.open(dir, DatasetStore::Access::ReadOnly);
    ASSERT_TRUE(driver.bench().project.store());
    openComparison(driver);
    EXPECT_FALSE(driver.find("promote")->isEnabled());
    EXPECT_FALSE(driver.find("stopComparing")->isEnabled());
    driver.click("navRecognise");
    driver.drop({driver.sample(QStringLiteral("carrots"))});
    ASSERT_TRUE(driver.waitForAnswer());
    EXPECT_EQ(driver.bench().shadow.waiting(), 0);

    driver.bench().project.open(dir);
    ASSERT_TRUE(driver.bench().promotion.stop());
    driver.bench().project.open(dir, DatasetStore::Access::ReadOnly);
    driver.click("navModels");
    ASSERT_TRUE(waitFor([&] { return driver.visible("shadow-new"); }));
    EXPECT_FALSE(driver.find("shadow-new")->isEnabled());
    EXPECT_TRUE(driver.find("shadow-new")->toolTip().contains(QStringLiteral("只读")));
}

TEST(Promotion, AModelInTheShadowThatVanishedIsNamed)
{
    WindowDriver driver;
    installRotated(QStringLiteral("new"), {});
    compare(driver);
    ASSERT_TRUE(ModelLibrary().remove(QStringLiteral("new")));
    driver.restart();
    ASSERT_TRUE(driver.bench().shadow.error());
    EXPECT_TRUE(driver.bench().shadow.error()->message.contains(QStringLiteral("new")));
    driver.find<QStackedWidget>("pages")->setCurrentWidget(driver.find("comparisonPage"));
    EXPECT_TRUE(driver.visible("comparisonTrouble"));
    EXPECT_TRUE(driver.bench().promotion.stop());
    EXPECT_FALSE(driver.bench().shadow.error());
    EXPECT_TRUE(waitFor([&] { return !driver.visible("comparisonTrouble"); })) << "it is over";
}

TEST(Promotion, AModelThatThrowsEndsTheComparisonWithItsReason)
{
    WindowDriver driver;
    installRotated(QStringLiteral("new"), {});
    driver.bench().shadow.setOpener(
        [](const QString&, BackendKind) -> Result<std::unique_ptr<Recognizer>> { throw std::bad_alloc(); });
    compare(driver);
    driver.click("navRecognise");
    driver.drop({driver.sample(QStringLiteral("carrots"))});
    ASSERT_TRUE(driver.waitForAnswer());
    ASSERT_TRUE(waitFor([&] { return driver.bench().shadow.error().has_value(); }));
    EXPECT_EQ(driver.bench().shadow.error()->code, QStringLiteral("out-of-memory"));
    EXPECT_EQ(driver.bench().shadow.waiting(), 0);
    EXPECT_EQ(driver.bench().shadow.passedOver(), 1);
}

TEST(Promotion, AProductThatOnlyTheNewModelKnowsIsCalledByItsName)
{
    WindowDriver driver;
    installRotated(QStringLiteral("new"), {});
    auto package = ModelPackage::load(ModelLibrary().find(QStringLiteral("new"))->path);
    ASSERT_TRUE(package);
    package->classes.last() = {QStringLiteral("fire-bar"), QStringLiteral("火星棒"),
                               QStringLiteral("Fire bar")};
    ASSERT_TRUE(ModelLibrary().remove(QStringLiteral("new")));
    ASSERT_TRUE(ModelLibrary().install(*package, true));
    const PromotionController& promotion = driver.bench().promotion;
    EXPECT_EQ(promotion.nameOf(QStringLiteral("fire-bar")), QStringLiteral("fire-bar"));
    compare(driver);
    EXPECT_EQ(promotion.nameOf(QStringLiteral("fire-bar")), QStringLiteral("火星棒"));
    EXPECT_EQ(promotion.nameOf(QStringLiteral("carrots")), QStringLiteral("胡萝卜"));
    EXPECT_EQ(promotion.nameOf(QStringLiteral("nobody")), QStringLiteral("nobody"));
    driver.restart();
    EXPECT_EQ(driver.bench().promotion.nameOf(QStringLiteral("fire-bar")), QStringLiteral("火星棒"));
}

TEST(Promotion, ACardTellsWhereItsModelComesFrom)
{
    WindowDriver driver(QStringLiteral("en"));
    driver.click("navModels");
    ASSERT_TRUE(waitFor([&] { return driver.visible("origin-groceries"); }));
    auto* origin = driver.find<QLabel>("origin-groceries");
    EXPECT_TRUE(origin->text().contains(QStringLiteral("2640 photos"))) << origin->text().toStdString();
    EXPECT_TRUE(origin->text().contains(QStringLiteral("from ")));
    EXPECT_TRUE(origin->text().contains(QStringLiteral("data ")));
    EXPECT_TRUE(origin->toolTip().contains(ModelLibrary().find(QStringLiteral("groceries"))->fingerprint));
}
