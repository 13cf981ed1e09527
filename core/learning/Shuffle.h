#pragma once

#include <random>
#include <utility>
#include <vector>

namespace goodsight {

/// Puts `values` into a random order that is the same for the same state of `random` everywhere: std::shuffle
/// differs between standard libraries.
template <typename T>
void shuffle(std::vector<T>& values, std::mt19937_64& random)
{
    for (std::size_t i = values.size(); i > 1; --i)
        std::swap(values[i - 1], values[random() % i]);
}

} // namespace goodsight
