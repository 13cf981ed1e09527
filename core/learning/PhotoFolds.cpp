#include "core/learning/PhotoFolds.h"

#include "core/learning/Shuffle.h"

#include <algorithm>
#include <cmath>

namespace goodsight {

PhotoFolds PhotoFolds::deal(std::span<const int> labels, int classes, int folds, std::size_t most,
                            std::uint64_t seed)
{
    std::vector<std::vector<std::size_t>> byClass(static_cast<std::size_t>(classes));
    for (std::size_t i = 0; i < labels.size(); ++i)
        byClass[static_cast<std::size_t>(labels[i])].push_back(i);
    const double share = std::min(1.0, static_cast<double>(most) /
                                           static_cast<double>(std::max<std::size_t>(1, labels.size())));

    std::mt19937_64 random(seed);
    std::vector<std::vector<std::size_t>> dealt(static_cast<std::size_t>(folds));
    std::vector<std::size_t> always;
    std::vector<std::size_t> leftOut;
    std::size_t next = 0;
    for (std::vector<std::size_t>& photos : byClass) {
        shuffle(photos, random);
        const auto kept =
            std::min(photos.size(),
                     std::max<std::size_t>(2, static_cast<std::size_t>(
                                                  std::lround(share * static_cast<double>(photos.size())))));
        for (std::size_t i = 0; i < photos.size(); ++i) {
            if (i >= kept)
                leftOut.push_back(photos[i]);
            else if (kept < 2)
                always.push_back(photos[i]);
            else
                dealt[next++ % dealt.size()].push_back(photos[i]);
        }
    }

    PhotoFolds result;
    result.order.reserve(labels.size());
    const auto append = [&result](const std::vector<std::size_t>& photos) {
        result.order.insert(result.order.end(), photos.begin(), photos.end());
    };
    for (std::vector<std::size_t>& fold : dealt) {
        shuffle(fold, random);
        const std::size_t begin = result.order.size();
        append(fold);
        if (!fold.empty())
            result.folds.emplace_back(begin, result.order.size());
    }
    append(always);
    result.used = result.order.size();
    shuffle(leftOut, random);
    append(leftOut);
    return result;
}

} // namespace goodsight
