#include "core/inference/TestTimeAugmentation.h"

#include "core/inference/InferenceText.h"

#include <algorithm>
#include <array>
#include <utility>

namespace goodsight {

namespace {

QImage mirrored(const QImage& view)
{
    return view.mirrored(true, false);
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

QImage viewSquare(const QImage& image, const PreprocessSpec& spec, int orientation)
{
    PreprocessSpec square = spec;
    square.crop = spec.resize;
    return resizeAndCrop(image, square, orientation);
}

std::vector<float> extraViews(const QImage& square, const PreprocessSpec& spec)
{
    const int far = square.width() - spec.crop;
    const auto cut = [&](int x, int y) { return square.copy(x, y, spec.crop, spec.crop); };
    PreprocessSpec small = spec;
    small.resize = spec.crop;
    const QImage whole = resizeAndCrop(square, small);
    const std::array<QImage, kExtraViews> views{
        mirrored(cut(far / 2, far / 2)), cut(0, 0), cut(far, 0), cut(0, far), cut(far, far), whole,
        mirrored(whole)};
    const std::size_t size = std::size_t{3} * static_cast<std::size_t>(spec.crop) *
                             static_cast<std::size_t>(spec.crop);
    std::vector<float> input(views.size() * size);
    for (std::size_t i = 0; i < views.size(); ++i)
        normalise(views[i], spec, input.data() + i * size);
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
