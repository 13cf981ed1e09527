#pragma once

#include "core/base/Result.h"
#include "core/imaging/ImageQuality.h"
#include "core/imaging/Preprocess.h"
#include "core/inference/Recognition.h"

#include <QImage>

#include <span>
#include <vector>

namespace goodsight {

/// Whether a photo's answer is the mean over several views of it. Auto: where the photo is poor or its answer
/// close (isDoubtful()).
enum class Augmentation { Off, Always, Auto };

/// "off", "always", "auto"; error "unknown-augmentation" for other words.
[[nodiscard]] Result<Augmentation> augmentationFromName(const QString& name);
[[nodiscard]] QString augmentationName(Augmentation augmentation);

/// Views that are taken beside the centre.
inline constexpr int kExtraViews = 7;

/// The picture that all views are cut from: the photo resized as `spec` says, its centre square of `resize`
/// pixels. `image` and `orientation` as for resizeAndCrop().
[[nodiscard]] QImage viewSquare(const QImage& image, const PreprocessSpec& spec, int orientation);

/// The extra views of a photo as the network's input, kExtraViews x 3 x crop x crop floats: the centre
/// mirrored, the four corners of `square`, and all of it made smaller, plain and mirrored (a part of the ten
/// crops of Krizhevsky et al. 2012, and a second scale). `square` is viewSquare()'s.
[[nodiscard]] std::vector<float> extraViews(const QImage& square, const PreprocessSpec& spec);

/// First minus second probability below which Auto takes more views.
inline constexpr double kSmallMargin = 0.35;

/// Whether Auto takes more views: low quality, or less than kSmallMargin between the first two of
/// `probabilities`.
[[nodiscard]] bool isDoubtful(const ImageQuality& quality, std::span<const double> probabilities);

/// How often more views were taken and what they cost.
struct AugmentationTally {
    qsizetype photos = 0;
    qsizetype augmented = 0;
    double milliseconds = 0; ///< spent on the extra views of all photos

    void add(const Recognition& answer);
};

} // namespace goodsight
