#include "core/learning/OpenSetEvidence.h"

#include "core/learning/PrincipalAxes.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

namespace goodsight {

namespace {

using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Index = Eigen::Index;

constexpr auto kWidthIndex = static_cast<Index>(OpenSetEvidence::kWidth);
constexpr std::size_t kNeighbours = 5;
// Measured: the shares of the classes by distance itself are nearly all 0 or 1.
constexpr double kSoftSlope = 0.005;
constexpr double kEntropySlope = 0.01;
constexpr double kCosineSlope = 15;
constexpr double kLikelihoodSlope = 0.05;
/// As PrototypeIndex and EmbeddingMetric have them: photos of one class resemble each other more than
/// independent ones would, and classes that are not known differ in other ways, too.
constexpr double kLikeness = 0.35;
constexpr double kOtherWays = 0.04;

Eigen::Map<const Rows> rowsOf(std::span<const float> numbers)
{
    return {numbers.data(), static_cast<Index>(numbers.size()) / kWidthIndex, kWidthIndex};
}

std::vector<float> numbersOf(const Rows& rows)
{
    return {rows.data(), rows.data() + rows.size()};
}

void scaleRows(Rows& rows)
{
    for (Index i = 0; i < rows.rows(); ++i)
        rows.row(i) /= std::max(rows.row(i).norm(), std::numeric_limits<float>::min());
}

/// softmax(slope * values).
Eigen::ArrayXd shares(const Eigen::ArrayXd& values, double slope)
{
    const Eigen::ArrayXd weights = ((values - values.maxCoeff()) * slope).exp();
    return weights / weights.sum();
}

/// The largest and the second largest.
std::pair<double, double> bestTwo(const Eigen::ArrayXd& values)
{
    std::pair<double, double> best(values[0], -std::numeric_limits<double>::infinity());
    for (Index i = 1; i < values.size(); ++i) {
        if (values[i] > best.first)
            best.second = std::exchange(best.first, values[i]);
        else
            best.second = std::max(best.second, values[i]);
    }
    return best;
}

} // namespace

struct OpenSetEvidence::Derived {
    Rows whitening;
    Rows whitenedMeans;       ///< classes x 512
    Eigen::VectorXf origin;   ///< whitened mean of all
    Rows directions;          ///< samples seen from there, whitened, of length 1
    Rows classDirections;     ///< the same of each class
    std::vector<Index> begin; ///< first sample of each class, and one past the last of all

    /// The class means' own mean, and the axes along which they differ; along all others every class is that
    /// mean and varies the same.
    Eigen::VectorXf middle;
    Rows axes;                            ///< axes x 512, orthonormal
    Eigen::ArrayXf centres;               ///< classes x axes, row-major as all that follow: posterior means
    Eigen::ArrayXf inverses;              ///< of the predictive variances along the axes
    Eigen::ArrayXf unseen;                ///< axes: the same of a class that was never seen
    std::vector<double> inverseElsewhere; ///< classes, then of one that was never seen: along all other axes
    std::vector<double> determinants;     ///< the same: logarithms of the products of all variances

    void learnLikelihoods(const Statistics& statistics);
    /// Of every class: log p(embedding | class) - log p(embedding | a class that was never seen), of a
    /// whitened embedding.
    [[nodiscard]] Eigen::ArrayXd likelihoods(const Eigen::VectorXf& white) const;

    [[nodiscard]] Rows whitened(const Rows& rows) const
    {
        return rows * whitening.transpose().triangularView<Eigen::Upper>();
    }
};

void OpenSetEvidence::Derived::learnLikelihoods(const Statistics& statistics)
{
    const PrincipalAxes found = PrincipalAxes::of(
        {whitenedMeans.data(), static_cast<std::size_t>(whitenedMeans.size())}, OpenSetEvidence::kWidth);
    const auto kept = static_cast<Index>(found.kept());
    middle = Eigen::Map<const Eigen::VectorXf>(found.mean.data(), kWidthIndex);
    axes = Eigen::Map<const Rows>(found.axes.data(), kWidthIndex, kept).transpose();
    Eigen::ArrayXd between = Eigen::Map<const Eigen::ArrayXf>(found.variance.data(), kept).cast<double>();
    const Index classes = whitenedMeans.rows();
    // Where no two classes differ there is still a scale.
    const double elsewhere =
        std::max(kOtherWays * between.sum() / static_cast<double>(std::max<Index>(1, classes - 1)), 1e-9);
    between = between.max(elsewhere);
    const auto others = static_cast<double>(kWidthIndex - kept);
    const auto remember = [&](const Eigen::ArrayXd& variance, double varianceElsewhere) {
        inverseElsewhere.push_back(1 / varianceElsewhere);
        determinants.push_back(variance.log().sum() + others * std::log(varianceElsewhere));
        return Eigen::ArrayXf(variance.inverse().cast<float>());
    };
    centres.resize(classes * kept);
    inverses.resize(classes * kept);
    for (Index i = 0; i < classes; ++i) {
        const auto photos = static_cast<double>(statistics.samplesPerClass[static_cast<std::size_t>(i)]);
        const double count = photos / (1 + (photos - 1) * kLikeness);
        const Eigen::ArrayXd mean =
            (axes * (whitenedMeans.row(i).transpose() - middle)).cast<double>().array();
        centres.segment(i * kept, kept) = (mean * (count * between / (count * between + 1))).cast<float>();
        inverses.segment(i * kept, kept) =
            remember(1 + between / (count * between + 1), 1 + elsewhere / (count * elsewhere + 1));
    }
    unseen = remember(1 + between, 1 + elsewhere);
}

Eigen::ArrayXd OpenSetEvidence::Derived::likelihoods(const Eigen::VectorXf& white) const
{
    const Eigen::VectorXf seen = white - middle;
    const Eigen::ArrayXf along = (axes * seen).array();
    const double outside =
        std::max(0.0, static_cast<double>(seen.squaredNorm()) - static_cast<double>(along.square().sum()));
    const auto distance = [&](double inside, std::size_t which) {
        return inside + outside * inverseElsewhere[which] + determinants[which];
    };
    const Index classes = whitenedMeans.rows();
    const double never =
        distance(static_cast<double>((along.square() * unseen).sum()), static_cast<std::size_t>(classes));
    Eigen::ArrayXd ratios(classes);
    for (Index i = 0; i < classes; ++i) {
        const auto centre = centres.segment(i * along.size(), along.size());
        const auto inverse = inverses.segment(i * along.size(), along.size());
        const auto inside = static_cast<double>(((along - centre).square() * inverse).sum());
        ratios[i] = (never - distance(inside, static_cast<std::size_t>(i))) / 2;
    }
    return ratios;
}

OpenSetEvidence::OpenSetEvidence(Statistics statistics)
    : m_statistics(std::move(statistics))
{
    auto derived = std::make_unique<Derived>();
    derived->whitening = rowsOf(m_statistics.whitening);
    derived->whitenedMeans = derived->whitened(rowsOf(m_statistics.classMeans));
    derived->origin = derived->whitened(rowsOf(m_statistics.mean)).row(0).transpose();
    derived->directions = derived->whitened(rowsOf(m_statistics.samples));
    derived->directions.rowwise() -= derived->origin.transpose();
    scaleRows(derived->directions);
    derived->classDirections.resize(static_cast<Index>(m_statistics.classes), kWidthIndex);
    Index at = 0;
    derived->begin.push_back(at);
    for (std::size_t i = 0; i < m_statistics.classes; ++i) {
        const auto count = static_cast<Index>(m_statistics.samplesPerClass[i]);
        derived->classDirections.row(static_cast<Index>(i)) =
            derived->directions.middleRows(at, count).colwise().mean();
        derived->begin.push_back(at += count);
    }
    scaleRows(derived->classDirections);
    derived->learnLikelihoods(m_statistics);
    m_derived = std::move(derived);
}

OpenSetEvidence::~OpenSetEvidence() = default;
OpenSetEvidence::OpenSetEvidence(OpenSetEvidence&&) noexcept = default;
OpenSetEvidence& OpenSetEvidence::operator=(OpenSetEvidence&&) noexcept = default;

OpenSetEvidence OpenSetEvidence::fit(const LabelledEmbeddings& train, std::size_t classes)
{
    Rows rows = rowsOf(train.embeddings);
    scaleRows(rows);
    std::vector<std::vector<Index>> members(classes);
    for (std::size_t i = 0; i < train.labels.size(); ++i)
        members[static_cast<std::size_t>(train.labels[i])].push_back(static_cast<Index>(i));

    Rows means(static_cast<Index>(classes), kWidthIndex);
    Rows spread = rows;
    Statistics statistics;
    const std::size_t most = std::clamp<std::size_t>(kMostSamples / classes, 1, kSamplesOfAClass);
    for (std::size_t label = 0; label < classes; ++label) {
        const std::vector<Index>& own = members[label];
        Eigen::RowVectorXd sum = Eigen::RowVectorXd::Zero(kWidthIndex);
        for (const Index i : own)
            sum += rows.row(i).cast<double>();
        const auto row = static_cast<Index>(label);
        means.row(row) = (sum / static_cast<double>(own.size())).cast<float>();
        for (const Index i : own)
            spread.row(i) -= means.row(row);
        const std::size_t kept = std::min(most, own.size());
        for (std::size_t i = 0; i < kept; ++i) {
            const Rows sample = rows.row(own[i * own.size() / kept]);
            statistics.samples.insert(statistics.samples.end(), sample.data(), sample.data() + kWidth);
        }
        statistics.samplesPerClass.push_back(static_cast<float>(kept));
    }

    const Eigen::MatrixXd within =
        (spread.transpose() * spread).cast<double>() / static_cast<double>(rows.rows());
    // A set without any spread (one photo a class) still has a scale.
    const double level = std::max(within.trace() / static_cast<double>(kWidth), 1e-9);
    const Eigen::MatrixXd covariance =
        (1 - kShrinkage) * within + kShrinkage * level * Eigen::MatrixXd::Identity(kWidthIndex, kWidthIndex);
    const Eigen::MatrixXd lower = covariance.llt().matrixL();
    const Eigen::MatrixXd inverse =
        lower.triangularView<Eigen::Lower>().solve(Eigen::MatrixXd::Identity(kWidthIndex, kWidthIndex));

    statistics.classes = classes;
    statistics.mean = numbersOf(rows.colwise().mean());
    statistics.classMeans = numbersOf(means);
    statistics.whitening = numbersOf(inverse.cast<float>());
    return OpenSetEvidence(std::move(statistics));
}

EvidenceValues OpenSetEvidence::of(std::span<const float> embedding) const
{
    Rows point = rowsOf(embedding);
    scaleRows(point);
    const Derived& d = *m_derived;
    EvidenceValues values{};
    const auto set = [&](Evidence which, double value) { values[static_cast<std::size_t>(which)] = value; };

    Eigen::VectorXf near = rowsOf(m_statistics.samples) * point.transpose();
    const auto count = std::min<std::ptrdiff_t>(kNeighbours, near.size());
    std::partial_sort(near.begin(), near.begin() + count, near.end(), std::greater<>());
    set(Evidence::Neighbours, static_cast<double>(near.head(count).mean()) - 1);

    const Eigen::VectorXf white = d.whitened(point).row(0).transpose();
    const Eigen::ArrayXd squares =
        (d.whitenedMeans.rowwise() - white.transpose()).rowwise().squaredNorm().cast<double>();
    const double least = squares.minCoeff();
    set(Evidence::Distance, -std::sqrt(least));
    set(Evidence::Relative, static_cast<double>((white - d.origin).squaredNorm()) - least);
    set(Evidence::MaxSoftmax, std::log(shares(-squares, kSoftSlope).maxCoeff()));
    const Eigen::ArrayXd soft = shares(-squares, kEntropySlope);
    set(Evidence::Entropy, (soft * (soft + 1e-30).log()).sum());
    const auto [first, second] = bestTwo(-squares);
    set(Evidence::Margin, kSoftSlope * (first - second));

    const Eigen::VectorXf seen = white - d.origin;
    const Eigen::VectorXf direction = seen / std::max(seen.norm(), std::numeric_limits<float>::min());
    const Eigen::ArrayXd cosines = (d.classDirections * direction).cast<double>();
    set(Evidence::Cosine, cosines.maxCoeff());
    set(Evidence::CosineSoftmax, std::log(shares(cosines, kCosineSlope).maxCoeff()));
    const Eigen::VectorXf each = d.directions * direction;
    Eigen::ArrayXd best(static_cast<Index>(m_statistics.classes));
    for (Index i = 0; i < best.size(); ++i) {
        const Index from = d.begin[static_cast<std::size_t>(i)];
        best[i] = static_cast<double>(
            each.segment(from, d.begin[static_cast<std::size_t>(i) + 1] - from).maxCoeff());
    }
    const auto [nearest, next] = bestTwo(best);
    set(Evidence::WhitenedNearest, nearest);
    set(Evidence::WhitenedGap, nearest - next);

    const Eigen::ArrayXd ratios = d.likelihoods(white);
    const auto [likeliest, another] = bestTwo(ratios);
    set(Evidence::Likelihood, likeliest);
    set(Evidence::LikelihoodMargin, likeliest - another);
    set(Evidence::LikelihoodShare, std::log(shares(ratios, kLikelihoodSlope).maxCoeff()));
    return values;
}

} // namespace goodsight
