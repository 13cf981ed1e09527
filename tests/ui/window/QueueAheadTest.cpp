#include "core/base/Settings.h"
#include "tests/support/WindowDriver.h"

#include <QFile>

#include <gtest/gtest.h>

using namespace goodsight;
using namespace goodsight::testsupport;

namespace {

constexpr int kPatience = 60'000;

/// Photos of a folder, dropped into the window; the person has done nothing yet.
class QueueAhead : public testing::Test {
protected:
    WindowDriver driver;
    RecognitionController& controller = driver.bench().controller;

    QStringList samples()
    {
        QStringList files;
        for (const char* product :
             {"granny-smith", "avocado", "carrots", "watermelon", "red-bell-pepper", "yellow-bell-pepper"})
            files.append(driver.sample(QString::fromLatin1(product)));
        return files;
    }
    [[nodiscard]] int known() const
    {
        int count = 0;
        for (int index = 0; index < controller.count(); ++index)
            count += controller.item(index).recognition ? 1 : 0;
        return count;
    }
    [[nodiscard]] bool waitForAll()
    {
        return waitFor([&] { return known() == controller.count() && !controller.isRecognizing(); },
                       kPatience);
    }
};

} // namespace

TEST_F(QueueAhead, EveryPhotoIsRecognisedWhileThePersonLooksAtTheFirst)
{
    driver.drop(samples());
    ASSERT_TRUE(driver.waitForAnswer());
    ASSERT_TRUE(waitForAll());
    EXPECT_EQ(controller.currentIndex(), 0);
    EXPECT_FALSE(controller.currentPhoto().isNull());
    EXPECT_EQ(controller.unfinished(), 6);
    const QStringList ids{QStringLiteral("granny-smith"), QStringLiteral("avocado"),
                          QStringLiteral("carrots")};
    for (int index = 0; index < ids.size(); ++index) {
        EXPECT_EQ(controller.item(index).state, ItemState::Ready);
        EXPECT_EQ(controller.item(index).recognition->top.first().id, ids[index]);
    }
}

TEST_F(QueueAhead, AnyPhotoHasItsAnswerAtOnceAndItsPictureSoon)
{
    driver.drop(samples());
    ASSERT_TRUE(driver.waitForAnswer());
    ASSERT_TRUE(waitForAll());
    const Recognition ahead = *controller.item(4).recognition;
    controller.setCurrent(4);
    EXPECT_EQ(controller.current()->state, ItemState::Ready);
    EXPECT_TRUE(controller.currentPhoto().isNull());
    EXPECT_EQ(driver.find<CandidateCard>("candidate1")->confidence(), ahead.top.first().confidence);
    ASSERT_TRUE(waitFor([&] { return !controller.currentPhoto().isNull(); }, kPatience));
    EXPECT_EQ(controller.current()->recognition->sha256, ahead.sha256);
    EXPECT_EQ(controller.current()->recognition->embedding, ahead.embedding) << "remembered";
    EXPECT_EQ(controller.current()->recognition->times.network, 0.0) << "not computed a second time";
}

TEST_F(QueueAhead, WhatIsLearntMeanwhileCountsForAllOfThem)
{
    driver.drop(samples());
    ASSERT_TRUE(driver.waitForAnswer());
    ASSERT_TRUE(waitForAll());
    const double before = controller.item(5).recognition->top.first().confidence;
    driver.bench().settings.setCalibrated(false);
    EXPECT_TRUE(
        waitFor([&] { return controller.item(5).recognition->top.first().confidence != before; }, kPatience));
    EXPECT_EQ(controller.item(5).state, ItemState::Ready);
}

TEST_F(QueueAhead, AnotherModelRecognisesAllOfThemAnew)
{
    driver.drop(samples());
    ASSERT_TRUE(driver.waitForAnswer());
    ASSERT_TRUE(waitForAll());
    controller.recognizeAgain();
    EXPECT_EQ(known(), 0);
    EXPECT_TRUE(waitForAll());
}

TEST_F(QueueAhead, ClearingTheRestEndsIt)
{
    driver.drop(samples());
    controller.clearRest();
    EXPECT_EQ(controller.count(), 0);
    EXPECT_TRUE(waitFor([&] { return !controller.isRecognizing(); }, kPatience));
    controller.undo();
    ASSERT_EQ(controller.count(), 6);
    EXPECT_TRUE(waitForAll());
}

TEST_F(QueueAhead, APhotoThatCannotBeReadStopsNoneAndSaysWhyOnceItIsShown)
{
    QStringList files = samples();
    QFile broken(driver.home() + QStringLiteral("/broken.jpg"));
    ASSERT_TRUE(broken.open(QIODevice::WriteOnly));
    broken.write("this is no photo");
    broken.close();
    files.insert(3, broken.fileName());
    driver.drop(files);
    ASSERT_TRUE(driver.waitForAnswer());
    ASSERT_TRUE(waitFor([&] { return known() == 6 && !controller.isRecognizing(); }, kPatience));
    EXPECT_FALSE(controller.item(3).error);
    controller.setCurrent(3);
    ASSERT_TRUE(waitFor([&] { return controller.current()->state == ItemState::Failed; }, kPatience));
    EXPECT_TRUE(controller.current()->error);
}
