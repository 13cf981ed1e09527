#include "core/evaluation/PairedTest.h"

#include "core/evaluation/Binomial.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>

namespace goodsight {

namespace {

/// Photos by what the old (first) and the new model made of them.
using Counts = std::array<std::array<int, 2>, 2>;

PairedTest testOf(const Counts& counts)
{
    return pairedTest(counts[1][1], counts[1][0], counts[0][1], counts[0][0]);
}

} // namespace

bool PairedComparison::isWorse(double alpha) const
{
    return overall.pWorse <= alpha ||
           std::any_of(classes.begin(), classes.end(),
                       [&](const ClassPairedTest& one) { return one.adjusted <= alpha; });
}

PairedTest pairedTest(int bothRight, int lost, int won, int bothWrong)
{
    PairedTest test{bothRight, lost, won, bothWrong};
    const int all = bothRight + lost + won + bothWrong;
    test.difference = all > 0 ? static_cast<double>(won - lost) / all : 0;
    const int discordant = lost + won;
    test.pWorse = chanceOfAtLeast(lost, discordant, 0.5);
    if (discordant >= kExactDiscordant)
        test.pWorse = (test.pWorse + chanceOfAtLeast(lost + 1, discordant, 0.5)) / 2;
    return test;
}

double pLosesMargin(int lost, int won, int photos, double margin)
{
    if (photos <= 0)
        return 1;
    // The likeliest share of photos that are won, if `margin` more are lost.
    const double linear = lost + won - (2.0 * photos - lost + won) * margin;
    const double share =
        (linear + std::sqrt(linear * linear + 8.0 * photos * won * margin * (1 - margin))) / (4.0 * photos);
    const double variance = photos * (2 * share + margin * (1 - margin));
    const double z = (photos * margin - (lost - won)) / std::sqrt(variance);
    return std::erfc(z / std::numbers::sqrt2) / 2;
}

PairedComparison comparePaired(std::span<const PairedAnswer> answers, int minPhotos)
{
    Counts overall{};
    std::map<int, Counts> classes;
    for (const PairedAnswer& answer : answers) {
        ++overall[answer.oldRight ? 1 : 0][answer.newRight ? 1 : 0];
        ++classes[answer.truth][answer.oldRight ? 1 : 0][answer.newRight ? 1 : 0];
    }
    PairedComparison comparison;
    comparison.overall = testOf(overall);
    for (const auto& [label, counts] : classes) {
        if (counts[0][0] + counts[0][1] + counts[1][0] + counts[1][1] >= minPhotos)
            comparison.classes.push_back({label, testOf(counts)});
    }
    std::vector<std::size_t> order(comparison.classes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
        return comparison.classes[left].test.pWorse < comparison.classes[right].test.pWorse;
    });
    double least = 0; // a larger p must not become the smaller one
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
        ClassPairedTest& one = comparison.classes[order[rank]];
        least = std::max(least, std::min(1.0, one.test.pWorse * static_cast<double>(order.size() - rank)));
        one.adjusted = least;
    }
    return comparison;
}

} // namespace goodsight
