#include "core/evaluation/SwitchEffects.h"

#include "core/inference/SemanticPrior.h"
#include "core/inference/TemperatureScaling.h"

#include <gtest/gtest.h>

using namespace goodsight;

namespace {

class SwitchMeterTest : public testing::Test {
protected:
    ModelPackage model;

    void SetUp() override
    {
        model.fingerprint = QStringLiteral("weights");
        model.temperature = 2;
        for (const char* id : {"a", "b", "c"})
            model.classes.append({QString::fromLatin1(id), {}, {}});
    }
    static Recognition answer(std::vector<float> mean, bool doubtful)
    {
        Recognition answer;
        answer.logits = std::move(mean);
        answer.doubtful = doubtful;
        answer.views = 6;
        answer.times = {5, 5, 10, 60, 4};
        return answer;
    }
};

} // namespace

TEST_F(SwitchMeterTest, EachSwitchIsMeasuredByItself)
{
    SwitchMeter meter(model);
    const std::vector<float> right{4, 0, 0};
    const std::vector<float> wrong{1, 1.5F, 0};
    const CoOccurrence usual = [] {
        TimedAnswer given;
        given.labelId = QStringLiteral("a");
        given.at = QDateTime::fromSecsSinceEpoch(1, Qt::UTC);
        return CoOccurrence::learn(QList<TimedAnswer>(20, given));
    }();
    const SemanticPrior prior(std::make_shared<CoOccurrence>(usual), {}, 1);
    meter.add(0, answer(right, false), right, &prior);
    meter.add(0, answer(right, true), wrong, &prior);  // the views put it right, and Auto takes them
    meter.add(0, answer(right, false), wrong, &prior); // here Auto does not
    meter.add(0, answer(wrong, false), right, &prior); // the views spoil it
    const SwitchEffects effects = meter.finish();
    EXPECT_EQ(effects.photos, 4);
    EXPECT_EQ(effects.model, model.fingerprint);
    EXPECT_DOUBLE_EQ(effects.plain.top1, 0.5);
    EXPECT_DOUBLE_EQ(effects.automatic.top1, 0.75);
    EXPECT_DOUBLE_EQ(effects.always.top1, 0.75);
    ASSERT_TRUE(effects.prior);
    EXPECT_DOUBLE_EQ(effects.prior->top1, 1);
    EXPECT_DOUBLE_EQ(effects.uncalibrated.top1, effects.plain.top1);
    EXPECT_NE(effects.uncalibrated.ece, effects.plain.ece);
    EXPECT_DOUBLE_EQ(effects.automaticShare, 0.25);
    EXPECT_DOUBLE_EQ(effects.plainMs, 20);
    EXPECT_DOUBLE_EQ(effects.alwaysMs, 60);
    EXPECT_DOUBLE_EQ(effects.automaticMs, 18) << "Auto looks at every photo, and takes views of one";
    EXPECT_EQ(meter.finish().photos, 0) << "as new";
}

TEST_F(SwitchMeterTest, WhatWasMeasuredIsRemembered)
{
    SwitchMeter meter(model);
    const std::vector<float> logits{4, 0, 0};
    meter.add(0, answer(logits, true), logits, nullptr);
    SwitchEffects effects = meter.finish();
    EXPECT_FALSE(effects.prior);
    effects.prior = AnswerFigures{0.5, 0.75, 0.125};
    effects.priorSource = QStringLiteral("project");
    const auto read = SwitchEffects::fromJson(effects.toJson());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->toJson(), effects.toJson());
    EXPECT_DOUBLE_EQ(read->prior->ece, 0.125);
    EXPECT_FALSE(SwitchEffects::fromJson({}));
    QJsonObject damaged = effects.toJson();
    damaged.remove(QStringLiteral("model"));
    EXPECT_FALSE(SwitchEffects::fromJson(damaged));
}
