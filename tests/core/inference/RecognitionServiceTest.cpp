#include "core/inference/RecognitionService.h"
#include "tests/core/inference/FakeBackend.h"
#include "tests/support/TestSupport.h"

#include <QFile>
#include <QHash>
#include <QSet>
#include <QTemporaryDir>
#include <QThread>

#include <gtest/gtest.h>

#include <memory>

using namespace goodsight;
using namespace goodsight::testsupport;

namespace {

/// A service over FakeBackend whose every signal is noted.
class ServiceTest : public testing::Test {
protected:
    std::shared_ptr<FakeScript> script = std::make_shared<FakeScript>();
    std::atomic_int loads = 0;
    std::atomic_bool loadingThrows = false;
    std::atomic_bool loadingFails = false;
    std::unique_ptr<RecognitionService> service;
    RecognitionConfig config;

    QList<LoadedModel> loaded;
    QList<Error> modelErrors;
    QHash<quint64, Recognition> answers;
    QHash<quint64, Error> errors;
    QList<quint64> dropped;
    QSet<quint64> withoutPicture; ///< ids that were asked for ahead
    QTemporaryDir folder;
    QList<quint64> order; ///< ids in the order of their endings
    QHash<quint64, int> endings;

    void SetUp() override
    {
        config.modelFile = QStringLiteral("fake.safetensors");
        config.threads = 1;
        service = std::make_unique<RecognitionService>([this](const RecognitionConfig& wanted) {
            ++loads;
            if (loadingThrows)
                throw std::runtime_error("told to throw");
            if (loadingFails)
                return Result<std::unique_ptr<Recognizer>>(fail("bad-model", QStringLiteral("told to fail")));
            return Result<std::unique_ptr<Recognizer>>(fakeRecognizer(script, wanted.threads));
        });
        const auto ended = [this](quint64 id) {
            ++endings[id];
            order += id;
            EXPECT_EQ(QThread::currentThread(), service->thread());
        };
        QObject::connect(service.get(), &RecognitionService::modelLoaded, service.get(),
                         [this](const LoadedModel& model) { loaded += model; });
        QObject::connect(service.get(), &RecognitionService::modelFailed, service.get(),
                         [this](const Error& error) { modelErrors += error; });
        QObject::connect(service.get(), &RecognitionService::recognized, service.get(),
                         [this, ended](quint64 id, const Recognition& answer, const QImage& photo) {
                             EXPECT_EQ(photo.isNull(), withoutPicture.contains(id));
                             answers[id] = answer;
                             ended(id);
                         });
        QObject::connect(service.get(), &RecognitionService::failed, service.get(),
                         [this, ended](quint64 id, const Error& error) {
                             errors[id] = error;
                             ended(id);
                         });
        QObject::connect(service.get(), &RecognitionService::dropped, service.get(),
                         [this, ended](quint64 id) {
                             dropped += id;
                             ended(id);
                         });
    }

    static PhotoSource photo(int index)
    {
        PhotoSource source;
        source.image = fakePhoto(index);
        return source;
    }
    /// Asks ahead for `count` files, the n-th of colour n % 5.
    QList<quint64> askAhead(int count)
    {
        QList<quint64> ids;
        for (int i = 0; i < count; ++i) {
            const QString file = folder.filePath(QStringLiteral("%1.png").arg(i));
            EXPECT_TRUE(fakePhoto(i % 5).save(file));
            ids += service->requestAhead(file);
            withoutPicture.insert(ids.last());
        }
        return ids;
    }
    [[nodiscard]] bool waitForEndings(int count)
    {
        return waitFor([&] { return order.size() >= count; }, 60'000);
    }
    /// Lets signals arrive that should not.
    void settle()
    {
        (void)waitFor([] { return false; }, 50);
    }
    void expectEachEndedOnce(int count) const
    {
        EXPECT_EQ(endings.size(), count);
        for (auto it = endings.cbegin(); it != endings.cend(); ++it)
            EXPECT_EQ(it.value(), 1) << "request " << it.key();
    }
};

} // namespace

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

TEST_F(ServiceTest, FilesAskedForAheadAreAnsweredInTheirOrderManyInAPass)
{
    const QList<quint64> ids = askAhead(13);
    service->configure(config);
    ASSERT_TRUE(waitForEndings(13));
    EXPECT_EQ(order, ids);
    for (int i = 0; i < ids.size(); ++i)
        EXPECT_EQ(answers[ids[i]].top[0].id, QStringLiteral("grey-%1").arg(i % 5));
    EXPECT_EQ(script->runs, 4) << "one alone, then four at a time";
}

TEST_F(ServiceTest, WhoeverWaitsGoesBeforeWhatIsAskedForAhead)
{
    script->gated = true;
    service->configure(config);
    const QList<quint64> ids = askAhead(20);
    ASSERT_TRUE(waitFor([&] { return script->runs == 1; }));
    const auto viewed = service->request(photo(3), QStringLiteral("main"));
    const auto queued = service->request(photo(4));
    script->gate.release(100);
    ASSERT_TRUE(waitForEndings(22));
    EXPECT_EQ(order.first(3), (QList<quint64>{ids[0], viewed, queued}));
    EXPECT_EQ(order.mid(3), ids.mid(1)) << "nothing is lost or comes twice";
    expectEachEndedOnce(22);
}

TEST_F(ServiceTest, WhatWasAskedForAheadIsCancelledAtOnce)
{
    script->gated = true;
    service->configure(config);
    const QList<quint64> ids = askAhead(20);
    ASSERT_TRUE(waitFor([&] { return script->runs == 1; }));
    for (const quint64 id : ids) {
        if (id != ids[17])
            service->cancel(id);
    }
    script->gate.release(100);
    ASSERT_TRUE(waitForEndings(20));
    settle();
    expectEachEndedOnce(20);
    EXPECT_EQ(dropped.size(), 19);
    EXPECT_TRUE(answers.contains(ids[17]));
    EXPECT_EQ(script->runs, 2) << "the pass that ran, and that of the one that is still wanted";
}

TEST_F(ServiceTest, AFileAheadThatCannotBeReadFailsAlone)
{
    service->configure(config);
    const QList<quint64> ids = askAhead(6);
    ASSERT_TRUE(waitForEndings(6));
    withoutPicture.insert(service->requestAhead(folder.filePath(QStringLiteral("nowhere.png"))));
    const QList<quint64> more = askAhead(3);
    ASSERT_TRUE(waitForEndings(10));
    EXPECT_EQ(errors.size(), 1);
    EXPECT_EQ(errors.cbegin()->code, QStringLiteral("not-found"));
    EXPECT_TRUE(answers.contains(more.last()));
}

TEST_F(ServiceTest, WithoutAModelFilesAheadFailWithItsError)
{
    loadingFails = true;
    service->configure(config);
    askAhead(3);
    ASSERT_TRUE(waitForEndings(3));
    EXPECT_EQ(errors.size(), 3);
    EXPECT_EQ(errors.cbegin()->code, QStringLiteral("bad-model"));
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

namespace {

/// Says in two places which steps an answer was made with; both must agree.
class MarkStep : public AnswerStep {
public:
    MarkStep(int mark, const char* name)
        : m_mark(mark)
        , m_name(QString::fromLatin1(name))
    {}
    [[nodiscard]] QString name() const override { return m_name; }
    void apply(AnswerDraft& draft) const override
    {
        draft.add({m_name + QString::number(m_mark), {}, {}}, 1e6);
    }

private:
    const int m_mark;
    const QString m_name;
};

AnswerSteps marked(int mark)
{
    return {std::make_shared<MarkStep>(mark, "first-"), std::make_shared<MarkStep>(mark, "second-")};
}

} // namespace

TEST_F(ServiceTest, StepsAreSwappedWholeWhilePhotosAreAnswered)
{
    config.topCount = 7;
    service->configure(config);
    QList<quint64> ids;
    for (int mark = 0; mark < 200; ++mark) {
        service->setSteps(marked(mark));
        ids += service->request(photo(mark % 5));
        if (mark % 3 == 0)
            QThread::yieldCurrentThread();
    }
    ASSERT_TRUE(waitForEndings(200));
    for (qsizetype i = 0; i < ids.size(); ++i) {
        QStringList marks;
        for (const Candidate& one : answers[ids[i]].top) {
            if (one.id.startsWith(QLatin1String("first-")) || one.id.startsWith(QLatin1String("second-")))
                marks += one.id.section(u'-', 1);
        }
        ASSERT_EQ(marks.size(), 2);
        EXPECT_EQ(marks[0], marks[1]);
        EXPECT_GE(marks[0].toInt(), i) << "no older steps than those when it was asked for";
    }
}

TEST_F(ServiceTest, StepsStayWhenTheModelChangesAndGoWhenTheyAreTaken)
{
    service->setSteps(marked(1));
    service->configure(config);
    const auto first = service->request(photo(2));
    ASSERT_TRUE(waitForEndings(1));
    EXPECT_EQ(answers[first].top[0].id, QStringLiteral("second-1"));
    config.modelFile = QStringLiteral("other.safetensors");
    service->configure(config);
    const auto second = service->request(photo(2));
    ASSERT_TRUE(waitForEndings(2));
    EXPECT_EQ(loads, 2);
    EXPECT_EQ(answers[second].top[0].id, QStringLiteral("second-1"));
    service->setSteps({});
    const auto third = service->request(photo(2));
    ASSERT_TRUE(waitForEndings(3));
    EXPECT_EQ(answers[third].top[0].id, QStringLiteral("grey-2"));
    EXPECT_EQ(answers[third].top[0].plainConfidence, answers[third].top[0].confidence);
}

TEST_F(ServiceTest, FilesAheadAreAnsweredWithTheStepsOfTheMoment)
{
    script->gated = true;
    service->configure(config);
    const QList<quint64> ids = askAhead(20);
    ASSERT_TRUE(waitFor([&] { return script->runs == 1; }));
    service->setSteps(marked(1));
    script->gate.release(100);
    ASSERT_TRUE(waitForEndings(20));
    EXPECT_EQ(order, ids);
    for (const quint64 id : ids.mid(1))
        EXPECT_EQ(answers[id].top[0].id, QStringLiteral("second-1"));
}

TEST(RecognitionServiceAgain, AnAnswerIsGivenAgainByTheNewStepsWithoutANetworkPass)
{
    constexpr std::size_t kWidth = 512;
    const auto script = std::make_shared<FakeScript>();
    RecognitionService service([script](const RecognitionConfig&) -> Result<std::unique_ptr<Recognizer>> {
        ModelPackage package = fakePackage();
        package.backbone = QStringLiteral("backbone");
        Tensor weight{{5, kWidth}, std::vector<float>(5 * kWidth)};
        for (std::size_t k = 0; k < 5; ++k)
            weight.values[k * kWidth + k] = 1;
        package.weights["fc.weight"] = weight;
        package.weights["fc.bias"] = {{5}, std::vector<float>(5)};
        return std::make_unique<Recognizer>(std::move(package), std::make_unique<FakeBackend>(script), 1);
    });
    QList<Recognition> answers;
    QObject::connect(&service, &RecognitionService::recognized, &service,
                     [&](quint64, const Recognition& answer, const QImage& photo) {
                         EXPECT_TRUE(photo.isNull());
                         answers += answer;
                     });
    RecognitionConfig config;
    config.modelFile = QStringLiteral("fake.safetensors");
    service.configure(config);
    Recognition before;
    before.modelFingerprint = QStringLiteral("f00d");
    before.embeddingKey = QStringLiteral("key");
    before.embedding.resize(kWidth);
    before.embedding[3] = 5;
    before.sha256 = QStringLiteral("abc");
    before.originalSize = QSize(30, 40);
    const auto again = [&] {
        const auto count = answers.size() + 1;
        service.answerAgain(before);
        EXPECT_TRUE(waitFor([&] { return answers.size() == count; }, 60'000));
        return answers.value(count - 1);
    };
    const Recognition first = again();
    const int runs = script->runs;
    EXPECT_EQ(first.top.value(0).id, QStringLiteral("grey-3"));
    EXPECT_EQ(first.sha256, before.sha256);
    EXPECT_EQ(first.originalSize, before.originalSize);
    EXPECT_EQ(first.embedding, before.embedding);
    service.setSteps(marked(4));
    EXPECT_EQ(again().top.value(0).id, QStringLiteral("second-4"));
    EXPECT_EQ(script->runs, runs);

    before.modelFingerprint = QStringLiteral("another");
    before.model = QStringLiteral("as it was");
    const Recognition other = again();
    EXPECT_TRUE(other.top.isEmpty());
    EXPECT_EQ(other.model, before.model);
}
