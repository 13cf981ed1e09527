#include "core/evaluation/PrincipalComponents.h"

#include <Eigen/Dense>

#include <algorithm>

namespace goodsight {

namespace {

using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

constexpr Eigen::Index kBlock = 1024;

/// The eigenvectors of the largest `wanted` eigenvalues as columns, largest first.
Eigen::MatrixXf axesOf(const Eigen::MatrixXd& covariance, Eigen::Index wanted)
{
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(covariance);
    Eigen::MatrixXd axes = solver.eigenvectors().rightCols(wanted).rowwise().reverse();
    for (auto axis : axes.colwise()) {
        Eigen::Index largest = 0;
        axis.cwiseAbs().maxCoeff(&largest);
        if (axis[largest] < 0)
            axis = -axis;
    }
    return axes.cast<float>();
}

} // namespace

std::vector<float> principalComponents(std::span<const float> rows, int dimensions, int wanted, int threads)
{
    const Eigen::Index width = dimensions;
    const Eigen::Index count = static_cast<Eigen::Index>(rows.size()) / width;
    const Eigen::Index kept = std::clamp(wanted, 1, dimensions);
    std::vector<float> result(static_cast<std::size_t>(count * kept));
    if (count == 0)
        return result;
    const Eigen::Map<const Rows> all(rows.data(), count, width);
    const Eigen::RowVectorXf mean = all.cast<double>().colwise().mean().cast<float>();
    const Eigen::Index blocks = (count + kBlock - 1) / kBlock;
    std::vector<Eigen::MatrixXf> parts(static_cast<std::size_t>(blocks));
#pragma omp parallel for num_threads(threads) schedule(dynamic)
    for (Eigen::Index block = 0; block < blocks; ++block) {
        const Eigen::Index height = std::min(kBlock, count - block * kBlock);
        const Rows centred = all.middleRows(block * kBlock, height).rowwise() - mean;
        Eigen::MatrixXf& part = parts[static_cast<std::size_t>(block)];
        part.setZero(width, width);
        part.selfadjointView<Eigen::Lower>().rankUpdate(centred.transpose());
    }
    Eigen::MatrixXd covariance = Eigen::MatrixXd::Zero(width, width);
    for (const Eigen::MatrixXf& part : parts)
        covariance += part.cast<double>();
    const Eigen::MatrixXf axes = axesOf(covariance / static_cast<double>(count), kept);
    Eigen::Map<Rows> projected(result.data(), count, kept);
#pragma omp parallel for num_threads(threads) schedule(dynamic)
    for (Eigen::Index block = 0; block < blocks; ++block) {
        const Eigen::Index height = std::min(kBlock, count - block * kBlock);
        const Rows centred = all.middleRows(block * kBlock, height).rowwise() - mean;
        projected.middleRows(block * kBlock, height).noalias() = centred * axes;
    }
    return result;
}

} // namespace goodsight
