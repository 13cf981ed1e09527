#include "ui/settings/EffectWords.h"

#include <QCoreApplication>
#include <QLocale>

namespace goodsight {

namespace {

class Text {
    Q_DECLARE_TR_FUNCTIONS(goodsight::EffectWords)
};

QString percent(double share, int decimals = 1)
{
    return QLocale().toString(share * 100, 'f', decimals) + u'%';
}

QString times(double ms, const SwitchEffects& effects)
{
    return QLocale().toString(effects.plainMs > 0 ? ms / effects.plainMs : 0, 'f', 1);
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
                                percent(effects.automaticShare, 0), times(effects.automaticMs, effects),
                                percent(effects.always.top1), times(effects.alwaysMs, effects));
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
    return Text::tr("So far: %1 of %n photo(s), %2 ms more for each photo on average.", nullptr,
                    static_cast<int>(use.photos))
        .arg(use.augmented)
        .arg(qRound(use.milliseconds / static_cast<double>(use.photos)));
}

} // namespace goodsight
