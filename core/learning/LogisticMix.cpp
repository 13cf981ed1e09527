#include "core/learning/LogisticMix.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>

#include <algorithm>
#include <cmath>

namespace goodsight {

namespace {

using Index = Eigen::Index;

constexpr int kSteps = 100;
constexpr double kConverged = 1e-10;

} // namespace

LogisticMix LogisticMix::fit(const std::vector<EvidenceValues>& points, const std::vector<bool>& known)
{
    LogisticMix mix;
    const auto rows = static_cast<Index>(points.size());
    constexpr auto columns = static_cast<Index>(kEvidences);
    const auto positives = static_cast<double>(std::count(known.begin(), known.end(), true));
    const double negatives = static_cast<double>(rows) - positives;
    for (std::size_t k = 0; k < kEvidences; ++k) {
        double sum = 0;
        double squares = 0;
        for (std::size_t i = 0; i < points.size(); ++i)
            sum += known[i] ? points[i][k] : 0;
        mix.centre[k] = sum / positives;
        for (std::size_t i = 0; i < points.size(); ++i)
            squares += known[i] ? std::pow(points[i][k] - mix.centre[k], 2) : 0;
        mix.scale[k] = squares > 0 ? std::sqrt(squares / positives) : 1;
    }

    Eigen::MatrixXd design(rows, columns + 1); // the last column is the bias
    Eigen::VectorXd target(rows);
    Eigen::VectorXd importance(rows);
    for (Index i = 0; i < rows; ++i) {
        const auto at = static_cast<std::size_t>(i);
        for (std::size_t k = 0; k < kEvidences; ++k)
            design(i, static_cast<Index>(k)) = (points[at][k] - mix.centre[k]) / mix.scale[k];
        design(i, columns) = 1;
        target[i] = known[at] ? 1 : 0;
        importance[i] = static_cast<double>(rows) / (2 * (known[at] ? positives : negatives));
    }
    Eigen::VectorXd ridge = Eigen::VectorXd::Constant(columns + 1, kRidge);
    ridge[columns] = 1e-9; // the bias is free; this keeps the equations solvable
    const auto lossAt = [&](const Eigen::VectorXd& at) {
        const Eigen::ArrayXd odds = (design * at).array();
        // log(1 + exp(x)) - target * x without overflow.
        const Eigen::ArrayXd each = odds.max(0.0) + (-odds.abs()).exp().log1p() - target.array() * odds;
        return (importance.array() * each).sum() + 0.5 * (ridge.array() * at.array().square()).sum();
    };
    Eigen::VectorXd weights = Eigen::VectorXd::Zero(columns + 1);
    double loss = lossAt(weights);
    for (int step = 0; step < kSteps; ++step) {
        const Eigen::ArrayXd share = 1 / (1 + (-(design * weights).array()).exp());
        const Eigen::VectorXd gradient =
            design.transpose() * (importance.array() * (share - target.array())).matrix() +
            ridge.cwiseProduct(weights);
        const Eigen::VectorXd curvature = (importance.array() * share * (1 - share)).matrix();
        Eigen::MatrixXd hessian = design.transpose() * curvature.asDiagonal() * design;
        hessian.diagonal() += ridge;
        Eigen::VectorXd direction = hessian.ldlt().solve(gradient);
        double next = lossAt(weights - direction);
        for (int halvings = 0; next > loss && halvings < 30; ++halvings)
            next = lossAt(weights - (direction /= 2));
        if (!(next <= loss))
            break;
        weights -= direction;
        loss = next;
        if (direction.norm() <= kConverged * (1 + weights.norm()))
            break;
    }
    for (std::size_t k = 0; k < kEvidences; ++k)
        mix.weights[k] = weights[static_cast<Index>(k)];
    mix.bias = weights[columns];
    return mix;
}

} // namespace goodsight
