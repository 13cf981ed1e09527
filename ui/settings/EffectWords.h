#pragma once

#include "core/evaluation/SwitchEffects.h"
#include "core/inference/TestTimeAugmentation.h"

namespace goodsight {

/// What was measured of each switch, as one plain line each; empty without a measurement of it.
struct EffectWords {
    QString calibration;
    QString views;
    QString prior;

    [[nodiscard]] static EffectWords of(const SwitchEffects& effects);
};

/// How often more views were taken since the setting was chosen; empty before the first photo.
[[nodiscard]] QString useText(const AugmentationTally& use);

} // namespace goodsight
