#include "core/learning/Lbfgs.h"

#include <algorithm>
#include <cmath>
#include <deque>

namespace goodsight {

namespace {

using Vector = std::vector<float>;

/// Sums in blocks, so that rounding stays small and the compiler may use vector registers.
template <typename Term>
double blockSum(std::size_t size, Term&& term)
{
    constexpr std::size_t kBlock = 1024;
    constexpr std::size_t kLanes = 8;
    const auto blocks = static_cast<std::ptrdiff_t>((size + kBlock - 1) / kBlock);
    std::vector<double> sums(static_cast<std::size_t>(blocks));
#pragma omp parallel for schedule(static) if (size > 100'000)
    for (std::ptrdiff_t block = 0; block < blocks; ++block) {
        float lanes[kLanes] = {};
        std::size_t i = static_cast<std::size_t>(block) * kBlock;
        const std::size_t end = std::min(size, i + kBlock);
        for (; i + kLanes <= end; i += kLanes) {
            for (std::size_t lane = 0; lane < kLanes; ++lane)
                lanes[lane] += term(i + lane);
        }
        double sum = 0;
        for (; i < end; ++i)
            sum += static_cast<double>(term(i));
        for (const float lane : lanes)
            sum += static_cast<double>(lane);
        sums[static_cast<std::size_t>(block)] = sum;
    }
    double sum = 0;
    for (const double one : sums)
        sum += one;
    return sum;
}

double dot(const Vector& a, const Vector& b)
{
    return blockSum(a.size(), [&](std::size_t i) { return a[i] * b[i]; });
}

/// What one step did.
struct Pair {
    Vector step;
    Vector change; ///< of the gradient
    double product = 0;
};

/// The inverse Hessian's estimate times `gradient`, negated.
Vector direction(const std::deque<Pair>& pairs, const Vector& gradient, const Vector& curvature)
{
    const auto size = static_cast<std::ptrdiff_t>(gradient.size());
    Vector q = gradient;
    const auto add = [&](double factor, const Vector& v) {
        const auto f = static_cast<float>(factor);
#pragma omp parallel for simd schedule(static) if (size > 100'000)
        for (std::ptrdiff_t i = 0; i < size; ++i)
            q[static_cast<std::size_t>(i)] += f * v[static_cast<std::size_t>(i)];
    };
    std::vector<double> alphas(pairs.size());
    for (std::size_t i = pairs.size(); i-- > 0;) {
        alphas[i] = dot(pairs[i].step, q) / pairs[i].product;
        add(-alphas[i], pairs[i].change);
    }
    double scale = 1;
    if (!pairs.empty()) {
        const Vector& y = pairs.back().change;
        scale = pairs.back().product /
                blockSum(y.size(), [&](std::size_t i) { return y[i] * y[i] / curvature[i]; });
    }
    const auto scaled = static_cast<float>(scale);
    for (std::size_t i = 0; i < q.size(); ++i)
        q[i] *= scaled / curvature[i];
    for (std::size_t i = 0; i < pairs.size(); ++i)
        add(alphas[i] - dot(pairs[i].change, q) / pairs[i].product, pairs[i].step);
    for (float& value : q)
        value = -value;
    return q;
}

} // namespace

LbfgsResult minimize(const Objective& objective, std::vector<float>& x, const LbfgsOptions& options)
{
    constexpr double kEnough = 1e-4; // of the decrease that the slope promises
    constexpr int kHalvings = 30;
    LbfgsResult result;
    Vector gradient(x.size());
    Vector curvature(x.size());
    result.value = objective.evaluate(x, gradient, curvature);
    result.evaluations = 1;
    if (!std::isfinite(result.value)) {
        result.interrupted = true;
        return result;
    }
    std::deque<Pair> pairs;
    Vector tried(x.size());
    Vector triedGradient(x.size());
    while (result.iterations < options.maxIterations) {
        const double decrement =
            blockSum(x.size(), [&](std::size_t i) { return gradient[i] * gradient[i] / curvature[i]; });
        if (decrement / 2 <= options.tolerance * std::abs(result.value)) {
            result.converged = true;
            break;
        }
        Vector along = direction(pairs, gradient, curvature);
        double slope = dot(gradient, along);
        if (slope >= 0) { // rounding spoilt the pairs
            pairs.clear();
            along = direction(pairs, gradient, curvature);
            slope = dot(gradient, along);
        }
        double length = 1;
        double value = 0;
        bool decreased = false;
        for (int halving = 0; halving < kHalvings && !decreased; ++halving, length /= 2) {
            const auto factor = static_cast<float>(length);
            for (std::size_t i = 0; i < x.size(); ++i)
                tried[i] = x[i] + factor * along[i];
            value = objective.evaluate(tried, triedGradient, curvature);
            ++result.evaluations;
            if (std::isnan(value)) {
                result.interrupted = true;
                return result;
            }
            decreased = value <= result.value + kEnough * length * slope;
        }
        if (!decreased) { // float32 sees no lower value along a descent: this is the minimum
            result.converged = true;
            break;
        }
        Pair pair;
        if (pairs.size() >= static_cast<std::size_t>(options.memory)) {
            pair = std::move(pairs.front());
            pairs.pop_front();
        }
        pair.step.resize(x.size());
        pair.change.resize(x.size());
        for (std::size_t i = 0; i < x.size(); ++i) {
            pair.step[i] = tried[i] - x[i];
            pair.change[i] = triedGradient[i] - gradient[i];
        }
        pair.product = dot(pair.step, pair.change);
        if (pair.product > 0)
            pairs.push_back(std::move(pair));
        x.swap(tried);
        gradient.swap(triedGradient);
        result.value = value;
        ++result.iterations;
    }
    return result;
}

} // namespace goodsight
