#include "core/learning/TrainingCost.h"

namespace goodsight {

double preparingCost(int side)
{
    return 1.2 * side * side / (224.0 * 224.0);
}

double costOf(const TrainingStage& stage, int side)
{
    const double area = side * side / (224.0 * 224.0);
    const double frozen = 1.1; // of the layers before layer4, forward
    switch (stage.part) {
    case TrainedPart::Fc:
        return 0.003 + (stage.freshViews ? 1.4 * area : 0);
    case TrainedPart::Layer4:
        return (1 + (stage.freshViews ? frozen : 0)) * area;
    case TrainedPart::Layer3:
        return (2.1 + (stage.freshViews ? 0.7 : 0)) * area;
    case TrainedPart::All:
        break;
    }
    return 4.4 * area;
}

double costAfter(const TrainingPlan& plan, int stage, int epoch, std::size_t photos)
{
    double left = 0;
    for (int later = stage; later < static_cast<int>(plan.stages.size()); ++later) {
        const TrainingStage& what = plan.stages[static_cast<std::size_t>(later)];
        const int epochs = later == stage ? what.epochs - epoch - 1 : what.epochs;
        left += static_cast<double>(photos) * what.viewsPerEpoch * epochs * costOf(what, plan.side);
    }
    return left;
}

} // namespace goodsight
