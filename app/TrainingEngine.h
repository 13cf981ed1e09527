#pragma once

#include "ui/training/TrainingRun.h"

namespace goodsight {

/// Jobs that train for real: the wish's preset on the photos that its project has when the run begins, from
/// its start model to a new installed one. A run that the wish's folder holds goes on, to the same bits, with
/// the photos that it began with; the command line can resume it too.
[[nodiscard]] TrainingJobFactory trainingEngine();

} // namespace goodsight
