#include "tests/core/inference/ServiceFixture.h"

using namespace goodsight;
using namespace goodsight::testsupport;

TEST_F(ServiceTest, AnswersARequest)
{
    service->configure(config);
    const auto id = service->request(photo(3), QStringLiteral("main"));
    EXPECT_TRUE(order.isEmpty()) << "signals come later than the call";
    ASSERT_TRUE(waitForEndings(1));
    ASSERT_TRUE(answers.contains(id));
    EXPECT_EQ(answers[id].top[0].id, QStringLiteral("grey-3"));
    ASSERT_EQ(loaded.size(), 1);
    EXPECT_EQ(loaded[0].name, QStringLiteral("fake"));
    EXPECT_EQ(loaded[0].classes, 5);
    EXPECT_EQ(loaded[0].threads, 1);
}

TEST_F(ServiceTest, ThePictureForShowingIsNeverLargerThanAScreenNeeds)
{
    QHash<quint64, QImage> shown;
    QObject::connect(service.get(), &RecognitionService::recognized, service.get(),
                     [&](quint64 id, const Recognition&, const QImage& photo) { shown.insert(id, photo); });
    service->configure(config);
    struct Case {
        QSize photo;
        QSize shown;
    };
    const QList<Case> cases{{{320, 300}, {320, 300}},     {{2048, 1000}, {2048, 1000}},
                            {{3000, 2000}, {2048, 1365}}, {{5000, 6000}, {1706, 2048}},
                            {{7000, 300}, {2048, 87}},    {{1, 9000}, {1, 2048}},
                            {{12'000, 40}, {2048, 6}}};
    int count = 0;
    for (const Case& one : cases) {
        PhotoSource source;
        source.image = fakePhoto(3, one.photo);
        const auto id = service->request(source);
        ASSERT_TRUE(waitForEndings(++count));
        EXPECT_EQ(shown[id].size(), one.shown) << one.photo.width() << 'x' << one.photo.height();
        EXPECT_EQ(answers[id].originalSize, one.photo);
        const QPoint middle(one.shown.width() / 2, one.shown.height() / 2);
        EXPECT_EQ(shown[id].pixel(middle), source.image.pixel(0, 0));
    }
}

TEST_F(ServiceTest, RequestsBeforeTheFirstModelWaitForIt)
{
    const auto id = service->request(photo(1));
    settle();
    EXPECT_TRUE(order.isEmpty());
    service->configure(config);
    ASSERT_TRUE(waitForEndings(1));
    EXPECT_TRUE(answers.contains(id));
}

TEST_F(ServiceTest, TheNewestOfAViewWins)
{
    script->gated = true;
    service->configure(config);
    const auto first = service->request(photo(0), QStringLiteral("main"));
    ASSERT_TRUE(waitFor([&] { return script->runs == 1; }));
    // The first is in the network and the second waits when the third comes.
    const auto second = service->request(photo(1), QStringLiteral("main"));
    const auto third = service->request(photo(2), QStringLiteral("main"));
    const auto other = service->request(photo(4), QStringLiteral("camera"));
    script->gate.release(10);
    ASSERT_TRUE(waitForEndings(4));
    settle();
    expectEachEndedOnce(4);
    EXPECT_EQ(dropped, (QList<quint64>{first, second}));
    EXPECT_EQ(answers[third].top[0].id, QStringLiteral("grey-2"));
    EXPECT_EQ(answers[other].top[0].id, QStringLiteral("grey-4"));
    EXPECT_EQ(script->runs, 3) << "the second never reached the network";
}

TEST_F(ServiceTest, AnAnswerThatIsOnItsWayIsNotDeliveredOnceSuperseded)
{
    service->configure(config);
    const auto first = service->request(photo(0), QStringLiteral("main"));
    // No event loop runs here, so the answer lies in the queue when the newer request is made.
    while (script->runs < 1)
        QThread::msleep(1);
    QThread::msleep(50);
    const auto second = service->request(photo(1), QStringLiteral("main"));
    ASSERT_TRUE(waitForEndings(2));
    settle();
    expectEachEndedOnce(2);
    EXPECT_EQ(dropped, QList<quint64>{first});
    EXPECT_TRUE(answers.contains(second));
}

TEST_F(ServiceTest, RequestsWithoutAViewAreAllAnsweredInOrder)
{
    service->configure(config);
    QList<quint64> ids;
    for (int i = 0; i < 30; ++i)
        ids += service->request(photo(i % 5));
    ASSERT_TRUE(waitForEndings(30));
    EXPECT_EQ(order, ids);
    EXPECT_EQ(answers.size(), 30);
}

TEST_F(ServiceTest, AViewGoesBeforeAQueueAndDoesNotStarveIt)
{
    script->gated = true;
    service->configure(config);
    const auto running = service->request(photo(0));
    ASSERT_TRUE(waitFor([&] { return script->runs == 1; }));
    const auto queued1 = service->request(photo(1));
    const auto queued2 = service->request(photo(2));
    const auto a = service->request(photo(3), QStringLiteral("a"));
    const auto b = service->request(photo(4), QStringLiteral("b"));
    script->gate.release(10);
    ASSERT_TRUE(waitForEndings(5));
    EXPECT_EQ(order, (QList<quint64>{running, a, queued1, b, queued2}));
}

TEST_F(ServiceTest, CancelDropsWhatWaitsAndWhatRuns)
{
    script->gated = true;
    service->configure(config);
    const auto running = service->request(photo(0));
    ASSERT_TRUE(waitFor([&] { return script->runs == 1; }));
    const auto waiting = service->request(photo(1));
    const auto kept = service->request(photo(2));
    service->cancel(waiting);
    service->cancel(running);
    service->cancel(running);
    service->cancel(4711);
    EXPECT_TRUE(order.isEmpty()) << "dropped() comes later than the call";
    script->gate.release(10);
    ASSERT_TRUE(waitForEndings(3));
    settle();
    expectEachEndedOnce(3);
    EXPECT_EQ(dropped, (QList<quint64>{waiting, running}));
    EXPECT_TRUE(answers.contains(kept));
    service->cancel(kept);
    settle();
    expectEachEndedOnce(3);
}

TEST_F(ServiceTest, CancelAllDropsEverything)
{
    script->gated = true;
    service->configure(config);
    for (int i = 0; i < 10; ++i)
        service->request(photo(i % 5), i % 2 ? QString() : QStringLiteral("view %1").arg(i));
    ASSERT_TRUE(waitFor([&] { return script->runs == 1; }));
    service->cancelAll();
    script->gate.release(10);
    ASSERT_TRUE(waitForEndings(10));
    settle();
    expectEachEndedOnce(10);
    EXPECT_EQ(dropped.size(), 10);
}

TEST_F(ServiceTest, ExceptionsBecomeErrorsAndTheNextPhotoIsAnswered)
{
    service->configure(config);
    const QList<std::pair<FakeScript::Mood, QString>> moods{
        {FakeScript::Mood::Throw, QStringLiteral("internal")},
        {FakeScript::Mood::ThrowInt, QStringLiteral("internal")},
        {FakeScript::Mood::ThrowBadAlloc, QStringLiteral("out-of-memory")},
        {FakeScript::Mood::Fail, QStringLiteral("backend-failed")},
    };
    int count = 0;
    for (const auto& [mood, code] : moods) {
        script->mood = mood;
        const auto id = service->request(photo(0), QStringLiteral("main"));
        ASSERT_TRUE(waitForEndings(++count));
        EXPECT_EQ(errors[id].code, code);
        EXPECT_FALSE(errors[id].message.isEmpty());
    }
    script->mood = FakeScript::Mood::Answer;
    const auto id = service->request(photo(0), QStringLiteral("main"));
    ASSERT_TRUE(waitForEndings(++count));
    EXPECT_TRUE(answers.contains(id));
    expectEachEndedOnce(count);
}

TEST_F(ServiceTest, APhotoThatCannotBeReadFails)
{
    service->configure(config);
    PhotoSource source;
    source.path = QStringLiteral("/nowhere/苹果.jpg");
    const auto id = service->request(source);
    ASSERT_TRUE(waitForEndings(1));
    EXPECT_EQ(errors[id].code, QStringLiteral("not-found"));
}

TEST_F(ServiceTest, AModelThatFailsToLoadFailsTheRequests)
{
    loadingFails = true;
    const auto id = service->request(photo(0));
    service->configure(config);
    ASSERT_TRUE(waitForEndings(1));
    ASSERT_EQ(modelErrors.size(), 1);
    EXPECT_EQ(modelErrors[0].code, QStringLiteral("bad-model"));
    EXPECT_EQ(errors[id].code, QStringLiteral("bad-model"));
    loadingFails = false;
    loadingThrows = true;
    service->configure(config);
    ASSERT_TRUE(waitFor([&] { return modelErrors.size() == 2; }));
    EXPECT_EQ(modelErrors[1].code, QStringLiteral("internal"));
    loadingThrows = false;
    service->configure(config);
    ASSERT_TRUE(waitFor([&] { return loaded.size() == 1; }));
    service->request(photo(0));
    ASSERT_TRUE(waitForEndings(2));
    EXPECT_EQ(answers.size(), 1);
}

TEST_F(ServiceTest, AFailedChangeKeepsTheModelThatWorks)
{
    service->configure(config);
    ASSERT_TRUE(waitFor([&] { return loaded.size() == 1; }));
    loadingFails = true;
    config.modelFile = QStringLiteral("other.safetensors");
    service->configure(config);
    const auto id = service->request(photo(2));
    ASSERT_TRUE(waitForEndings(1));
    EXPECT_EQ(modelErrors.size(), 1);
    EXPECT_TRUE(answers.contains(id));
}

TEST_F(ServiceTest, NewNumbersAreTakenWithoutLoadingAgain)
{
    service->configure(config);
    ASSERT_TRUE(waitFor([&] { return loaded.size() == 1; }));
    config.topCount = 5;
    config.reviewThreshold = 0.99999;
    config.threads = 2;
    service->configure(config);
    const auto id = service->request(photo(2));
    ASSERT_TRUE(waitForEndings(1));
    EXPECT_EQ(loads, 1);
    EXPECT_EQ(loaded.size(), 2);
    EXPECT_EQ(script->threads, usableThreads(2));
    EXPECT_EQ(answers[id].top.size(), 5);
    EXPECT_TRUE(answers[id].needsReview);

    config.modelFile = QStringLiteral("other.safetensors");
    service->configure(config);
    ASSERT_TRUE(waitFor([&] { return loaded.size() == 3; }));
    EXPECT_EQ(loads, 2);
}

TEST_F(ServiceTest, AModelFileThatChangedIsLoadedAgain)
{
    config.modelFile = folder.filePath(QStringLiteral("model.safetensors"));
    QFile file(config.modelFile);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("one");
    file.flush();
    service->configure(config);
    ASSERT_TRUE(waitFor([&] { return loaded.size() == 1; }));
    file.write("two");
    file.close();
    service->configure(config);
    ASSERT_TRUE(waitFor([&] { return loaded.size() == 2; }));
    EXPECT_EQ(loads, 2);
}

TEST_F(ServiceTest, ReconfiguringWhileRequestsWaitAnswersThemWithTheNewModel)
{
    script->gated = true;
    service->configure(config);
    const auto running = service->request(photo(0));
    ASSERT_TRUE(waitFor([&] { return script->runs == 1; }));
    const auto waiting = service->request(photo(1));
    config.topCount = 1;
    service->configure(config);
    script->gate.release(10);
    ASSERT_TRUE(waitForEndings(2));
    EXPECT_EQ(answers[running].top.size(), 3);
    EXPECT_EQ(answers[waiting].top.size(), 1);
}

TEST_F(ServiceTest, FiveHundredQuickRequestsEndOnceEachAndTheLastIsAnswered)
{
    script->milliseconds = 1;
    service->configure(config);
    quint64 last = 0;
    for (int i = 0; i < 500; ++i) {
        last = service->request(photo(i % 5), QStringLiteral("camera"));
        if (i % 50 == 49)
            (void)waitFor([] { return false; }, 5);
    }
    ASSERT_TRUE(waitForEndings(500));
    settle();
    expectEachEndedOnce(500);
    ASSERT_TRUE(answers.contains(last));
    EXPECT_EQ(answers[last].top[0].id, QStringLiteral("grey-4"));
    EXPECT_GT(dropped.size(), 400);
}

TEST_F(ServiceTest, ASlotMayAskAgainAndCancel)
{
    service->configure(config);
    int rounds = 0;
    QObject::connect(service.get(), &RecognitionService::recognized, service.get(),
                     [&](quint64 id, const Recognition&, const QImage&) {
                         service->cancel(id);
                         if (++rounds < 5)
                             service->request(photo(rounds), QStringLiteral("main"));
                     });
    service->request(photo(0), QStringLiteral("main"));
    ASSERT_TRUE(waitForEndings(5));
    settle();
    expectEachEndedOnce(5);
    EXPECT_TRUE(dropped.isEmpty());
}

TEST_F(ServiceTest, DestructionInMidRunWaitsForThePassAndSendsNothing)
{
    for (int round = 0; round < 20; ++round) {
        script->milliseconds = round;
        service->configure(config);
        for (int i = 0; i < 5; ++i)
            service->request(photo(i), i % 2 ? QString() : QStringLiteral("main"));
        if (round % 3 == 0)
            QThread::msleep(static_cast<unsigned long>(round));
        if (round % 3 == 1)
            (void)waitFor([] { return false; }, round);
        const auto before = order.size();
        service.reset();
        settle();
        EXPECT_EQ(order.size(), before);
        SetUp();
    }
}

TEST_F(ServiceTest, DestructionWhileAModelLoadsIsClean)
{
    service->configure(config);
    service.reset();
    SetUp();
    service.reset();
}
