#include "ui/settings/RetrainingWords.h"

#include <QCoreApplication>
#include <QLocale>

namespace goodsight {

namespace {

class RetrainingWords {
    Q_DECLARE_TR_FUNCTIONS(goodsight::RetrainingWords)
};

QString percent(double share)
{
    return QLocale().toString(100 * share, 'f', 1) + u'%';
}

} // namespace

QString retrainingWords(const HeadRetraining::State& state)
{
    QStringList words;
    if (state.head) {
        const RetrainedHead& head = *state.head;
        const QString at = QLocale().toString(state.fittedAt, QLocale::ShortFormat);
        const QString now = percent(head.knownAccuracy);
        const QString before = percent(head.knownAccuracyBefore);
        if (head.accuracy) {
            words.append(RetrainingWords::tr(
                             "Fitted %1 to %n answer(s): right on %2 of them in cross-validation, and on %3 "
                             "of the model's held-out photos (before: %4).",
                             nullptr, head.photos())
                             .arg(at, percent(*head.accuracy), now, before));
        } else {
            words.append(RetrainingWords::tr(
                             "Fitted %1 to %n answer(s): right on %2 of the model's held-out photos "
                             "(before: %3). Each product was photographed in one go, so that nothing can "
                             "tell how well it knows other photos of them.",
                             nullptr, head.photos())
                             .arg(at, now, before));
        }
    }
    if (state.fitting)
        words.append(RetrainingWords::tr("Being fitted …"));
    else if (state.error)
        words.append(RetrainingWords::tr("The last fit was not taken: %1 %2")
                         .arg(state.error->message, state.error->hint));
    else if (!state.head && state.missing > 0)
        words.append(RetrainingWords::tr("%n more answer(s) until the first fit.", nullptr, state.missing));
    return words.join(u'\n');
}

} // namespace goodsight
