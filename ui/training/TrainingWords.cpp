#include "ui/training/TrainingWords.h"

#include <QLocale>

#include <cmath>

namespace goodsight {

QString TrainingWords::preset(const QString& name)
{
    if (name == u"quick")
        return tr("Quick");
    if (name == u"thorough")
        return tr("Thorough");
    return name == u"classic" ? tr("Classic") : name;
}

QString TrainingWords::presetMeaning(const QString& name)
{
    if (name == u"quick")
        return tr("Learns the last layers from a few views of each photo. Good for every day.");
    if (name == u"thorough")
        return tr("More views and more epochs. Better answers, for the night.");
    return name == u"classic" ? tr("The plain recipe: five epochs, every view anew. For comparing.")
                              : QString();
}

QString TrainingWords::state(TrainingRun::State state)
{
    switch (state) {
    case TrainingRun::State::Waiting:
        return tr("Waiting");
    case TrainingRun::State::Running:
        return tr("Running");
    case TrainingRun::State::Done:
        return tr("Finished");
    case TrainingRun::State::Failed:
        return tr("Failed");
    case TrainingRun::State::Cancelled:
        break;
    }
    return tr("Stopped");
}

Error TrainingWords::warning(const TrainingRun& run)
{
    if (run.lost == 0)
        return run.warning;
    return {run.warning.code, tr("%n photo(s) could not be used.", nullptr, run.lost), run.warning.message};
}

QString TrainingWords::duration(double seconds)
{
    const auto whole = static_cast<qint64>(std::llround(std::max(0.0, seconds)));
    if (whole < 60)
        return tr("%1 s").arg(std::max<qint64>(1, whole));
    if (whole < 600 && whole % 60 >= 5)
        return tr("%1 min %2 s").arg(whole / 60).arg(whole % 60 / 5 * 5);
    if (whole < 3600)
        return tr("%1 min").arg((whole + 30) / 60);
    return tr("%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60);
}

QString TrainingWords::share(double share)
{
    return std::isfinite(share) ? QLocale().toString(share * 100, 'f', 1) + u'%' : QStringLiteral("–");
}

} // namespace goodsight
