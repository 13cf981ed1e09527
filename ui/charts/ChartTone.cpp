#include "ui/charts/ChartTone.h"

#include "ui/theme/Theme.h"

#include <cmath>

namespace goodsight {

QColor toneColor(ChartTone tone)
{
    const ThemeColors& c = Theme::colors();
    switch (tone) {
    case ChartTone::Sure:
        return c.sure;
    case ChartTone::Unsure:
        return c.unsure;
    case ChartTone::Weak:
        return c.weak;
    case ChartTone::Secondary:
        return c.secondary;
    case ChartTone::Brand:
        break;
    }
    return c.brand;
}

QColor classColor(int label)
{
    constexpr double kGoldenAngle = 137.50776405;
    const bool dark = Theme::colors().dark;
    const auto hue = static_cast<float>(std::fmod(160.0 + label * kGoldenAngle, 360.0) / 360.0);
    return QColor::fromHslF(hue, dark ? 0.55F : 0.60F, dark ? 0.62F : 0.43F);
}

QColor mixedColor(const QColor& a, const QColor& b, double share)
{
    const auto mix = [share](float from, float to) {
        return static_cast<float>(from * (1 - share) + to * share);
    };
    return QColor::fromRgbF(mix(a.redF(), b.redF()), mix(a.greenF(), b.greenF()), mix(a.blueF(), b.blueF()));
}

} // namespace goodsight
