#include "core/learning/ValFigures.h"

#include "core/inference/TemperatureScaling.h"

#include <algorithm>

namespace goodsight {

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
    // A network that fails in its numbers has none that could be fitted: its figures without a temperature
    // tell.
    const auto fit = fitTemperature(logits, labels, plattSmoothing(labels.size()));
    out.temperature = fit ? fit->temperature : 1;
    const Calibration before = fit ? fit->before : calibrationOf(logits, labels, 1);
    const Calibration after = fit ? fit->after : before;
    out.ece = after.ece;
    out.nll = after.nll;
    out.eceBefore = before.ece;
    out.nllBefore = before.nll;
    return out;
}

} // namespace goodsight
