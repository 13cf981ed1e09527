#pragma once

#include <span>

namespace goodsight {

/// Embeddings of photos whose class is known: photos x dimensions, row-major, and a class from 0 on for each.
struct LabelledEmbeddings {
    std::span<const float> embeddings;
    std::span<const int> labels;
};

} // namespace goodsight
