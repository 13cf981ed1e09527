#include "core/learning/TeacherAnswers.h"

#include "core/model/Safetensors.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <limits>

using namespace goodsight;

namespace {

class TeacherAnswersTest : public testing::Test {
protected:
    Result<TeacherAnswers> written(const std::map<std::string, Tensor>& tensors,
                                   const QString& rows = QStringLiteral("[\"aa/0\", \"aa/1\"]"))
    {
        const QString path = folder.filePath(QStringLiteral("t.safetensors"));
        EXPECT_TRUE(
            writeSafetensors(path,
                             {{QStringLiteral("goodsight.rows"), rows},
                              {QStringLiteral("goodsight.classes"), QStringLiteral("[\"x\", \"y\", \"z\"]")}},
                             tensors, false));
        return TeacherAnswers::load(path);
    }
    QTemporaryDir folder;
};

const Tensor kLogits{{2, 3}, {1, 2, 3, 4, 5, 6}};

} // namespace

TEST_F(TeacherAnswersTest, FindsAViewsRow)
{
    const auto answers = written({{"logits", kLogits}, {"embedding", {{2, 2}, {7, 8, 9, 10}}}});
    ASSERT_TRUE(answers) << qPrintable(answers.error().message);
    EXPECT_EQ(answers->rowOf(QStringLiteral("aa"), 1), 1);
    EXPECT_EQ(answers->rowOf(QStringLiteral("aa"), 2), -1);
    EXPECT_EQ(answers->logits(1)[2], 6);
    EXPECT_EQ(answers->embeddingWidth(), 2);
    EXPECT_EQ(answers->embedding(1)[0], 9);
    EXPECT_FALSE(answers->hasImagenet());
    EXPECT_EQ(answers->classes().size(), 3);
    const auto others = written({{"logits", {{2, 3}, {1, 2, 3, 4, 5, 7}}}});
    ASSERT_TRUE(others);
    EXPECT_NE(others->fingerprint(), answers->fingerprint());
}

TEST_F(TeacherAnswersTest, RefusesWhatDoesNotFit)
{
    const std::vector<std::map<std::string, Tensor>> misfits{
        {},
        {{"logits", {{1, 3}, {1, 2, 3}}}},
        {{"logits", {{2, 2}, {1, 2, 3, 4}}}},
        {{"logits", {{6}, kLogits.values}}},
        {{"logits", {{2, 3}, {1, 2, 3, 4, 5, std::numeric_limits<float>::quiet_NaN()}}}},
        {{"logits", kLogits}, {"imagenet", {{2, 5}, std::vector<float>(10)}}},
        {{"logits", kLogits}, {"surprise", {{2, 5}, std::vector<float>(10)}}}};
    for (const auto& misfit : misfits) {
        const auto answers = written(misfit);
        ASSERT_FALSE(answers);
        EXPECT_EQ(answers.error().code, QStringLiteral("bad-teacher")) << qPrintable(answers.error().message);
    }
    EXPECT_EQ(written({{"logits", kLogits}}, QStringLiteral("[\"aa/0\", \"aa/0\"]")).error().code,
              QStringLiteral("bad-teacher"));
    EXPECT_EQ(written({{"logits", kLogits}}, QStringLiteral("no list")).error().code,
              QStringLiteral("bad-teacher"));
}
