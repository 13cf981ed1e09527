#pragma once

#include <algorithm>
#include <cstddef>
#include <random>
#include <vector>

namespace goodsight {

/// Embeddings of made-up products: a centre each, photos around it, nothing below 0.
struct MadeUpPhotos {
    std::vector<float> embeddings;
    std::vector<int> labels;
    int dimensions = 0;

    MadeUpPhotos(int classes, int photosEach, int width, float noise, unsigned seed = 5)
        : dimensions(width)
    {
        std::mt19937 random(seed);
        std::normal_distribution<float> normal;
        std::vector<float> centres(static_cast<std::size_t>(classes * width));
        for (float& value : centres)
            value = 3 + normal(random);
        for (int i = 0; i < classes * photosEach; ++i) {
            labels.push_back(i % classes);
            for (int j = 0; j < width; ++j)
                embeddings.push_back(
                    std::max(0.0F, centres[static_cast<std::size_t>((i % classes) * width + j)] +
                                       noise * normal(random)));
        }
    }

    [[nodiscard]] std::vector<float> photo(std::size_t i) const
    {
        const auto from = embeddings.begin() + static_cast<std::ptrdiff_t>(i) * dimensions;
        return {from, from + dimensions};
    }
};

} // namespace goodsight
