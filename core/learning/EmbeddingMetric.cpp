#include "core/learning/EmbeddingMetric.h"

#include "core/inference/MatrixProduct.h"
#include "core/learning/LearningText.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>

namespace goodsight {

namespace {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Chosen with tests/bench/FewShotBench.cpp.
constexpr float kShrinkage = 0.4F; ///< of the covariance within products, at least
/// Least variance between products along any coordinate, as a share of the mean of those that the known ones
/// span: new products differ in other ways, too.
constexpr float kOtherWays = 0.04F;
/// What is assumed of embeddings of length 1 before any is seen: their variance within products, and between
/// them in units of it.
constexpr float kUsualWithin = 0.2F;
constexpr float kUsualBetween = 0.5F;

Matrix squares(const Matrix& rows)
{
    const auto width = static_cast<std::size_t>(rows.cols());
    Matrix product = Matrix::Zero(rows.cols(), rows.cols());
    multiply(width, width, static_cast<std::size_t>(rows.rows()), {rows.data(), width, true},
             {rows.data(), width}, 0, product.data(), width);
    return product;
}

} // namespace

Result<EmbeddingMetric> EmbeddingMetric::learn(std::span<const float> embeddings, int dimensions,
                                               std::span<const int> labels)
{
    const auto photos = static_cast<Eigen::Index>(labels.size());
    if (dimensions < 1 || embeddings.size() != labels.size() * static_cast<std::size_t>(dimensions) ||
        std::any_of(labels.begin(), labels.end(), [](int label) { return label < 0; })) {
        return fail("bad-input", LearningText::tr("%1 labels came with %2 numbers.")
                                     .arg(static_cast<qulonglong>(labels.size()))
                                     .arg(static_cast<qulonglong>(embeddings.size())));
    }
    if (const auto bad = std::find_if(embeddings.begin(), embeddings.end(),
                                      [](float value) { return !std::isfinite(value); });
        bad != embeddings.end()) {
        return fail("bad-embedding",
                    LearningText::tr("The embedding of photo %1 holds a number that is not finite.")
                        .arg((bad - embeddings.begin()) / dimensions + 1),
                    LearningText::tr("Check the model, then recognise the photos again."));
    }

    Matrix rows = Eigen::Map<const Matrix>(embeddings.data(), photos, dimensions);
    rows.rowwise().normalize();
    EmbeddingMetric metric;
    const Eigen::RowVectorXf mean =
        photos > 0 ? Eigen::RowVectorXf(rows.colwise().mean()) : Eigen::RowVectorXf::Zero(dimensions);
    metric.m_mean.assign(mean.data(), mean.data() + dimensions);
    rows.rowwise() -= mean;

    const int highest = labels.empty() ? -1 : *std::max_element(labels.begin(), labels.end());
    std::vector<int> counts(static_cast<std::size_t>(highest + 1));
    for (const int label : labels)
        ++counts[static_cast<std::size_t>(label)];
    std::vector<Eigen::Index> place(counts.size());
    Eigen::Index products = 0;
    for (std::size_t label = 0; label < counts.size(); ++label)
        place[label] = counts[label] > 0 ? products++ : -1;
    Matrix means = Matrix::Zero(products, dimensions);
    for (Eigen::Index i = 0; i < photos; ++i) {
        const auto label = static_cast<std::size_t>(labels[static_cast<std::size_t>(i)]);
        means.row(place[label]) += rows.row(i) / static_cast<float>(counts[label]);
    }
    for (Eigen::Index i = 0; i < photos; ++i)
        rows.row(i) -= means.row(place[static_cast<std::size_t>(labels[static_cast<std::size_t>(i)])]);

    const auto freedom = static_cast<float>(photos - products);
    Matrix within = squares(rows) / std::max(1.0F, freedom);
    const float trace = within.trace();
    const auto width = static_cast<float>(dimensions);
    const float variance = (trace > 0 ? trace : kUsualWithin) / width;
    const float shrinkage = std::max(kShrinkage, 1 - (1 - kShrinkage) * freedom / width);
    within *= 1 - shrinkage;
    within.diagonal().array() += shrinkage * variance;

    const Eigen::LLT<Eigen::MatrixXf> factor(within);
    Matrix whitened(products, dimensions);
    if (products > 0) // Eigen solves nothing for no columns, but not without touching them
        whitened = factor.matrixL().solve(means.transpose()).transpose();
    const Eigen::MatrixXf between =
        squares(whitened) / static_cast<float>(std::max<Eigen::Index>(1, products));
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXf> solver(between); // smallest first
    const Eigen::Index spanned = std::min<Eigen::Index>(dimensions, products - 1);
    const float usual = spanned > 0 ? solver.eigenvalues().tail(spanned).mean() : 0;
    const float least = usual > 0 ? kOtherWays * usual : kUsualBetween;
    const Matrix axes = factor.matrixU().solve(solver.eigenvectors()).transpose();
    metric.m_axes.assign(axes.data(), axes.data() + axes.size());
    for (Eigen::Index j = 0; j < dimensions; ++j)
        metric.m_between.push_back(std::max(least, solver.eigenvalues()[j]));
    return metric;
}

std::vector<float> EmbeddingMetric::project(std::span<const float> embedding) const
{
    const auto width = static_cast<Eigen::Index>(m_mean.size());
    Eigen::VectorXf point = Eigen::Map<const Eigen::VectorXf>(embedding.data(), width);
    point.normalize();
    point -= Eigen::Map<const Eigen::VectorXf>(m_mean.data(), width);
    std::vector<float> out(m_mean.size());
    Eigen::Map<Eigen::VectorXf>(out.data(), width).noalias() =
        Eigen::Map<const Matrix>(m_axes.data(), width, width) * point;
    return out;
}

} // namespace goodsight
