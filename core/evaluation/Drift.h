#pragma once

#include <span>
#include <vector>

namespace goodsight {

/// How much a class's share of the photos moved.
struct ClassShift {
    int label = 0;
    double training = 0; ///< share of the training photos, 0..1
    double recent = 0;   ///< share of the recent ones
};

/// Whether recent photos show other classes, or the same as often, as those that a model learned from.
struct ShareDrift {
    /// Population stability index: the sum over classes of (recent - training) ln(recent / training), half a
    /// photo added to each class. By custom below 0.1 is no shift and above 0.25 is a large one.
    double psi = 0;
    double chiSquare = 0; ///< Pearson's statistic of the two rows of counts
    /// Chance of a statistic at least as large if both came from the same shop: by drawing the recent photos
    /// out of all anew, since most classes have too few for the chi-square distribution. 1 where there is
    /// nothing to compare.
    double pValue = 1;
    std::vector<ClassShift> shifts; ///< the classes that occur, those that moved most first
};

/// `training` and `recent`: the class of each photo, numbers from 0 on. The same for the same `seed`.
[[nodiscard]] ShareDrift shareDrift(std::span<const int> training, std::span<const int> recent,
                                    unsigned seed = 1);

/// Whether recent photos look different, whatever they show.
struct EmbeddingDrift {
    /// Energy distance by the mean distance between the groups (Szekely and Rizzo 2013): 0 where both are
    /// alike, 1 where each group is one point and they differ.
    double distance = 0;
    double pValue = 1; ///< chance of a distance at least as large if both were alike, by permutation
    int training = 0;  ///< photos of each group that were compared: a seeded choice where there are more
    int recent = 0;
};

/// Photos of each group that are compared at most.
inline constexpr int kDriftSample = 500;

/// `training` and `recent`: embeddings, photos x `dimensions` row-major, finite. Any thread; a few tenths of
/// a second. The same for the same `seed`.
[[nodiscard]] EmbeddingDrift embeddingDrift(std::span<const float> training, std::span<const float> recent,
                                            int dimensions, unsigned seed = 1);

} // namespace goodsight
