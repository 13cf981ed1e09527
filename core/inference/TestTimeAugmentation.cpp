#include "core/inference/TestTimeAugmentation.h"

#include "core/inference/InferenceText.h"

#include <algorithm>
#include <utility>

namespace goodsight {

namespace {

/// Turns every row of `width` numbers round.
void mirror(std::span<const float> view, int width, std::span<float> out)
{
    const auto step = static_cast<std::size_t>(width);
    for (std::size_t row = 0; row < view.size(); row += step) {
        const auto from = view.subspan(row, step);
        std::reverse_copy(from.begin(), from.end(), out.begin() + static_cast<std::ptrdiff_t>(row));
    }
}

} // namespace

Result<Augmentation> augmentationFromName(const QString& name)
{
    for (const Augmentation one : {Augmentation::Off, Augmentation::Always, Augmentation::Auto}) {
        if (name == augmentationName(one))
            return one;
    }
    return fail("unknown-augmentation", InferenceText::tr("There is no way “%1” of taking views.").arg(name),
                InferenceText::tr("Choose off, always or auto."));
}

QString augmentationName(Augmentation augmentation)
{
    switch (augmentation) {
    case Augmentation::Off:
        break;
    case Augmentation::Always:
        return QStringLiteral("always");
    case Augmentation::Auto:
        return QStringLiteral("auto");
    }
    return QStringLiteral("off");
}

QImage viewSquare(const DecodedImage& photo, const PreprocessSpec& spec)
{
    PreprocessSpec square = spec;
    square.resize = spec.resize * 9 / 8;
    square.crop = square.resize;
    return resizeAndCrop(photo, square);
}

std::vector<float> extraViews(std::span<const float> centre, const QImage& square, const PreprocessSpec& spec)
{
    const std::size_t size = centre.size();
    std::vector<float> input(kExtraViews * size);
    const std::span<float> all(input);
    PreprocessSpec whole = spec;
    whole.resize = spec.crop;
    const int edge = (square.width() - spec.crop) / 2;
    mirror(centre, spec.crop, all.first(size));
    normalise(resizeAndCrop(square, whole), spec, all.subspan(size).data());
    mirror(all.subspan(size, size), spec.crop, all.subspan(2 * size, size));
    normalise(square.copy(edge, edge, spec.crop, spec.crop), spec, all.subspan(3 * size).data());
    mirror(all.subspan(3 * size, size), spec.crop, all.subspan(4 * size, size));
    return input;
}

bool isDoubtful(const ImageQuality& quality, std::span<const double> probabilities)
{
    if (quality.low())
        return true;
    double first = 0;
    double second = 0;
    for (const double value : probabilities) {
        if (value > first)
            second = std::exchange(first, value);
        else
            second = std::max(second, value);
    }
    return first - second < kSmallMargin;
}

void AugmentationTally::add(const Recognition& answer)
{
    ++photos;
    augmented += answer.views > 1 ? 1 : 0;
    milliseconds += answer.times.augment;
}

} // namespace goodsight
