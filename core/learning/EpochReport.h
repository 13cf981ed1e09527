#pragma once

#include <QJsonObject>
#include <QList>

namespace goodsight {

/// How a run of training stands after an epoch. Accuracies are shares from 0 to 1; a loss or an accuracy that
/// was not measured (no val photos) is NaN.
struct EpochReport {
    int stage = 0;        ///< from 0
    int epoch = 0;        ///< of the stage, from 0
    int epochs = 0;       ///< of the stage
    double trainLoss = 0; ///< mean of what was minimised: regularised labels, a teacher's part and all
    double valLoss = 0;   ///< mean negative log-likelihood of the true class
    double trainTop1 = 0; ///< of the augmented views, while the weights moved
    double trainTop3 = 0;
    double valTop1 = 0; ///< of the plain views, by the weights that would be kept (the moving average)
    double valTop3 = 0;
    double secondsLeft = 0;     ///< of the whole run, judged by what is done; -1 while unknown
    QList<int> worstClasses;    ///< indices of TrainingSet::classes, worst val recall first, at most 5
    QList<double> worstRecalls; ///< theirs, 0..1

    /// One line of `goodsight-cli train`: the fields by their names in snake_case, unmeasured ones null.
    [[nodiscard]] QJsonObject toJson() const;
    /// What toJson() wrote; what is not there keeps its default, null is NaN.
    [[nodiscard]] static EpochReport fromJson(const QJsonObject& json);
};

} // namespace goodsight
