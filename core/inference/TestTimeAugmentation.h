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
inline constexpr int kExtraViews = 5;

/// What the views at other scales are cut from: the photo resized to nine eighths of what `spec` says, its
/// centre square.
[[nodiscard]] QImage viewSquare(const DecodedImage& photo, const PreprocessSpec& spec);

/// The extra views of a photo as the network's input, kExtraViews x 3 x crop x crop floats: the centre
/// mirrored, then all of `square` made smaller and the middle of it, each plain and mirrored. `centre` is the
/// centre's input, `square` viewSquare()'s.
///
/// Chosen by measurement on 296 photos (top-1 / NLL): centre alone 83.1 % / 0.608, these six views 84.8 /
/// 0.570, the ten crops of Krizhevsky et al. 2012 85.1 / 0.584, mirrored alone 83.4 / 0.600.
[[nodiscard]] std::vector<float> extraViews(std::span<const float> centre, const QImage& square,
                                            const PreprocessSpec& spec);

/// First minus second probability below which Auto takes more views: a quarter of the photos of the
/// measurement above, which then gain as much in top-1 as when all do.
inline constexpr double kSmallMargin = 0.5;

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
