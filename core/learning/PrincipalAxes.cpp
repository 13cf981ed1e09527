#include "core/learning/PrincipalAxes.h"

#include "core/inference/MatrixProduct.h"

#include <Eigen/Eigenvalues>

#include <algorithm>

namespace goodsight {

PrincipalAxes PrincipalAxes::of(std::span<const float> embeddings, std::size_t dimensions)
{
    constexpr std::size_t kBlock = 2048;
    constexpr float kNothing = 1e-7F; // of the longest axis' variance: below it float32 has only rounding
    const std::size_t count = embeddings.size() / dimensions;
    PrincipalAxes result;
    std::vector<double> sum(dimensions);
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t j = 0; j < dimensions; ++j)
            sum[j] += static_cast<double>(embeddings[i * dimensions + j]);
    }
    for (const double value : sum)
        result.mean.push_back(
            static_cast<float>(value / static_cast<double>(std::max<std::size_t>(1, count))));

    std::vector<float> block(std::min(count, kBlock) * dimensions);
    Eigen::MatrixXf covariance =
        Eigen::MatrixXf::Zero(static_cast<Eigen::Index>(dimensions), static_cast<Eigen::Index>(dimensions));
    for (std::size_t from = 0; from < count; from += kBlock) {
        const std::size_t rows = std::min(kBlock, count - from);
        for (std::size_t i = 0; i < rows; ++i) {
            for (std::size_t j = 0; j < dimensions; ++j)
                block[i * dimensions + j] = embeddings[(from + i) * dimensions + j] - result.mean[j];
        }
        multiply(dimensions, dimensions, rows, {block.data(), dimensions, true}, {block.data(), dimensions},
                 1, covariance.data(), dimensions);
    }
    covariance /= static_cast<float>(std::max<std::size_t>(1, count));

    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXf> solver(covariance); // smallest first
    const auto last = static_cast<Eigen::Index>(dimensions) - 1;
    const float largest = solver.eigenvalues()[last];
    for (Eigen::Index i = last; i >= 0 && solver.eigenvalues()[i] > kNothing * largest; --i)
        result.variance.push_back(solver.eigenvalues()[i]);
    result.axes.resize(dimensions * result.kept());
    for (std::size_t j = 0; j < dimensions; ++j) {
        for (std::size_t axis = 0; axis < result.kept(); ++axis)
            result.axes[j * result.kept() + axis] =
                solver.eigenvectors()(static_cast<Eigen::Index>(j), last - static_cast<Eigen::Index>(axis));
    }
    return result;
}

} // namespace goodsight
