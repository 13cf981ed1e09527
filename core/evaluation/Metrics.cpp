#include "core/evaluation/Metrics.h"

#include "core/evaluation/ReliabilityDiagram.h"

#include <algorithm>
#include <map>

namespace goodsight {

namespace {

double share(double part, double whole)
{
    return whole > 0 ? part / whole : 0;
}

} // namespace

Metrics measure(std::span<const ScoredPhoto> photos)
{
    std::map<int, ClassMetrics> classes;
    std::map<int, int> taken;
    int first = 0;
    int amongThree = 0;
    for (const ScoredPhoto& photo : photos) {
        const auto three = std::span(photo.ranking).first(std::min<std::size_t>(3, photo.ranking.size()));
        const bool right = !three.empty() && three.front() == photo.truth;
        ClassMetrics& own = classes[photo.truth];
        own.label = photo.truth;
        ++own.photos;
        own.right += right ? 1 : 0;
        if (!three.empty())
            ++taken[three.front()];
        first += right ? 1 : 0;
        const bool found = std::find(three.begin(), three.end(), photo.truth) != three.end();
        own.amongThree += found ? 1 : 0;
        amongThree += found ? 1 : 0;
    }
    Metrics metrics;
    metrics.photos = static_cast<int>(photos.size());
    metrics.top1 = share(first, metrics.photos);
    metrics.top3 = share(amongThree, metrics.photos);
    metrics.ece = reliabilityDiagram(grade(photos)).ece;
    for (auto& [label, own] : classes) {
        own.taken = taken[label];
        own.precision = share(own.right, own.taken);
        own.recall = share(own.right, own.photos);
        own.top3 = share(own.amongThree, own.photos);
        own.f1 = share(2 * own.precision * own.recall, own.precision + own.recall);
        metrics.macroF1 += own.f1 / static_cast<double>(classes.size());
        metrics.classes.push_back(own);
    }
    return metrics;
}

} // namespace goodsight
