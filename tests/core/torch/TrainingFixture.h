#pragma once

#include "core/learning/FineTuner.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace goodsight {

/// A handful of coloured pictures in a folder, and a plan that learns them in seconds.
class TrainingTest : public testing::Test {
protected:
    TrainingTest();

    /// `perClass` train photos and one val photo of each of `classes` products, told apart by their colours.
    void makePhotos(int classes, int perClass);
    /// A plan of one stage over 64-pixel views.
    [[nodiscard]] static TrainingPlan smallPlan(TrainedPart part, int epochs);
    /// Starts from random weights, in a folder that no other request has.
    [[nodiscard]] FineTuneRequest request(const TrainingPlan& plan);
    [[nodiscard]] static std::unique_ptr<TrainableNetwork> network(const TrainableSpec& spec);
    /// Random weights for `classes` classes.
    [[nodiscard]] static TrainableSpec spec(int classes);

    QTemporaryDir folder;
    TrainingSet set;

private:
    int m_runs = 0;
};

/// The request that TrainAndPrint and the tests share: everything below `folder`.
[[nodiscard]] FineTuneRequest smallRequest(const TrainingPlan& plan, const TrainingSet& set,
                                           const QString& folder);
/// Writes `perClass` train photos and one val photo of each of `classes` products below `folder`.
[[nodiscard]] TrainingSet writePhotos(const QString& folder, int classes, int perClass);
/// sha256 (hex) of all numbers.
[[nodiscard]] QString digestOf(const std::map<std::string, Tensor>& weights);
/// The plan of the test of kills: two stages, batch norm, an average, mixup and mirrored views.
[[nodiscard]] TrainingPlan twoStages();

} // namespace goodsight
