#pragma once

#include "ui/training/TrainingRun.h"

#include <memory>

namespace goodsight::testsupport {

/// What a fake training does: no network learns, the numbers come from here.
struct FakeTraining {
    QList<ModelClass> classes;
    QList<int> photos; ///< of each class that are learnt from
    QList<EpochReport> epochs;
    int pause = 0;     ///< milliseconds between epochs
    bool hang = false; ///< after the epochs, work on until it is stopped
    Error failure;     ///< empty code: it succeeds
    QString model = QStringLiteral("groceries-2");
    QStringList lost;           ///< files that are passed over
    bool keeps = false;         ///< a run in the wish's folder, until it succeeds
    QList<TrainingWish> wishes; ///< noted: what the factory was asked for
};

/// A factory whose jobs do what `script` says when they start; the test may change it between runs.
[[nodiscard]] TrainingJobFactory fakeTrainingFactory(std::shared_ptr<FakeTraining> script);

/// `count` epochs of a run that learns: loss falls, accuracy rises towards `top1`.
[[nodiscard]] QList<EpochReport> learningCurve(int count, double top1);

} // namespace goodsight::testsupport
