#include "core/learning/PhotoFolds.h"

#include "core/learning/Shuffle.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace goodsight {

PhotoFolds PhotoFolds::deal(std::span<const int> labels, int classes, int folds, std::size_t most,
                            std::uint64_t seed, std::span<const qint64> groups)
{
    using Together = std::vector<std::size_t>; // photos that are dealt as one
    std::vector<std::vector<Together>> byClass(static_cast<std::size_t>(classes));
    std::map<std::pair<int, qint64>, std::size_t> placeOf;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        std::vector<Together>& own = byClass[static_cast<std::size_t>(labels[i])];
        if (groups.empty() || groups[i] == 0) {
            own.push_back({i});
            continue;
        }
        const auto [place, isNew] = placeOf.try_emplace({labels[i], groups[i]}, own.size());
        if (isNew)
            own.emplace_back();
        own[place->second].push_back(i);
    }
    const double share = std::min(1.0, static_cast<double>(most) /
                                           static_cast<double>(std::max<std::size_t>(1, labels.size())));

    std::mt19937_64 random(seed);
    std::vector<std::vector<std::size_t>> dealt(static_cast<std::size_t>(folds));
    std::vector<std::size_t> always;
    std::vector<std::size_t> leftOut;
    std::size_t next = 0;
    const auto append = [](std::vector<std::size_t>& to, const std::vector<std::size_t>& photos) {
        to.insert(to.end(), photos.begin(), photos.end());
    };
    for (std::vector<Together>& photos : byClass) {
        shuffle(photos, random);
        const auto kept =
            std::min(photos.size(),
                     std::max<std::size_t>(2, static_cast<std::size_t>(
                                                  std::lround(share * static_cast<double>(photos.size())))));
        for (std::size_t i = 0; i < photos.size(); ++i) {
            if (i >= kept)
                append(leftOut, photos[i]);
            else if (kept < 2)
                append(always, photos[i]);
            else
                append(dealt[next++ % dealt.size()], photos[i]);
        }
    }

    PhotoFolds result;
    result.order.reserve(labels.size());
    for (std::vector<std::size_t>& fold : dealt) {
        shuffle(fold, random);
        const std::size_t begin = result.order.size();
        append(result.order, fold);
        if (!fold.empty())
            result.folds.emplace_back(begin, result.order.size());
    }
    append(result.order, always);
    result.used = result.order.size();
    shuffle(leftOut, random);
    append(result.order, leftOut);
    return result;
}

} // namespace goodsight
