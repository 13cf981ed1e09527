#include "core/inference/TopK.h"

#include <algorithm>
#include <numeric>

namespace goodsight {

std::vector<int> topK(std::span<const double> values, int count)
{
    std::vector<int> order(values.size());
    std::iota(order.begin(), order.end(), 0);
    const auto kept = std::clamp(count, 0, static_cast<int>(values.size()));
    std::partial_sort(order.begin(), order.begin() + kept, order.end(), [values](int a, int b) {
        const double x = values[static_cast<std::size_t>(a)];
        const double y = values[static_cast<std::size_t>(b)];
        return x > y || (x == y && a < b);
    });
    order.resize(static_cast<std::size_t>(kept));
    return order;
}

} // namespace goodsight
