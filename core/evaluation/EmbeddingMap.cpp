#include "core/evaluation/EmbeddingMap.h"

#include "core/base/Job.h"
#include "core/evaluation/Affinities.h"
#include "core/evaluation/NearestNeighbours.h"
#include "core/evaluation/PrincipalComponents.h"
#include "core/evaluation/Repulsion.h"
#include "core/inference/Recognizer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace goodsight {

namespace {

constexpr int kComponents = 50;
constexpr int kNeighboursPerPerplexity = 3;
constexpr double kExaggeration = 12;
constexpr float kStartSpread = 1e-4F;
constexpr float kShake = 1e-6F;
constexpr float kMomentum = 0.8F;
constexpr float kLeastGain = 0.01F;
constexpr float kLongestStep = 5;    ///< a point never jumps across the map
constexpr int kNeighbourShare = 100; ///< the search for neighbours counts as that many iterations

/// The first two components as the start, `kStartSpread` wide, and a shake of `seed`.
Plane startFrom(const std::vector<float>& components, std::size_t width, unsigned seed)
{
    const std::size_t count = components.size() / width;
    double squares = 0;
    for (std::size_t i = 0; i < count; ++i)
        squares += static_cast<double>(components[i * width]) * components[i * width];
    const double deviation = std::sqrt(squares / static_cast<double>(std::max<std::size_t>(count, 1)));
    const auto scale = static_cast<float>(deviation > 0 ? kStartSpread / deviation : 0);
    std::mt19937 random(seed);
    const auto shake = [&] { return (static_cast<float>(random()) / 4294967296.0F - 0.5F) * kShake; };
    Plane start;
    for (std::size_t i = 0; i < count; ++i) {
        start.x.push_back(components[i * width] * scale + shake());
        start.y.push_back((width > 1 ? components[i * width + 1] * scale : 0) + shake());
    }
    return start;
}

/// One run of gradient descent.
class Descent {
public:
    Descent(Affinities affinities, Plane start, int threads)
        : m_affinities(std::move(affinities))
        , m_points(std::move(start))
        , m_threads(threads)
        , m_count(static_cast<std::ptrdiff_t>(m_points.x.size()))
        , m_steps{std::vector<float>(m_points.x.size()), std::vector<float>(m_points.x.size())}
        , m_gains{std::vector<float>(m_points.x.size(), 1), std::vector<float>(m_points.x.size(), 1)}
    {}

    void step(double exaggeration)
    {
        const auto sum = static_cast<float>(
            std::max(m_repulsion.compute(m_points, m_pushes, m_threads), std::numeric_limits<double>::min()));
        const auto pull = static_cast<float>(exaggeration);
        const auto rate = static_cast<float>(static_cast<double>(m_count) / exaggeration);
        m_next = m_points;
#pragma omp parallel for num_threads(m_threads) schedule(dynamic, 256)
        for (std::ptrdiff_t row = 0; row < m_count; ++row)
            move(static_cast<std::size_t>(row), pull, rate, sum);
        std::swap(m_points, m_next);
    }

    /// Forgets how fast points move: the next phase starts from rest.
    void rest()
    {
        for (Plane* plane : {&m_steps, &m_gains}) {
            const float value = plane == &m_gains ? 1 : 0;
            std::fill(plane->x.begin(), plane->x.end(), value);
            std::fill(plane->y.begin(), plane->y.end(), value);
        }
    }

    [[nodiscard]] double divergence()
    {
        const double sum =
            std::max(m_repulsion.compute(m_points, m_pushes, m_threads), std::numeric_limits<double>::min());
        double all = 0;
        for (std::size_t row = 0; row < m_points.x.size(); ++row) {
            for (std::size_t i = first(row); i < first(row + 1); ++i) {
                const auto other = static_cast<std::size_t>(m_affinities.columns[i]);
                const double p = m_affinities.values[i];
                if (p > 0)
                    all += p * std::log(p * sum / weight(row, other));
            }
        }
        return all;
    }

    [[nodiscard]] const Plane& points() const
    {
        return m_points;
    }

private:
    [[nodiscard]] std::size_t first(std::size_t row) const
    {
        return static_cast<std::size_t>(m_affinities.starts[row]);
    }
    [[nodiscard]] float weight(std::size_t one, std::size_t other) const
    {
        const float dx = m_points.x[one] - m_points.x[other];
        const float dy = m_points.y[one] - m_points.y[other];
        return 1 / (1 + dx * dx + dy * dy);
    }

    void move(std::size_t row, float pull, float rate, float sum)
    {
        const float x = m_points.x[row];
        const float y = m_points.y[row];
        float pulledX = 0;
        float pulledY = 0;
        for (std::size_t i = first(row); i < first(row + 1); ++i) {
            const auto other = static_cast<std::size_t>(m_affinities.columns[i]);
            const float dx = x - m_points.x[other];
            const float dy = y - m_points.y[other];
            const float weighted = m_affinities.values[i] / (1 + dx * dx + dy * dy);
            pulledX += weighted * dx;
            pulledY += weighted * dy;
        }
        float& stepX = m_steps.x[row];
        float& stepY = m_steps.y[row];
        advance(pull * pulledX - m_pushes.x[row] / sum, rate, m_gains.x[row], stepX);
        advance(pull * pulledY - m_pushes.y[row] / sum, rate, m_gains.y[row], stepY);
        const float length = std::hypot(stepX, stepY);
        if (length > kLongestStep) {
            stepX *= kLongestStep / length;
            stepY *= kLongestStep / length;
        }
        m_next.x[row] = x + stepX;
        m_next.y[row] = y + stepY;
    }

    /// Jacobs' delta-bar-delta: faster along a way that goes on, slower where it turns.
    static void advance(float gradient, float rate, float& gain, float& step)
    {
        gain = (gradient > 0) != (step > 0) ? gain + 0.2F : std::max(gain * 0.8F, kLeastGain);
        step = kMomentum * step - rate * gain * gradient;
    }

    Affinities m_affinities;
    Plane m_points;
    const int m_threads;
    const std::ptrdiff_t m_count;
    Plane m_steps;
    Plane m_gains;
    Plane m_pushes;
    Plane m_next;
    Repulsion m_repulsion;
};

/// The rows of `embeddings` that are numbers, and which they are.
std::vector<std::size_t> usableRows(std::span<const float> embeddings, std::size_t width,
                                    std::vector<float>& rows)
{
    std::vector<std::size_t> usable;
    for (std::size_t row = 0; (row + 1) * width <= embeddings.size(); ++row) {
        const auto numbers = embeddings.subspan(row * width, width);
        if (!std::all_of(numbers.begin(), numbers.end(), [](float value) { return std::isfinite(value); }))
            continue;
        usable.push_back(row);
        rows.insert(rows.end(), numbers.begin(), numbers.end());
    }
    return usable;
}

} // namespace

Result<EmbeddingMap> mapEmbeddings(std::span<const float> embeddings, int dimensions,
                                   const EmbeddingMapOptions& options,
                                   const std::function<bool(int, int)>& goOn)
{
    EmbeddingMap map;
    if (dimensions <= 0)
        return map;
    const auto width = static_cast<std::size_t>(dimensions);
    map.positions.assign(embeddings.size() / width * 2, std::numeric_limits<float>::quiet_NaN());
    std::vector<float> rows;
    const std::vector<std::size_t> usable = usableRows(embeddings, width, rows);
    const int threads = usableThreads(options.threads);
    const int total = kNeighbourShare + options.earlyIterations + options.iterations;
    const auto stopped = [&](int done) { return goOn && !goOn(done, total); };
    if (stopped(0))
        return fail(cancelledError());

    const int kept = std::min(kComponents, dimensions);
    const std::vector<float> components = principalComponents(rows, dimensions, kept, threads);
    const int count = static_cast<int>(usable.size());
    const double perplexity =
        std::max(1.0, std::min(options.perplexity, (count - 1.0) / kNeighboursPerPerplexity));
    bool goes = true;
    const NearestNeighbours neighbours =
        nearestNeighbours(components, kept, static_cast<int>(kNeighboursPerPerplexity * perplexity), threads,
                          [&](double share) {
                              goes = !stopped(static_cast<int>(share * kNeighbourShare));
                              return goes;
                          });
    if (!goes || stopped(kNeighbourShare))
        return fail(cancelledError());

    Plane points = startFrom(components, static_cast<std::size_t>(kept), options.seed);
    if (neighbours.perRow > 0) {
        Descent descent(affinities(neighbours, perplexity, threads), std::move(points), threads);
        for (int i = 0; i < options.earlyIterations + options.iterations; ++i) {
            if (i == options.earlyIterations)
                descent.rest();
            descent.step(i < options.earlyIterations ? kExaggeration : 1);
            if (stopped(kNeighbourShare + i + 1))
                return fail(cancelledError());
        }
        map.divergence = descent.divergence();
        points = descent.points();
    }
    double x = 0;
    double y = 0;
    for (std::size_t i = 0; i < usable.size(); ++i) {
        x += points.x[i] / static_cast<double>(count);
        y += points.y[i] / static_cast<double>(count);
    }
    for (std::size_t i = 0; i < usable.size(); ++i) {
        map.positions[2 * usable[i]] = points.x[i] - static_cast<float>(x);
        map.positions[2 * usable[i] + 1] = points.y[i] - static_cast<float>(y);
    }
    return map;
}

} // namespace goodsight
