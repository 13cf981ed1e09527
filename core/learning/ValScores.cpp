#include "core/learning/ValScores.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace goodsight {

namespace {

constexpr std::size_t kWorst = 5;

double logLikelihood(std::span<const float> logits, std::size_t label)
{
    const double top = *std::max_element(logits.begin(), logits.end());
    double sum = 0;
    for (const float logit : logits)
        sum += std::exp(logit - top);
    return logits[label] - top - std::log(sum);
}

} // namespace

ValScores::ValScores(std::size_t classes)
    : m_right(classes)
    , m_photos(classes)
{}

int ValScores::rankOf(std::span<const float> logits, std::size_t label)
{
    return static_cast<int>(
        std::count_if(logits.begin(), logits.end(), [&](float logit) { return logit > logits[label]; }));
}

void ValScores::add(std::span<const float> logits, std::size_t label)
{
    const int rank = rankOf(logits, label);
    m_loss -= logLikelihood(logits, label);
    m_top1 += rank < 1 ? 1 : 0;
    m_top3 += rank < 3 ? 1 : 0;
    m_right[label] += rank < 1 ? 1 : 0;
    ++m_photos[label];
    ++m_count;
}

void ValScores::fill(EpochReport& report) const
{
    const double count = m_count > 0 ? m_count : std::numeric_limits<double>::quiet_NaN();
    report.valLoss = m_loss / count;
    report.valTop1 = m_top1 / count;
    report.valTop3 = m_top3 / count;
    std::vector<std::size_t> worst;
    for (std::size_t c = 0; c < m_photos.size(); ++c) {
        if (m_right[c] < m_photos[c])
            worst.push_back(c);
    }
    std::stable_sort(worst.begin(), worst.end(), [this](std::size_t a, std::size_t b) {
        return m_right[a] / m_photos[a] < m_right[b] / m_photos[b];
    });
    report.worstClasses.clear();
    report.worstRecalls.clear();
    for (std::size_t i = 0; i < std::min(worst.size(), kWorst); ++i) {
        report.worstClasses.append(static_cast<int>(worst[i]));
        report.worstRecalls.append(static_cast<double>(m_right[worst[i]]) / m_photos[worst[i]]);
    }
}

} // namespace goodsight
