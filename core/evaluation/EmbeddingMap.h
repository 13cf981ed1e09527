#pragma once

#include "core/base/Result.h"

#include <functional>
#include <span>
#include <vector>

namespace goodsight {

/// How a map of embeddings is made.
struct EmbeddingMapOptions {
    /// How many neighbours a photo feels, 2..; lowered to a third of the photos where those are few.
    double perplexity = 30;
    int earlyIterations = 250; ///< with exaggerated attraction, in which clusters form
    int iterations = 500;      ///< after them
    quint32 seed = 1;          ///< of the shake that parts photos with equal embeddings
    int threads = 0;           ///< 0: all cores; the map is the same for any number
};

/// Photos on a plane, alike ones close together.
struct EmbeddingMap {
    /// x and y of each photo, row-major, centred on 0; not numbers for a photo whose embedding is not.
    std::vector<float> positions;
    /// How much of the neighbourhoods was lost, Kullback and Leibler's divergence in nats: comparable between
    /// maps of the same photos only.
    double divergence = 0;
};

/// t-SNE (van der Maaten and Hinton 2008) of `embeddings`, photos x `dimensions` row-major: on their first 50
/// principal components, from the first two as the start (Kobak and Berens 2019), with exact neighbours and
/// the repulsion by Barnes and Hut's tree (van der Maaten 2014). Learning rate as Belkina et al. 2019.
///
/// Any thread; `goOn(done, total)` is asked on it at least every half second and ends the work by false
/// (error "cancelled"). 10,000 photos take some seconds and 30 MB.
[[nodiscard]] Result<EmbeddingMap> mapEmbeddings(std::span<const float> embeddings, int dimensions,
                                                 const EmbeddingMapOptions& options = {},
                                                 const std::function<bool(int done, int total)>& goOn = {});

} // namespace goodsight
