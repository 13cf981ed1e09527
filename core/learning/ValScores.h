#pragma once

#include "core/learning/EpochReport.h"

#include <span>
#include <vector>

namespace goodsight {

/// Adds up how val photos do in an epoch.
class ValScores {
public:
    explicit ValScores(std::size_t classes);

    /// Place of `label` among the logits, 0 for the first.
    [[nodiscard]] static int rankOf(std::span<const float> logits, std::size_t label);
    /// A photo of class `label`.
    void add(std::span<const float> logits, std::size_t label);
    /// Writes valLoss, valTop1, valTop3 (NaN without photos), worstClasses and worstRecalls.
    void fill(EpochReport& report) const;

private:
    double m_loss = 0;
    double m_top1 = 0;
    double m_top3 = 0;
    double m_count = 0;
    std::vector<double> m_right;
    std::vector<double> m_photos;
};

} // namespace goodsight
