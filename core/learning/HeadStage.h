#pragma once

#include "core/base/Result.h"
#include "core/learning/EpochReport.h"
#include "core/learning/LinearHead.h"
#include "core/learning/TrainableNetwork.h"
#include "core/learning/ViewPool.h"

#include <functional>
#include <span>
#include <vector>

namespace goodsight {

/// What a stage that fits the head in one go reads: views of photos, row by row.
struct HeadRows {
    std::vector<float> embeddings; ///< rows x 512
    std::vector<int> labels;
    std::vector<qint64> groups; ///< the photo that a row is a view of, from 1
};

/// The kept views of `photos`, whose numbers the pool's rows have (photo x viewsPerPhoto + view), with one
/// label each; of very many photos only the first views, 200,000 rows at most (400 MB, and as much for the
/// fit). `stopRequested` may be empty. Errors: "cancelled", the network's.
[[nodiscard]] Result<HeadRows> headRowsOf(ViewPool& pool, TrainableNetwork& network,
                                          std::span<const std::size_t> photos, std::span<const int> labels,
                                          int viewsPerPhoto, const std::function<bool()>& stopRequested);

/// What it gives: fc as it is to be, and how it does on the rows.
struct HeadStage {
    std::vector<float> weight; ///< classes x 512
    std::vector<float> bias;   ///< classes
    bool isFitted = false;     ///< false: the start's own was better
    double loss = 0;           ///< mean of -log p(label)
    double top1 = 0;           ///< rows, not a share
    double top3 = 0;
};

/// Fits fc to `rows` by fitLinearHead(), all views of a photo on one side of each cross-validation, unless
/// `weight` and `bias`, the head that the run starts from, make the labels likelier than the fit makes those
/// that it did not learn from: with a few photos of products that the start knows nothing is won by a new
/// head. A class without photos gets the smallest bias of the others, since later stages learn on from it.
/// Errors: fitLinearHead()'s.
[[nodiscard]] Result<HeadStage> fitHeadStage(const HeadRows& rows, std::span<const float> weight,
                                             std::span<const float> bias, LinearHeadOptions options);

} // namespace goodsight
