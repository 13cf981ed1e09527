#pragma once

#include "core/dataset/ModelRecord.h"

#include <QList>

#include <functional>

namespace goodsight {

/// On how many photos two models were compared, and on how many only one of them was right.
struct PairedCounts {
    QString labelId; ///< empty: all products together
    int photos = 0;
    int onlyOldRight = 0;
    int onlyNewRight = 0;
    /// p-value of McNemar's one-sided test: small means that the new model is worse.
    double pWorse = 1;
};

/// The model in use beside one in the shadow, over photos whose label is known.
struct ShadowComparison {
    PairedCounts all;
    QList<PairedCounts> classes; ///< by label id
};

/// Counts what was kept of the two models' answers; photos that nobody has labelled yet are passed over.
/// `mcnemar` gives the p-value of two discordant counts (evaluation's pairedTest() has it).
[[nodiscard]] ShadowComparison
compareShadow(const QList<ShadowPhoto>& photos,
              const std::function<double(int onlyOldRight, int onlyNewRight)>& mcnemar);

/// How much evidence a promotion needs.
struct PromotionRule {
    int photos = 200;     ///< compared, before anything is decided
    int classPhotos = 20; ///< of one product, for that product to be looked at by itself
    double level = 0.05;  ///< of the tests: chance to refuse a model that is no worse
};

enum class PromotionVerdict { Allowed, NotYet, Refused };

struct PromotionDecision {
    PromotionVerdict verdict = PromotionVerdict::NotYet;
    int missingPhotos = 0;   ///< NotYet: labelled photos that are still to come
    QList<QString> worseIds; ///< Refused: products in which the new model is worse
    QString reason;          ///< one sentence, translated
};

/// Whether a model in the shadow may be put into use: never before `rule.photos` photos were compared, since
/// looking again and again until a test says what one hopes for is no test; and not if it is worse, overall
/// or in a product with enough photos. Products share the level (Bonferroni), so that eighty of them do not
/// refuse every model by chance. `nameOf` gives a product's name for the reason; without it the id stands.
[[nodiscard]] PromotionDecision
decidePromotion(const ShadowComparison& comparison, const PromotionRule& rule = {},
                const std::function<QString(const QString& labelId)>& nameOf = {});

} // namespace goodsight
