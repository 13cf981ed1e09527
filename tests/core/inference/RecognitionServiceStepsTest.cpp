#include "tests/core/inference/ServiceFixture.h"

using namespace goodsight;
using namespace goodsight::testsupport;

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
