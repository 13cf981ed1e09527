#pragma once

#include "core/inference/Backend.h"
#include "core/model/ModelPackage.h"

#include <vector>

namespace goodsight {

/// The normalised input (3 x 224 x 224 floats, NCHW) of a golden pattern, through the same arithmetic as a
/// photo.
[[nodiscard]] std::vector<float> goldenInput(quint32 seed, const PreprocessSpec& spec);

/// Runs `package`'s golden inputs through `backend` and returns the largest absolute difference of a logit
/// or of a number of the embedding's head (0 when the package has none; infinite when one is not finite).
/// Whoever asks compares it with package.golden.tolerance. Errors: the backend's, and "bad-model" for golden
/// outputs that do not fit the model or a pattern of another generator.
[[nodiscard]] Result<double> replayGolden(Backend& backend, const ModelPackage& package);

/// Largest difference of a logit that another processor's float32 rounding may make in 8-bit arithmetic, as a
/// share of the largest golden logit.
inline constexpr double kInt8Tolerance = 0.05;

/// The same for an 8-bit backend, against package.int8's own golden logits: the largest difference as a share
/// of the largest of them. Without golden inputs 0.
[[nodiscard]] Result<double> replayInt8Golden(Backend& backend, const ModelPackage& package);

/// Golden outputs of `package` as `backend` (the reference) computes them, for a model that comes without.
/// Errors: the backend's, and "bad-model" when the model gives logits that are not finite.
[[nodiscard]] Result<GoldenOutputs> makeGolden(Backend& backend, const ModelPackage& package);

} // namespace goodsight
