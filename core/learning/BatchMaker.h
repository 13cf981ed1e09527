#pragma once

#include "core/base/Random.h"
#include "core/learning/TeacherAnswers.h"
#include "core/learning/TrainableNetwork.h"
#include "core/learning/TrainingPlan.h"
#include "core/learning/ViewPictures.h"

namespace goodsight {

/// What a stage wants of its rows: labels smoothed and weighted, a teacher's answers, rows mirrored,
/// cropped and mixed.
class BatchMaker {
public:
    /// `photos`: the ones that are trained on. The references outlive it.
    BatchMaker(const TrainingStage& stage, const TrainingSet& set, std::span<const std::size_t> photos,
               const TeacherAnswers* teacher);

    /// The targets of rows; the views are the kept ones' numbers (from 0) where there is a teacher.
    [[nodiscard]] BatchTargets targets(std::span<const ViewRef> rows) const;
    /// Mirrors some of the rows of `input`, each of `shape`, left to right.
    void mirror(std::vector<float>& input, BoundaryShape shape, Random& random) const;
    /// Cuts a square out of each row of `input`, each of `shape`, at a place of its own; the squares of a
    /// batch have one side. Returns it.
    [[nodiscard]] int crop(std::vector<float>& input, BoundaryShape shape, Random& random) const;
    /// Mixes each row and its targets with another row's (mixup), by one share for all.
    void mix(std::vector<float>& input, BatchTargets& targets, Random& random) const;

private:
    const TrainingStage& m_stage;
    const TrainingSet& m_set;
    const TeacherAnswers* m_teacher;
    std::vector<float> m_classWeights;
    std::vector<std::size_t> m_columns; ///< of the teacher's logits, by class
};

/// The part of `targets` for rows begin .. begin + count - 1 of `rows`.
[[nodiscard]] BatchTargets slice(const BatchTargets& targets, std::size_t rows, std::size_t begin,
                                 std::size_t count);

} // namespace goodsight
