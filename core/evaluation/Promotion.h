#pragma once

#include "core/dataset/ModelRecord.h"

#include <QList>
#include <QStringList>

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
    /// A product's after Holm's correction for all that are tested; of all together the same as pWorse.
    double adjusted = 1;
};

/// The model in use beside one in the shadow, over photos whose label is known.
struct ShadowComparison {
    PairedCounts all;
    QList<PairedCounts> classes; ///< those with enough photos to be tested, by label id
    int smallClasses = 0;        ///< products with fewer
};

/// How much evidence a promotion needs.
struct PromotionRule {
    int photos = 200;     ///< at the first look; each further one has twice as many
    int classPhotos = 20; ///< of one product, for that product to be looked at by itself
    double level = 0.05;  ///< of each kind of mistake, over all looks
    double margin = 0.03; ///< loss of right answers (0..1) that must be excluded
};

/// Counts what was kept of the two models' answers; photos that nobody has labelled yet are passed over.
/// Products with at least `classPhotos` photos are tested (comparePaired()).
[[nodiscard]] ShadowComparison compareShadow(const QList<ShadowPhoto>& photos, int classPhotos);

enum class PromotionVerdict { Allowed, NotYet, Refused };

struct PromotionDecision {
    PromotionVerdict verdict = PromotionVerdict::NotYet;
    int look = 0;            ///< labelled photos that the verdict is of; 0 before the first look
    int missingPhotos = 0;   ///< NotYet: labelled photos until the next look
    bool worse = false;      ///< Refused: in all products together
    QStringList worseIds;    ///< Refused: products in which the new model is worse
    QStringList doubtfulIds; ///< those that would be worse, were they the only ones that are tested
    QString reason;          ///< one sentence, translated
};

/// Whether a model in the shadow may be put into use. `photos` newest first, as DatasetStore gives them;
/// `nameOf` gives a product's name for the reason; without it the id stands.
///
/// It looks after rule.photos labelled photos and whenever their number has doubled, at times that no outcome
/// moves; in between, the last look stands. The k-th look tests at level / (k (k + 1)), which sums to `level`
/// (a union bound, as in judgeAudits()). At each look, with McNemar's one-sided test:
/// - Refused, for ever, where the new model is worse: overall, or in a product with enough photos (Holm's
///   correction over those, so that eighty products do not refuse every model by chance);
/// - Allowed where a loss of rule.margin or more is excluded overall (non-inferiority, Tango's score test,
///   see pLosesMargin()): that no loss is shown does not show that there is none; and no product would be
///   worse by itself, without correction;
/// - NotYet otherwise.
///
/// What that comes to with the default rule, one product, and a new model that alone is wrong (loses) and
/// alone right (wins) on these shares of photos; chance to be Allowed, by simulation (PromotionTest has it):
/// | loses, wins | at 200 photos | by 800 | by 3200 |
/// |-------------|---------------|--------|---------|
/// | 10 %, 5 %   | 0.00          | 0.00   | 0.00    |
/// | 8 %, 5 %    | 0.02          | 0.03   | 0.03    |
/// | 5 %, 5 %    | 0.24          | 0.57   | 0.97    |
/// | 4 %, 6 %    | 0.59          | 0.97   | 1.00    |
/// | 3 %, 7 %    | 0.87          | 1.00   | 1.00    |
/// A product by itself has little power: of 20 photos, all right with the old model, the new one must lose 5
/// to be doubtful, and with 40 products tested 11 to be called worse.
[[nodiscard]] PromotionDecision
decidePromotion(const QList<ShadowPhoto>& photos, const PromotionRule& rule = {},
                const std::function<QString(const QString& labelId)>& nameOf = {});

} // namespace goodsight
