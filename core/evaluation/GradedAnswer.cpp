#include "core/evaluation/GradedAnswer.h"

#include <cmath>

namespace goodsight {

std::vector<GradedAnswer> grade(std::span<const ScoredPhoto> photos)
{
    std::vector<GradedAnswer> answers;
    answers.reserve(photos.size());
    for (const ScoredPhoto& photo : photos)
        answers.push_back({std::isfinite(photo.confidence) ? photo.confidence : 0,
                           !photo.ranking.empty() && photo.ranking.front() == photo.truth});
    return answers;
}

} // namespace goodsight
