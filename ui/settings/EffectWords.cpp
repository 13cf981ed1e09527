#include "ui/settings/EffectWords.h"

#include <QCoreApplication>

namespace goodsight {

namespace {

class Text {
    Q_DECLARE_TR_FUNCTIONS(goodsight::EffectWords)
};

QString percent(double share)
{
    return QStringLiteral("%1 %").arg(share * 100, 0, 'f', 1);
}

QString times(double ms, const SwitchEffects& effects)
{
    return QString::number(effects.plainMs > 0 ? ms / effects.plainMs : 0, 'f', 1);
}

} // namespace

EffectWords EffectWords::of(const SwitchEffects& effects)
{
    const QString on = Text::tr("On %n validation photo(s): ", nullptr, effects.photos);
    EffectWords words;
    words.calibration = on + Text::tr("percentages are off by %1 instead of %2.")
                                 .arg(percent(effects.plain.ece), percent(effects.uncalibrated.ece));
    words.views = on + Text::tr("first choice right %1 → %2 where doubtful (%3 of the photos, %4 times more "
                                "time on average), → %5 for every photo (%6 times more time).")
                           .arg(percent(effects.plain.top1), percent(effects.automatic.top1),
                                QStringLiteral("%1 %").arg(qRound(effects.automaticShare * 100)),
                                times(effects.automaticMs, effects), percent(effects.always.top1),
                                times(effects.alwaysMs, effects));
    if (effects.prior) {
        words.prior = on + Text::tr("first choice right %1 → %2, among three %3 → %4.")
                               .arg(percent(effects.plain.top1), percent(effects.prior->top1),
                                    percent(effects.plain.top3), percent(effects.prior->top3));
    } else {
        words.prior =
            Text::tr("Nothing to measure yet: only answers that people gave in this project count.");
    }
    return words;
}

QString useText(const AugmentationTally& use)
{
    if (use.photos == 0)
        return {};
    return Text::tr("So far: %1 of %2 photos, %3 ms more for each photo on average.")
        .arg(use.augmented)
        .arg(use.photos)
        .arg(qRound(use.milliseconds / static_cast<double>(use.photos)));
}

} // namespace goodsight
