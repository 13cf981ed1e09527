#include "core/learning/StageRows.h"

#include "core/base/Random.h"

#include <algorithm>
#include <numeric>

namespace goodsight {

namespace {

/// What random numbers are for; see Random::keyed(). The fine tuner has the others.
enum Purpose : quint32 { kTurn = 1, kOrder };

constexpr int kFreshViews = 1 << 16; ///< numbers of fresh views start here

/// How often, before `stage`, layers before `boundary` were trained.
int generationOf(const TrainingPlan& plan, Boundary boundary, int stage)
{
    return static_cast<int>(std::count_if(
        plan.stages.begin(), plan.stages.begin() + stage,
        [boundary](const TrainingStage& earlier) { return boundaryOf(earlier.part) < boundary; }));
}

} // namespace

std::vector<EpochRow> rowsOfEpoch(const TrainingPlan& plan, int stage, int epoch,
                                  std::span<const std::size_t> photos)
{
    std::vector<EpochRow> out;
    const TrainingStage& what = plan.stages[static_cast<std::size_t>(stage)];
    for (const std::size_t photo : photos) {
        std::vector<int> turn(static_cast<std::size_t>(plan.viewsPerPhoto));
        std::iota(turn.begin(), turn.end(), 0);
        Random::keyed(plan.seed, kTurn, stage, photo).shuffle(turn);
        for (int k = 0; k < what.viewsPerEpoch; ++k) {
            const int number = epoch * what.viewsPerEpoch + k;
            const int view = what.freshViews ? kFreshViews + stage * (1 << 20) + number
                                             : turn[static_cast<std::size_t>(number) % turn.size()];
            out.push_back({photo, view});
        }
    }
    Random::keyed(plan.seed, kOrder, stage, epoch).shuffle(out);
    return out;
}

KeptForStages keptFrom(const TrainingPlan& plan, int stage)
{
    KeptForStages out;
    const auto add = [](std::vector<ViewPool::Wanted>& list, Boundary boundary, int generation) {
        const bool there = std::any_of(list.begin(), list.end(), [&](const ViewPool::Wanted& wanted) {
            return wanted.boundary == boundary;
        });
        if (!there)
            list.push_back({boundary, generation});
    };
    for (int later = stage; later < static_cast<int>(plan.stages.size()); ++later) {
        const TrainingStage& what = plan.stages[static_cast<std::size_t>(later)];
        const Boundary boundary = boundaryOf(what.part);
        const int generation = generationOf(plan, boundary, stage);
        if (generation != generationOf(plan, boundary, later)) {
            add(out.train, Boundary::Pictures, 0); // the frozen layers will run again, on these
            continue;
        }
        add(out.val, boundary, generation);
        if (!what.freshViews)
            add(out.train, boundary, generation);
    }
    return out;
}

} // namespace goodsight
