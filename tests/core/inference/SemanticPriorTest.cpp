#include "core/inference/SemanticPrior.h"
#include "core/inference/TemperatureScaling.h"

#include <QBuffer>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

using namespace goodsight;

namespace {

TimedAnswer answered(const QString& label, qint64 minute)
{
    TimedAnswer answer;
    answer.labelId = label;
    answer.at = QDateTime::fromMSecsSinceEpoch(minute * 60'000);
    return answer;
}

class SemanticPriorTest : public testing::Test {
protected:
    ModelPackage model;
    const std::vector<float> logits{2, 1.9F, 1.8F, 0};

    void SetUp() override
    {
        for (const char* id : {"apple", "milk", "cereal", "soap"})
            model.classes.append({QString::fromLatin1(id), {}, QString::fromLatin1(id).toUpper()});
    }
    [[nodiscard]] QList<Candidate> answer(const SemanticPrior& prior) const
    {
        AnswerPipeline pipeline(AnswerDraft(model, {}, logits, softmax(logits)));
        pipeline.apply(prior);
        return pipeline.top(4);
    }
    static std::shared_ptr<const CoOccurrence> learn(const QList<std::pair<const char*, qint64>>& answers)
    {
        std::vector<TimedAnswer> timed;
        for (const auto& [id, minute] : answers)
            timed.push_back(answered(QString::fromLatin1(id), minute));
        return std::make_shared<CoOccurrence>(CoOccurrence::learn(timed));
    }
    static Result<CoOccurrence> read(QByteArray text)
    {
        QBuffer buffer(&text);
        buffer.open(QIODevice::ReadOnly);
        return CoOccurrence::read(buffer, QStringLiteral("prior.csv"));
    }
};

} // namespace

TEST_F(SemanticPriorTest, CountsPairsOfASessionInBothDirections)
{
    const auto table =
        learn({{"milk", 0}, {"cereal", 1}, {"milk", 2}, {"soap", 33}, {"apple", 34}, {"apple", 35}});
    EXPECT_EQ(table->count(QStringLiteral("milk")), 2);
    EXPECT_EQ(table->partners(QStringLiteral("milk")).value(QStringLiteral("cereal")), 2);
    EXPECT_EQ(table->partners(QStringLiteral("cereal")).value(QStringLiteral("milk")), 2);
    EXPECT_EQ(table->partners(QStringLiteral("milk")).value(QStringLiteral("milk")), 1);
    EXPECT_EQ(table->partners(QStringLiteral("apple")).value(QStringLiteral("apple")), 1);
    EXPECT_FALSE(table->partners(QStringLiteral("milk")).contains(QStringLiteral("soap"))) << "after a pause";
    EXPECT_TRUE(learn({})->isEmpty());
}

TEST_F(SemanticPriorTest, OnlyNearNeighboursArePairs)
{
    const auto table = learn({{"apple", 0}, {"milk", 1}, {"milk", 2}, {"milk", 3}, {"soap", 4}});
    EXPECT_FALSE(table->partners(QStringLiteral("apple")).contains(QStringLiteral("soap")));
    EXPECT_EQ(table->partners(QStringLiteral("soap")).value(QStringLiteral("milk")), 3);
}

TEST_F(SemanticPriorTest, WhatWasAnsweredTogetherMovesUpWithAReason)
{
    QList<std::pair<const char*, qint64>> breakfasts;
    for (qint64 day = 0; day < 10; ++day)
        breakfasts.append({{"milk", 100 * day}, {"cereal", 100 * day + 1}});
    const auto table = learn(breakfasts);
    const QList<Candidate> top = answer(SemanticPrior(table, {QStringLiteral("milk")}, 1));
    ASSERT_EQ(top[0].id, QStringLiteral("cereal"));
    ASSERT_EQ(top[0].moves.size(), 1);
    EXPECT_EQ(top[0].moves[0].step, QStringLiteral("prior"));
    EXPECT_EQ(top[0].moves[0].from, 3);
    EXPECT_EQ(top[0].moves[0].to, 1);
    EXPECT_TRUE(top[0].moves[0].reason.contains(QStringLiteral("MILK")))
        << qPrintable(top[0].moves[0].reason);
}

TEST_F(SemanticPriorTest, FollowsItsFormula)
{
    const auto table = learn({{"milk", 0}, {"cereal", 1}, {"cereal", 100}});
    // Frequencies (1, 2, 3, 1) / 7; one pair of milk, with cereal, and kBackOff = 5 of the frequencies.
    const SemanticPrior prior(table, {QStringLiteral("milk")}, 0.5);
    const std::vector<double> shares = prior.shares(model.classes);
    const std::vector<double> expected{5.0 / 7 / 6, 10.0 / 7 / 6, (1 + 15.0 / 7) / 6, 5.0 / 7 / 6};
    const std::vector<double> plain = softmax(logits);
    const double strength = 0.5 * 3 / (3 + SemanticPrior::kTrusted);
    double sum = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_NEAR(shares[i], expected[i], 1e-12);
        sum += plain[i] * std::pow(expected[i], strength);
    }
    for (const Candidate& one : answer(prior)) {
        const auto at = static_cast<std::size_t>(
            std::find_if(model.classes.begin(), model.classes.end(),
                         [&](const ModelClass& product) { return product.id == one.id; }) -
            model.classes.begin());
        EXPECT_NEAR(one.confidence, plain[at] * std::pow(expected[at], strength) / sum, 1e-12);
        EXPECT_NEAR(one.plainConfidence, plain[at], 1e-12);
    }
}

TEST_F(SemanticPriorTest, NoProductIsEverImpossible)
{
    std::vector<TimedAnswer> many;
    for (int i = 0; i < 5000; ++i)
        many.push_back(answered(QStringLiteral("milk"), i));
    const auto table = std::make_shared<CoOccurrence>(CoOccurrence::learn(many));
    for (const QStringList& recent :
         {QStringList{}, QStringList{QStringLiteral("milk")}, QStringList{QStringLiteral("never-seen")},
          QStringList(10, QStringLiteral("milk"))}) {
        for (const double strength : {0.0, 0.3, 1.0, 3.0}) {
            const SemanticPrior prior(table, recent, strength);
            const std::vector<double> shares = prior.shares(model.classes);
            EXPECT_NEAR(std::accumulate(shares.begin(), shares.end(), 0.0), 1, 1e-12);
            for (const double share : shares)
                EXPECT_GT(share, 0);
            for (const Candidate& one : answer(prior))
                EXPECT_GT(one.confidence, 0) << qPrintable(one.id);
        }
    }
}

TEST_F(SemanticPriorTest, WithoutStrengthOrKnowledgeNothingMoves)
{
    const auto table = learn({{"milk", 0}, {"cereal", 1}});
    for (const QList<Candidate>& top :
         {answer(SemanticPrior(table, {QStringLiteral("milk")}, 0)),
          answer(SemanticPrior(std::make_shared<CoOccurrence>(), {QStringLiteral("milk")}, 1)),
          answer(SemanticPrior(std::make_shared<CoOccurrence>(), {}, 1))}) {
        for (qsizetype i = 0; i < top.size(); ++i) {
            EXPECT_EQ(top[i].id, model.classes[i].id);
            EXPECT_NEAR(top[i].confidence, top[i].plainConfidence, 1e-12);
            EXPECT_TRUE(top[i].moves.isEmpty());
        }
    }
}

TEST_F(SemanticPriorTest, FrequencyAloneIsThePriorOfAFreshSession)
{
    const auto table = learn({{"soap", 0}, {"soap", 100}, {"milk", 200}});
    const std::vector<double> shares = SemanticPrior(table, {}, 1).shares(model.classes);
    EXPECT_NEAR(shares[3], 3.0 / 7, 1e-12);
    EXPECT_NEAR(shares[1], 2.0 / 7, 1e-12);
    EXPECT_NEAR(shares[0], 1.0 / 7, 1e-12);
}

TEST_F(SemanticPriorTest, AFewAnswersHardlyMoveADoubtfulPhotoAndManyDo)
{
    constexpr int kProducts = 81;
    model.classes.clear();
    std::vector<float> doubtful(kProducts, 0);
    for (int i = 0; i < kProducts; ++i)
        model.classes.append({QStringLiteral("product-%1").arg(i), {}, {}});
    doubtful[0] = 2.5F; // 13 %
    doubtful[1] = 2;
    const QString usual = model.classes[1].id;
    const auto rise = [&](int answers) {
        const auto table = std::make_shared<CoOccurrence>(CoOccurrence::learn([&] {
            std::vector<TimedAnswer> given;
            for (int i = 0; i < answers; ++i)
                given.push_back(answered(usual, i));
            return given;
        }()));
        AnswerPipeline pipeline(AnswerDraft(model, {}, doubtful, softmax(doubtful)));
        pipeline.apply(SemanticPrior(table, QStringList(3, usual), SemanticPrior::kStrength));
        const QList<Candidate> all = pipeline.top(kProducts);
        const auto moved = std::find_if(all.begin(), all.end(),
                                        [&](const Candidate& candidate) { return candidate.id == usual; });
        return moved->confidence - moved->plainConfidence;
    };
    EXPECT_GT(rise(3), 0);
    EXPECT_LE(rise(3), 0.02);
    EXPECT_GT(rise(10), rise(3));
    EXPECT_GE(rise(200), 0.3);
}

TEST_F(SemanticPriorTest, ATableThatAPersonMadeCountsWhole)
{
    const auto table = read("label_a,label_b,weight\nmilk,cereal,10\n");
    ASSERT_TRUE(table);
    EXPECT_EQ(table->answers(), 0);
    EXPECT_EQ(learn({{"milk", 0}, {"milk", 500}})->answers(), 2);
    const QList<Candidate> top =
        answer(SemanticPrior(std::make_shared<CoOccurrence>(*table), {QStringLiteral("milk")}, 1));
    EXPECT_EQ(top[0].id, QStringLiteral("cereal"));
    // cereal (10 + 5/4) / 15 and apple (5/4) / 15.
    const std::vector<double> plain = softmax(logits);
    EXPECT_NEAR(top[0].confidence / top.at(1).confidence, plain[2] * 9 / plain[0], 1e-9);
}

TEST_F(SemanticPriorTest, ATableIsReadFromCsv)
{
    const auto table = read("label_a,label_b,weight\nmilk,cereal,2.5\nsoap,soap,1\n");
    ASSERT_TRUE(table) << qPrintable(table.error().message);
    EXPECT_EQ(table->partners(QStringLiteral("cereal")).value(QStringLiteral("milk")), 2.5);
    EXPECT_EQ(table->partners(QStringLiteral("soap")).value(QStringLiteral("soap")), 1);
    const QTemporaryDir folder;
    EXPECT_EQ(CoOccurrence::load(folder.filePath(QStringLiteral("none.csv"))).error().code,
              QStringLiteral("not-found"));
}

TEST_F(SemanticPriorTest, ATableThatIsWrongNamesTheLine)
{
    const QByteArray head = "label_a,label_b,weight\n\nmilk,soap,1\n";
    for (const auto& [line, text] : QList<std::pair<int, QByteArray>>{{1, ""},
                                                                      {1, "milk,soap,1\n"},
                                                                      {1, "label_a,label_b\n"},
                                                                      {4, head + "milk,cereal\n"},
                                                                      {4, head + "milk,cereal,1,2\n"},
                                                                      {4, head + "Milk,cereal,1\n"},
                                                                      {4, head + ",cereal,1\n"},
                                                                      {4, head + "milk,cereal,-1\n"},
                                                                      {4, head + "milk,cereal,nan\n"},
                                                                      {4, head + "milk,cereal,inf\n"},
                                                                      {4, head + "milk,cereal,much\n"},
                                                                      {4, head + "milk,cereal,\n"},
                                                                      {4, head + "soap,milk,2\n"}}) {
        const auto table = read(text);
        ASSERT_FALSE(table) << text.constData();
        EXPECT_EQ(table.error().code, QStringLiteral("bad-prior-table"));
        EXPECT_TRUE(table.error().message.contains(QStringLiteral("line %1").arg(line)))
            << qPrintable(table.error().message);
    }
    EXPECT_EQ(read("label_a,label_b,weight\na,\"b").error().code, QStringLiteral("bad-csv"));
}
