#include "core/learning/ValPass.h"

#include "core/base/Job.h"
#include "core/learning/ValScores.h"

#include <algorithm>
#include <span>

namespace goodsight {

namespace {

constexpr std::size_t kAtOnce = 64;

} // namespace

Result<void> scoreVal(TrainableNetwork& network, ViewPool& pool, const TrainingSet& set,
                      const FailedPhotos& failed, Boundary boundary,
                      const std::function<bool()>& stopRequested, EpochReport& report)
{
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < pool.size(); ++i) {
        if (!failed.contains(pool.row(i).photo))
            rows.push_back(i);
    }
    const auto classes = static_cast<std::size_t>(set.classes.size());
    ValScores scores(classes);
    for (std::size_t begin = 0; begin < rows.size(); begin += kAtOnce) {
        if (stopRequested && stopRequested())
            return fail(cancelledError());
        const auto part = std::span(rows).subspan(begin, std::min(kAtOnce, rows.size() - begin));
        const auto input = pool.fetch(network, part, boundary);
        if (!input)
            return fail(input.error());
        const auto logits = network.logits({boundary, pool.side(), static_cast<int>(part.size()), *input});
        if (!logits)
            return fail(logits.error());
        for (std::size_t i = 0; i < part.size(); ++i) {
            scores.add(std::span(*logits).subspan(i * classes, classes),
                       static_cast<std::size_t>(set.photos[pool.row(part[i]).photo].label));
        }
    }
    scores.fill(report);
    return {};
}

} // namespace goodsight
