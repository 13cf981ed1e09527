#include "core/evaluation/RiskCoverage.h"

#include <algorithm>

namespace goodsight {

RiskCoverage riskCoverage(std::span<const GradedAnswer> answers)
{
    std::vector<GradedAnswer> sorted(answers.begin(), answers.end());
    std::sort(sorted.begin(), sorted.end(), [](const GradedAnswer& left, const GradedAnswer& right) {
        return left.confidence > right.confidence;
    });
    const double all = static_cast<double>(sorted.size());
    RiskCoverage curve;
    RiskPoint point;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        ++point.accepted;
        point.wrong += sorted[i].right ? 0 : 1;
        if (i + 1 < sorted.size() && sorted[i + 1].confidence == sorted[i].confidence)
            continue;
        point.threshold = sorted[i].confidence;
        point.coverage = point.accepted / all;
        point.risk = static_cast<double>(point.wrong) / point.accepted;
        const double before = curve.points.empty() ? 0 : curve.points.back().coverage;
        curve.aurc += (point.coverage - before) * point.risk;
        curve.points.push_back(point);
    }
    return curve;
}

std::vector<RiskPoint> thinned(std::span<const RiskPoint> points, int count)
{
    if (points.size() <= static_cast<std::size_t>(count))
        return {points.begin(), points.end()};
    std::vector<RiskPoint> kept{points.front()};
    const double first = points.front().coverage;
    const double step = (points.back().coverage - first) / (count - 1);
    for (const RiskPoint& point : points.subspan(1, points.size() - 2)) {
        const double next = first + step * static_cast<double>(kept.size());
        if (point.coverage >= next && kept.size() + 1 < static_cast<std::size_t>(count))
            kept.push_back(point);
    }
    kept.push_back(points.back());
    return kept;
}

} // namespace goodsight
