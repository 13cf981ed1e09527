#include "core/inference/AnswerStep.h"
#include "core/inference/TemperatureScaling.h"

#include <gtest/gtest.h>

#include <functional>
#include <limits>

using namespace goodsight;

namespace {

class Step : public AnswerStep {
public:
    explicit Step(std::function<void(AnswerDraft&)> work, const char* name = "step")
        : m_work(std::move(work))
        , m_name(QString::fromLatin1(name))
    {}
    [[nodiscard]] QString name() const override { return m_name; }
    void apply(AnswerDraft& draft) const override { m_work(draft); }

private:
    const std::function<void(AnswerDraft&)> m_work;
    const QString m_name;
};

class AnswerStepTest : public testing::Test {
protected:
    ModelPackage model;
    const std::vector<float> embedding{1, 2};
    const std::vector<float> logits{3, 2, 1, 0};

    void SetUp() override
    {
        for (const char* id : {"a", "b", "c", "d"})
            model.classes.append({QString::fromLatin1(id), {}, {}});
    }
    [[nodiscard]] AnswerPipeline pipeline() const
    {
        return AnswerPipeline(AnswerDraft(model, embedding, logits, softmax(logits)));
    }
    static QString ids(const QList<Candidate>& top)
    {
        QString all;
        for (const Candidate& one : top)
            all += one.id;
        return all;
    }
};

} // namespace

TEST_F(AnswerStepTest, WithoutStepsTheHeadsAnswerStands)
{
    const QList<Candidate> top = pipeline().top(3);
    EXPECT_EQ(ids(top), QStringLiteral("abc"));
    const std::vector<double> shares = softmax(logits);
    EXPECT_EQ(top[0].confidence, shares[0]);
    EXPECT_EQ(top[0].plainConfidence, shares[0]);
    EXPECT_TRUE(top[0].moves.isEmpty());
    EXPECT_EQ(pipeline().top(0).size(), 1);
    EXPECT_EQ(pipeline().top(99).size(), 4);
}

TEST_F(AnswerStepTest, AStepMovesCandidatesAndSaysWhy)
{
    AnswerPipeline answer = pipeline();
    answer.apply(Step(
        [](AnswerDraft& draft) {
            draft.probabilities()[2] *= 100;
            draft.explain(2, QStringLiteral("because"));
        },
        "prior"));
    const QList<Candidate> top = answer.top(4);
    ASSERT_EQ(ids(top), QStringLiteral("cabd"));
    EXPECT_NEAR(top[0].plainConfidence, softmax(logits)[2], 1e-12);
    ASSERT_EQ(top[0].moves.size(), 1);
    EXPECT_EQ(top[0].moves[0].step, QStringLiteral("prior"));
    EXPECT_EQ(top[0].moves[0].from, 3);
    EXPECT_EQ(top[0].moves[0].to, 1);
    EXPECT_EQ(top[0].moves[0].reason, QStringLiteral("because"));
    EXPECT_EQ(top[1].moves[0].from, 1);
    EXPECT_EQ(top[1].moves[0].to, 2);
    EXPECT_NEAR(top[0].moves[0].change, top[0].confidence - top[0].plainConfidence, 1e-12);
    ASSERT_EQ(top[3].moves.size(), 1) << "the last stayed the last, and lost";
    EXPECT_EQ(top[3].moves[0].from, top[3].moves[0].to);
    EXPECT_LT(top[3].moves[0].change, -kWorthTelling);
    EXPECT_EQ(priorChange(top[3]), top[3].moves[0].change);
    double sum = 0;
    for (const Candidate& one : top)
        sum += one.confidence;
    EXPECT_NEAR(sum, 1, 1e-12);
}

TEST_F(AnswerStepTest, AStepAddsAProductThatTheModelDoesNotKnow)
{
    AnswerPipeline answer = pipeline();
    answer.apply(Step([](AnswerDraft& draft) {
        EXPECT_EQ(draft.embedding().size(), 2U);
        EXPECT_FALSE(draft.find(QStringLiteral("new")));
        const std::size_t at = draft.add({QStringLiteral("new"), QStringLiteral("新"), {}}, 2);
        EXPECT_EQ(draft.find(QStringLiteral("new")), at);
    }));
    answer.apply(Step([](AnswerDraft& draft) { draft.probabilities()[0] *= 10; }, "second"));
    const QList<Candidate> top = answer.top(2);
    ASSERT_EQ(ids(top), QStringLiteral("anew"));
    EXPECT_EQ(top[1].zh, QStringLiteral("新"));
    EXPECT_EQ(top[1].plainConfidence, 0);
    ASSERT_EQ(top[1].moves.size(), 2);
    EXPECT_EQ(top[1].moves[0].from, 0) << "it came in";
    EXPECT_EQ(top[1].moves[0].to, 1);
    EXPECT_EQ(top[1].moves[1].from, 1);
    EXPECT_EQ(top[1].moves[1].to, 2);
    ASSERT_EQ(top[0].moves.size(), 2) << "down by the first and up by the second";
}

TEST_F(AnswerStepTest, AStepThatLeavesNoProbabilitiesIsTakenBack)
{
    for (const double bad :
         {-1.0, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(), 0.0}) {
        AnswerPipeline answer = pipeline();
        answer.apply(Step([bad](AnswerDraft& draft) {
            draft.add({QStringLiteral("new"), {}, {}}, bad);
            draft.unknown = UnknownVerdict{1, 2};
            for (double& one : draft.probabilities())
                one = bad;
        }));
        const QList<Candidate> top = answer.top(99);
        EXPECT_EQ(ids(top), QStringLiteral("abcd")) << bad;
        EXPECT_EQ(top[0].confidence, softmax(logits)[0]);
        EXPECT_TRUE(top[0].moves.isEmpty());
        EXPECT_FALSE(answer.draft().unknown);
    }
}
