#pragma once

#include <QtGlobal>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace goodsight {

/// A seeded order of labelled photos in which every fold of a stratified cross-validation is one stretch.
struct PhotoFolds {
    std::vector<std::size_t> order; ///< the photos: fold by fold, then those that are always trained on, then
                                    ///< those that the cross-validation leaves out
    std::vector<std::pair<std::size_t, std::size_t>> folds; ///< [begin, end) in `order`; perhaps none
    std::size_t used = 0; ///< photos at the front of `order` that the cross-validation uses

    /// Deals the photos of each class out to `folds` (2 or more) in turn. A class's only photo is always
    /// trained on. Where `labels` has more than `most` photos, each class keeps its share of `most`, at least
    /// two. No fold is left where every class has one photo. The same for the same seed, everywhere.
    ///
    /// `groups`, empty or one number a photo: a class's photos of one number other than 0 stay together and
    /// count as one.
    [[nodiscard]] static PhotoFolds deal(std::span<const int> labels, int classes, int folds,
                                         std::size_t most, std::uint64_t seed,
                                         std::span<const qint64> groups = {});
};

} // namespace goodsight
