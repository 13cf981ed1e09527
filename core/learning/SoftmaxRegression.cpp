#include "core/learning/SoftmaxRegression.h"

#include "core/inference/MatrixProduct.h"

#include <Eigen/Core>

#include <omp.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace goodsight {

namespace {

constexpr double kStopped = std::numeric_limits<double>::quiet_NaN();

} // namespace

SoftmaxRegression::SoftmaxRegression(Features features, std::vector<float> photoWeights)
    : m_features(std::move(features))
    , m_photoWeights(std::move(photoWeights))
{}

double SoftmaxRegression::totalVariance() const
{
    return std::accumulate(m_features.variance.begin(), m_features.variance.end(), 0.0);
}

std::size_t SoftmaxRegression::rowsInPiece() const
{
    constexpr std::size_t kLogits = std::size_t{1} << 21; // 8 MB of them
    return std::clamp<std::size_t>(kLogits / classes(), 64, 4096);
}

double SoftmaxRegression::add(const float* weights, std::size_t begin, std::size_t end,
                              std::vector<float>& logits, float* gradient, double* spread) const
{
    const std::size_t rows = end - begin;
    const std::size_t columns = classes();
    const float* features = m_features.values.data() + begin * m_features.stride;
    logits.resize(rows * columns);
    multiply(rows, columns, width(), {features, m_features.stride}, {weights, width(), true}, 0,
             logits.data(), columns);

    // One place a thread, summed in their order: the same number at every run.
    const auto threads = static_cast<std::size_t>(omp_get_max_threads());
    std::vector<double> parts(threads);
    std::vector<Eigen::ArrayXf> spreads(threads);
#pragma omp parallel
    {
        const auto thread = static_cast<std::size_t>(omp_get_thread_num());
        double part = 0;
        Eigen::ArrayXf sums = Eigen::ArrayXf::Zero(static_cast<Eigen::Index>(gradient ? columns : 0));
#pragma omp for schedule(static)
        for (std::ptrdiff_t i = 0; i < static_cast<std::ptrdiff_t>(rows); ++i) {
            const auto row = static_cast<std::size_t>(i);
            const int label = m_features.labels[begin + row];
            const float weight = m_photoWeights[static_cast<std::size_t>(label)];
            Eigen::Map<Eigen::ArrayXf> values(logits.data() + row * columns,
                                              static_cast<Eigen::Index>(columns));
            const float largest = values.maxCoeff();
            const float own = values[label] - largest;
            values = (values - largest).exp();
            const float sum = values.sum();
            part +=
                static_cast<double>(weight) * (std::log(static_cast<double>(sum)) - static_cast<double>(own));
            if (gradient) {
                values *= 1.0F / sum;
                sums += weight * values * (1.0F - values);
                values *= weight;
                values[label] -= weight;
            }
        }
        parts[thread] = part;
        spreads[thread] = std::move(sums);
    }
    double loss = 0;
    for (std::size_t thread = 0; thread < threads; ++thread) {
        loss += parts[thread];
        for (Eigen::Index c = 0; c < spreads[thread].size(); ++c)
            spread[c] += static_cast<double>(spreads[thread][c]);
    }
    if (gradient) {
        multiply(columns, width(), rows, {logits.data(), columns, true}, {features, m_features.stride}, 1,
                 gradient, width());
    }
    return loss;
}

Objective SoftmaxRegression::objective(std::vector<Stretch> stretches, double l2,
                                       std::function<bool()> stopRequested) const
{
    Objective objective;
    objective.evaluate = [this, stretches = std::move(stretches), l2, stop = std::move(stopRequested),
                          logits = std::vector<float>()](std::span<const float> x, std::span<float> gradient,
                                                         std::span<float> curvature) mutable {
        std::fill(gradient.begin(), gradient.end(), 0.0F);
        std::vector<double> spread(classes());
        double loss = 0;
        for (const auto& [begin, end] : stretches) {
            for (std::size_t from = begin; from < end; from += rowsInPiece()) {
                if (stop && stop())
                    return kStopped;
                loss += add(x.data(), from, std::min(end, from + rowsInPiece()), logits, gradient.data(),
                            spread.data());
            }
        }
        double squares = 0;
        for (std::size_t c = 0; c < classes(); ++c) {
            // A class that no photo is unsure about still needs a finite step.
            const double unsure = std::max(spread[c], 1e-3);
            const std::size_t row = c * width();
            for (std::size_t j = 0; j + 1 < width(); ++j) {
                const double weight = static_cast<double>(x[row + j]);
                squares += weight * weight;
                gradient[row + j] += static_cast<float>(l2 * weight);
                curvature[row + j] =
                    static_cast<float>(unsure * static_cast<double>(m_features.variance[j]) + l2);
            }
            curvature[row + width() - 1] = static_cast<float>(unsure);
        }
        return loss + l2 / 2 * squares;
    };
    return objective;
}

double SoftmaxRegression::meanLoss(std::span<const float> weights, Stretch stretch,
                                   const std::function<bool()>& stopRequested) const
{
    double loss = 0;
    double counted = 0;
    std::vector<float> logits;
    for (std::size_t from = stretch.first; from < stretch.second; from += rowsInPiece()) {
        if (stopRequested && stopRequested())
            return kStopped;
        const std::size_t end = std::min(stretch.second, from + rowsInPiece());
        loss += add(weights.data(), from, end, logits, nullptr, nullptr);
        for (std::size_t i = from; i < end; ++i)
            counted += static_cast<double>(m_photoWeights[static_cast<std::size_t>(m_features.labels[i])]);
    }
    return loss / counted;
}

} // namespace goodsight
