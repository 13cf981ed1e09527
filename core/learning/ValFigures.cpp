#include "core/learning/ValFigures.h"

#include "core/inference/TemperatureScaling.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace goodsight {

namespace {

constexpr int kBins = 15;
constexpr double kLeast = 0.05; ///< temperatures that are looked at
constexpr double kMost = 20;
constexpr int kSteps = 60; ///< of the search; each leaves two thirds

struct Calibration {
    double nll = 0;
    double ece = 0;
};

Calibration calibrationAt(std::span<const float> logits, std::span<const int> labels, double temperature)
{
    struct Bin {
        double confidence = 0;
        double right = 0;
    };
    std::array<Bin, kBins> bins{};
    const std::size_t classes = logits.size() / labels.size();
    Calibration out;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const std::vector<double> shares = softmax(logits.subspan(i * classes, classes), temperature);
        const auto label = static_cast<std::size_t>(labels[i]);
        out.nll -= std::log(std::max(shares[label], std::numeric_limits<double>::min()));
        const auto best = std::max_element(shares.begin(), shares.end());
        Bin& bin = bins[static_cast<std::size_t>(
            std::clamp(static_cast<int>(std::ceil(*best * kBins)) - 1, 0, kBins - 1))];
        bin.confidence += *best;
        bin.right += best - shares.begin() == labels[i] ? 1 : 0;
    }
    const auto count = static_cast<double>(labels.size());
    out.nll /= count;
    for (const Bin& bin : bins)
        out.ece += std::abs(bin.right - bin.confidence) / count;
    return out;
}

/// The negative log-likelihood is convex in 1 / temperature, so a ternary search finds its least.
double fittedTemperature(std::span<const float> logits, std::span<const int> labels)
{
    double low = 1 / kMost;
    double high = 1 / kLeast;
    for (int i = 0; i < kSteps; ++i) {
        const double a = low + (high - low) / 3;
        const double b = high - (high - low) / 3;
        if (calibrationAt(logits, labels, 1 / a).nll < calibrationAt(logits, labels, 1 / b).nll)
            high = b;
        else
            low = a;
    }
    return 2 / (low + high);
}

} // namespace

QJsonObject ValFigures::toJson() const
{
    return {{QStringLiteral("n"), photos},
            {QStringLiteral("top1"), top1},
            {QStringLiteral("top3"), top3},
            {QStringLiteral("ece"), ece},
            {QStringLiteral("nll"), nll},
            {QStringLiteral("ece_before"), eceBefore},
            {QStringLiteral("nll_before"), nllBefore}};
}

ValFigures measureVal(std::span<const float> logits, std::span<const int> labels)
{
    ValFigures out;
    out.photos = static_cast<int>(labels.size());
    if (labels.empty())
        return out;
    const std::size_t classes = logits.size() / labels.size();
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const std::span<const float> row = logits.subspan(i * classes, classes);
        const float truth = row[static_cast<std::size_t>(labels[i])];
        const auto better =
            std::count_if(row.begin(), row.end(), [truth](float logit) { return logit > truth; });
        out.top1 += better < 1 ? 1 : 0;
        out.top3 += better < 3 ? 1 : 0;
    }
    out.top1 /= out.photos;
    out.top3 /= out.photos;
    out.temperature = fittedTemperature(logits, labels);
    const Calibration before = calibrationAt(logits, labels, 1);
    const Calibration after = calibrationAt(logits, labels, out.temperature);
    out.ece = after.ece;
    out.nll = after.nll;
    out.eceBefore = before.ece;
    out.nllBefore = before.nll;
    return out;
}

} // namespace goodsight
