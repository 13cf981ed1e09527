#pragma once

#include "ui/training/TrainingRun.h"

namespace goodsight {

/// Jobs that train for real: the wish's preset on the photos that its project has when the run begins, from
/// its start model to a new installed one. The run's folder is kept below the project, so that a stopped run
/// can be resumed by the command line.
[[nodiscard]] TrainingJobFactory trainingEngine();

} // namespace goodsight
