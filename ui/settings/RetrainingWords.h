#pragma once

#include "ui/shell/HeadRetraining.h"

namespace goodsight {

/// What the settings page says of the head that is fitted anew: how many answers it has seen, when it was
/// fitted, how good it is, or why there is none; translated.
[[nodiscard]] QString retrainingWords(const HeadRetraining::State& state);

} // namespace goodsight
