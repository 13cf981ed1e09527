#include "core/evaluation/Promotion.h"

#include "core/evaluation/PairedTest.h"

#include <QCoreApplication>
#include <QLocale>
#include <QMap>

#include <algorithm>

namespace goodsight {

namespace {

class PromotionText {
    Q_DECLARE_TR_FUNCTIONS(goodsight::Promotion)
};

PairedCounts countsOf(const PairedTest& test, const QString& labelId, double adjusted)
{
    return {labelId, test.bothRight + test.lost + test.won + test.bothWrong, test.lost, test.won, test.pWorse,
            adjusted};
}

QString sentence(const QString& text, const PairedCounts& counts)
{
    return text.arg(counts.photos).arg(counts.onlyOldRight).arg(counts.onlyNewRight);
}

QStringList idsBelow(const ShadowComparison& comparison, double PairedCounts::*p, double level)
{
    QStringList ids;
    for (const PairedCounts& one : comparison.classes)
        if (one.*p <= level)
            ids.append(one.labelId);
    return ids;
}

/// What one look at `comparison` finds; its sentences begin with the product's name or the margin as %4.
PromotionDecision look(const ShadowComparison& comparison, const PromotionRule& rule, double level,
                       const std::function<QString(const QString& labelId)>& nameOf)
{
    const PairedCounts& all = comparison.all;
    PromotionDecision decision;
    decision.look = all.photos;
    decision.worse = all.adjusted <= level;
    decision.worseIds = idsBelow(comparison, &PairedCounts::adjusted, level);
    decision.doubtfulIds = idsBelow(comparison, &PairedCounts::pWorse, level);
    const auto ofProduct = [&](const QString& text, const QString& id) {
        const auto counts = std::find_if(comparison.classes.cbegin(), comparison.classes.cend(),
                                         [&](const PairedCounts& one) { return one.labelId == id; });
        return sentence(text, *counts).arg(nameOf ? nameOf(id) : id);
    };
    const QString points = QLocale().toString(rule.margin * 100, 'g', 3);
    if (decision.worse) {
        decision.verdict = PromotionVerdict::Refused;
        decision.reason = sentence(PromotionText::tr("The new model is worse: of %1 photos, %2 right only "
                                                     "with the old model, %3 only with the new one."),
                                   all);
    } else if (!decision.worseIds.isEmpty()) {
        decision.verdict = PromotionVerdict::Refused;
        decision.reason = ofProduct(PromotionText::tr("The new model is worse in %4: of %1 photos, %2 right "
                                                      "only with the old model, %3 only with the new one."),
                                    decision.worseIds.first());
    } else if (!decision.doubtfulIds.isEmpty()) {
        decision.reason =
            ofProduct(PromotionText::tr("The new model may be worse in %4: of %1 photos, %2 right only with "
                                        "the old model, %3 only with the new one."),
                      decision.doubtfulIds.first());
    } else if (pLosesMargin(all.onlyOldRight, all.onlyNewRight, all.photos, rule.margin) <= level) {
        decision.verdict = PromotionVerdict::Allowed;
        decision.reason =
            sentence(PromotionText::tr(
                         "The new model is not worse by %4 points or more: of %1 photos, %2 right only "
                         "with the old model, %3 only with the new one."),
                     all)
                .arg(points);
    } else {
        decision.reason =
            sentence(PromotionText::tr("The new model may still be worse by %4 points: of %1 photos, %2 "
                                       "right only with the old model, %3 only with the new one."),
                     all)
                .arg(points);
    }
    return decision;
}

} // namespace

ShadowComparison compareShadow(const QList<ShadowPhoto>& photos, int classPhotos)
{
    QMap<QString, int> numbers;
    for (const ShadowPhoto& photo : photos)
        if (!photo.labelId.isEmpty())
            numbers.insert(photo.labelId, 0);
    const QStringList ids = numbers.keys();
    for (int number = 0; int& one : numbers)
        one = number++;
    std::vector<PairedAnswer> answers;
    for (const ShadowPhoto& photo : photos)
        if (!photo.labelId.isEmpty())
            answers.push_back({numbers[photo.labelId], photo.said.oldLabel == photo.labelId,
                               photo.said.newLabel == photo.labelId});
    const PairedComparison tests = comparePaired(answers, classPhotos);
    ShadowComparison comparison;
    comparison.all = countsOf(tests.overall, {}, tests.overall.pWorse);
    for (const ClassPairedTest& one : tests.classes)
        comparison.classes.append(countsOf(one.test, ids.at(one.label), one.adjusted));
    comparison.smallClasses = static_cast<int>(ids.size() - comparison.classes.size());
    return comparison;
}

PromotionDecision decidePromotion(const QList<ShadowPhoto>& photos, const PromotionRule& rule,
                                  const std::function<QString(const QString& labelId)>& nameOf)
{
    QList<ShadowPhoto> labelled; // oldest first
    std::copy_if(photos.crbegin(), photos.crend(), std::back_inserter(labelled),
                 [](const ShadowPhoto& photo) { return !photo.labelId.isEmpty(); });
    PromotionDecision decision;
    qsizetype next = std::max(1, rule.photos);
    for (int number = 1; next <= labelled.size(); next *= 2, ++number) {
        decision = look(compareShadow(labelled.first(next), rule.classPhotos), rule,
                        rule.level / (number * (number + 1)), nameOf);
        if (decision.verdict == PromotionVerdict::Refused)
            return decision;
    }
    if (decision.verdict == PromotionVerdict::Allowed)
        return decision;
    decision.missingPhotos = static_cast<int>(next - labelled.size());
    if (decision.look == 0)
        decision.reason =
            PromotionText::tr("The new model is being compared: %n more answered photo(s) are needed.",
                              nullptr, decision.missingPhotos);
    return decision;
}

} // namespace goodsight
