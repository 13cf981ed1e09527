#include "core/learning/LinearHead.h"

#include "core/base/Job.h"
#include "core/inference/MatrixProduct.h"
#include "core/inference/Recognizer.h"
#include "core/learning/LearningText.h"
#include "core/learning/PhotoFolds.h"
#include "core/learning/PrincipalAxes.h"
#include "core/learning/SoftmaxRegression.h"
#include "core/learning/ThreadCount.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <new>
#include <numeric>

namespace goodsight {

namespace {

/// Multiplications in one pass over the photos that a cross-validation's fits may take.
constexpr double kValidationWork = 3e9;
/// Above it, one fold has to do.
constexpr double kManyFoldsWork = 1e9;

/// The standard deviations of logits that the grid allows, from strong to weak penalty: l2 is the embeddings'
/// total variance over their square.
constexpr double kLogitDeviations[] = {2, 4.5, 10, 22, 50};
constexpr double kMiddle = 10;
/// A weaker penalty has to make held-out photos likelier by this share: a gain below it is mostly that of
/// near duplicates on both sides of the split, and weak penalties are slow to fit.
constexpr double kWorthwhile = 0.15;

Result<void> check(std::span<const float> embeddings, int dimensions, std::span<const int> labels,
                   int classes)
{
    if (dimensions < 1 || classes < 1 ||
        embeddings.size() != labels.size() * static_cast<std::size_t>(std::max(0, dimensions))) {
        return fail("bad-input", LearningText::tr("%1 labels came with %2 numbers.")
                                     .arg(static_cast<qulonglong>(labels.size()))
                                     .arg(static_cast<qulonglong>(embeddings.size())));
    }
    for (const int label : labels) {
        if (label < 0 || label >= classes) {
            return fail("bad-input", LearningText::tr("A photo has label %1, but there are only %2 products.")
                                         .arg(label)
                                         .arg(classes));
        }
    }
    for (std::size_t i = 0; i < embeddings.size(); ++i) {
        if (!std::isfinite(embeddings[i])) {
            return fail("bad-embedding",
                        LearningText::tr("The embedding of photo %1 holds a number that is not finite.")
                            .arg(static_cast<qulonglong>(i / static_cast<std::size_t>(dimensions) + 1)),
                        LearningText::tr("Check the model, then recognise the photos again."));
        }
    }
    return {};
}

/// The classes that have photos, renumbered without gaps.
struct PresentClasses {
    std::vector<int> original; ///< class of each number
    std::vector<int> labels;   ///< number of each photo
    std::vector<std::size_t> photos;

    PresentClasses(std::span<const int> wanted, int classes)
    {
        std::vector<std::size_t> counts(static_cast<std::size_t>(classes));
        for (const int label : wanted)
            ++counts[static_cast<std::size_t>(label)];
        std::vector<int> number(counts.size(), -1);
        for (int c = 0; c < classes; ++c) {
            if (const std::size_t count = counts[static_cast<std::size_t>(c)]; count > 0) {
                number[static_cast<std::size_t>(c)] = static_cast<int>(original.size());
                original.push_back(c);
                photos.push_back(count);
            }
        }
        labels.reserve(wanted.size());
        for (const int label : wanted)
            labels.push_back(number[static_cast<std::size_t>(label)]);
    }

    [[nodiscard]] int count() const { return static_cast<int>(original.size()); }
};

/// The photos in `order` on the principal axes.
SoftmaxRegression::Features project(std::span<const float> embeddings, std::size_t dimensions,
                                    const PrincipalAxes& axes, const PhotoFolds& folds,
                                    const std::vector<int>& labels)
{
    constexpr std::size_t kBlock = 2048;
    constexpr std::size_t kAlign = 16;
    SoftmaxRegression::Features features;
    features.variance = axes.variance;
    features.stride = (axes.kept() + 1 + kAlign - 1) / kAlign * kAlign;
    features.values.resize(labels.size() * features.stride);
    features.labels.reserve(labels.size());
    std::vector<float> block(kBlock * dimensions);
    for (std::size_t from = 0; from < labels.size(); from += kBlock) {
        const std::size_t rows = std::min(kBlock, labels.size() - from);
        for (std::size_t i = 0; i < rows; ++i) {
            const std::size_t photo = folds.order[from + i];
            for (std::size_t j = 0; j < dimensions; ++j)
                block[i * dimensions + j] = embeddings[photo * dimensions + j] - axes.mean[j];
            features.values[(from + i) * features.stride + axes.kept()] = 1;
            features.labels.push_back(labels[photo]);
        }
        multiply(rows, axes.kept(), dimensions, {block.data(), dimensions}, {axes.axes.data(), axes.kept()},
                 0, features.values.data() + from * features.stride, features.stride);
    }
    return features;
}

/// One search for the best head.
class Fit {
public:
    Fit(SoftmaxRegression regression, const PhotoFolds& folds, const LinearHeadOptions& options)
        : m_regression(std::move(regression))
        , m_folds(folds)
        , m_options(options)
        , m_totalVariance(m_regression.totalVariance())
        , m_weights(m_regression.classes() * m_regression.width())
    {}

    /// Sets l2() and heldOutLoss(), and starts weights() from what the folds found. False when stopped.
    [[nodiscard]] bool chooseL2()
    {
        m_l2 = m_totalVariance / (kMiddle * kMiddle);
        std::size_t folds = m_folds.folds.size();
        const double work = static_cast<double>(m_folds.used) * static_cast<double>(m_weights.size());
        if (work > kManyFoldsWork)
            folds = std::min<std::size_t>(folds, 1);
        if (folds == 0)
            return true;
        double best = std::numeric_limits<double>::infinity();
        std::vector<std::vector<float>> states(folds, m_weights);
        for (const double deviation : kLogitDeviations) {
            const double l2 = m_totalVariance / (deviation * deviation);
            double loss = 0;
            for (std::size_t fold = 0; fold < folds; ++fold) {
                const Stretch heldOut = m_folds.folds[fold];
                if (!run({{0, heldOut.first}, {heldOut.second, m_folds.used}}, l2, states[fold], kRough))
                    return false;
                loss += m_regression.meanLoss(states[fold], heldOut, m_options.stopRequested);
            }
            loss /= static_cast<double>(folds);
            if (std::isnan(loss))
                return false;
            if (loss > (1 - kWorthwhile) * best)
                return true;
            best = loss;
            m_l2 = l2;
            m_heldOutLoss = loss;
            std::fill(m_weights.begin(), m_weights.end(), 0.0F);
            for (const std::vector<float>& state : states) {
                for (std::size_t i = 0; i < m_weights.size(); ++i)
                    m_weights[i] += state[i] / static_cast<float>(folds);
            }
        }
        return true;
    }

    /// Fits weights() to all photos at a given `l2`, by way of stronger penalties: from nothing it would take
    /// twice as many steps. False when stopped.
    [[nodiscard]] bool approach(double l2)
    {
        constexpr double kStronger[] = {16, 4};
        constexpr double kRoughly = 1e-2;
        for (const double factor : kStronger) {
            if (!run({{0, m_regression.photos()}}, factor * l2, m_weights, kRoughly))
                return false;
        }
        return run(l2);
    }

    /// Fits weights() to all photos at `l2`, from where they are; where one pass over the photos is long,
    /// first to a share of them, with as much less penalty, so that few passes over all are left: 15 instead
    /// of 187 with 100,000 photos of 1,000 classes. False when stopped.
    [[nodiscard]] bool run(double l2)
    {
        constexpr std::size_t kParts[] = {16, 4};
        m_l2 = l2;
        const std::size_t photos = m_regression.photos();
        const double work = static_cast<double>(photos) * static_cast<double>(m_weights.size());
        for (const std::size_t part : kParts) {
            if (work > m_options.longPass &&
                !run({{0, photos / part}}, l2 / static_cast<double>(part), m_weights, kRough))
                return false;
        }
        return run({{0, photos}}, l2, m_weights, m_options.tolerance);
    }

    [[nodiscard]] double l2() const { return m_l2; }
    [[nodiscard]] double heldOutLoss() const { return m_heldOutLoss; }
    [[nodiscard]] double loss() const
    {
        return m_regression.meanLoss(m_weights, {0, m_regression.photos()}, {});
    }
    [[nodiscard]] int iterations() const { return m_iterations; }
    [[nodiscard]] std::span<const float> weights() const { return m_weights; }

private:
    static constexpr double kRough = 5e-3; // two values of l2 compare well enough with it

    [[nodiscard]] bool run(std::vector<Stretch> stretches, double l2, std::vector<float>& weights,
                           double tolerance)
    {
        LbfgsOptions options;
        options.tolerance = tolerance;
        options.maxIterations = m_options.maxIterations;
        const LbfgsResult result = minimize(
            m_regression.objective(std::move(stretches), l2, m_options.stopRequested), weights, options);
        m_iterations = result.iterations;
        return !result.interrupted;
    }

    const SoftmaxRegression m_regression;
    const PhotoFolds& m_folds;
    const LinearHeadOptions& m_options;
    const double m_totalVariance;
    std::vector<float> m_weights; ///< on the principal axes
    double m_l2 = 0;
    double m_heldOutLoss = std::numeric_limits<double>::quiet_NaN();
    int m_iterations = 0;
};

/// Weights on the principal axes turned back into the embeddings' space.
void turnBack(std::span<const float> weights, const PrincipalAxes& axes, const PresentClasses& present,
              LinearHead& head)
{
    const std::size_t dimensions = axes.mean.size();
    const std::size_t width = axes.kept() + 1;
    const auto classes = static_cast<std::size_t>(present.count());
    std::vector<float> turned(classes * dimensions);
    multiply(classes, dimensions, axes.kept(), {weights.data(), width}, {axes.axes.data(), axes.kept(), true},
             0, turned.data(), dimensions);
    for (std::size_t c = 0; c < classes; ++c) {
        const auto original = static_cast<std::size_t>(present.original[c]);
        const float* row = turned.data() + c * dimensions;
        std::copy(row, row + dimensions,
                  head.weight.begin() + static_cast<std::ptrdiff_t>(original * dimensions));
        head.bias[original] =
            static_cast<float>(static_cast<double>(weights[c * width + axes.kept()]) -
                               std::inner_product(row, row + dimensions, axes.mean.begin(), 0.0));
    }
}

Result<LinearHead> fitChecked(std::span<const float> embeddings, int dimensions, std::span<const int> labels,
                              int classes, const LinearHeadOptions& options)
{
    const PresentClasses present(labels, classes);
    if (present.count() < 2) {
        return fail("one-class",
                    LearningText::tr("Only one product has photos; there is nothing to tell apart."),
                    LearningText::tr("Add photos of at least one more product."));
    }
    const ThreadCount threads(options.threads);
    const auto width = static_cast<std::size_t>(dimensions);
    const double perPhoto = static_cast<double>(width) * present.count();
    const auto most = static_cast<std::size_t>(kValidationWork / perPhoto);
    const PhotoFolds folds = PhotoFolds::deal(present.labels, present.count(), std::max(2, options.folds),
                                              most, options.seed, options.groups);
    const PrincipalAxes axes = PrincipalAxes::of(embeddings, width);
    std::vector<float> photoWeights;
    for (const std::size_t photos : present.photos) {
        photoWeights.push_back(options.balanced ? static_cast<float>(labels.size()) /
                                                      static_cast<float>(photos * present.photos.size())
                                                : 1.0F);
    }
    Fit fit(
        SoftmaxRegression(project(embeddings, width, axes, folds, present.labels), std::move(photoWeights)),
        folds, options);
    if (!(options.l2 ? fit.approach(*options.l2) : fit.chooseL2() && fit.run(fit.l2())))
        return fail(cancelledError());

    LinearHead head;
    head.weight.resize(static_cast<std::size_t>(classes) * width);
    head.bias.assign(static_cast<std::size_t>(classes), kNoPhotosBias);
    turnBack(fit.weights(), axes, present, head);
    head.l2 = fit.l2();
    head.loss = fit.loss();
    head.heldOutLoss = fit.heldOutLoss();
    head.iterations = fit.iterations();
    return head;
}

} // namespace

Result<LinearHead> fitLinearHead(std::span<const float> embeddings, int dimensions,
                                 std::span<const int> labels, int classes, const LinearHeadOptions& options)
{
    if (const auto checked = check(embeddings, dimensions, labels, classes); !checked)
        return fail(checked.error());
    try {
        return fitChecked(embeddings, dimensions, labels, classes, options);
    } catch (const std::bad_alloc&) {
        return fail("out-of-memory",
                    LearningText::tr("There is not enough memory to learn from so many photos."),
                    LearningText::tr("Close other programs and try again."));
    }
}

} // namespace goodsight
