#include "core/learning/Promotion.h"

#include "core/learning/LearningText.h"

#include <QMap>

#include <algorithm>

namespace goodsight {

namespace {

void count(PairedCounts& counts, bool oldRight, bool newRight)
{
    ++counts.photos;
    counts.onlyOldRight += oldRight && !newRight ? 1 : 0;
    counts.onlyNewRight += newRight && !oldRight ? 1 : 0;
}

QString sentence(const QString& text, const PairedCounts& counts)
{
    return text.arg(counts.photos).arg(counts.onlyOldRight).arg(counts.onlyNewRight);
}

} // namespace

ShadowComparison compareShadow(const QList<ShadowPhoto>& photos,
                               const std::function<double(int onlyOldRight, int onlyNewRight)>& mcnemar)
{
    ShadowComparison comparison;
    QMap<QString, PairedCounts> classes;
    for (const ShadowPhoto& photo : photos) {
        if (photo.labelId.isEmpty())
            continue;
        const bool oldRight = photo.said.oldLabel == photo.labelId;
        const bool newRight = photo.said.newLabel == photo.labelId;
        count(comparison.all, oldRight, newRight);
        PairedCounts& one = classes[photo.labelId];
        one.labelId = photo.labelId;
        count(one, oldRight, newRight);
    }
    comparison.classes = classes.values();
    comparison.all.pWorse = mcnemar(comparison.all.onlyOldRight, comparison.all.onlyNewRight);
    for (PairedCounts& one : comparison.classes)
        one.pWorse = mcnemar(one.onlyOldRight, one.onlyNewRight);
    return comparison;
}

PromotionDecision decidePromotion(const ShadowComparison& comparison, const PromotionRule& rule,
                                  const std::function<QString(const QString& labelId)>& nameOf)
{
    PromotionDecision decision;
    const PairedCounts& all = comparison.all;
    if (all.photos < rule.photos) {
        decision.missingPhotos = rule.photos - all.photos;
        decision.reason =
            LearningText::tr("The new model is being compared: %n more answered photo(s) are needed.",
                             nullptr, decision.missingPhotos);
        return decision;
    }
    QList<PairedCounts> large;
    std::copy_if(comparison.classes.begin(), comparison.classes.end(), std::back_inserter(large),
                 [&](const PairedCounts& one) { return one.photos >= rule.classPhotos; });
    for (const PairedCounts& one : std::as_const(large))
        if (one.pWorse < rule.level / static_cast<double>(large.size()))
            decision.worseIds.append(one.labelId);

    if (all.pWorse < rule.level) {
        decision.verdict = PromotionVerdict::Refused;
        decision.reason =
            sentence(LearningText::tr("The new model is worse: of %1 photos, %2 were right only "
                                      "with the old model and %3 only with the new one."),
                     all);
    } else if (!decision.worseIds.isEmpty()) {
        decision.verdict = PromotionVerdict::Refused;
        const auto first = std::find_if(large.cbegin(), large.cend(), [&](const PairedCounts& one) {
            return one.labelId == decision.worseIds.first();
        });
        decision.reason =
            sentence(LearningText::tr("The new model is worse in %4: of %1 photos, %2 were right "
                                      "only with the old model and %3 only with the new one."),
                     *first)
                .arg(nameOf ? nameOf(first->labelId) : first->labelId);
    } else {
        decision.verdict = PromotionVerdict::Allowed;
        decision.reason = sentence(LearningText::tr("The new model is not worse: of %1 photos, %2 were right "
                                                    "only with the old model and %3 only with the new one."),
                                   all);
    }
    return decision;
}

} // namespace goodsight
