#pragma once

#include "core/inference/Head.h"
#include "core/learning/KnownPhotos.h"

#include <QHash>

#include <functional>
#include <optional>

namespace goodsight {

/// A last layer fitted to what a model learnt from and to a project's answers together, and what is known of
/// it. A value; the package's own head is not touched.
struct RetrainedHead {
    QStringList classes; ///< label ids in the order of `head`: the model's, then new ones in the order of ids
    Head head;
    double temperature = 1; ///< fitted on photos that the head did not learn from
    FusionWeights weights;  ///< beside prototypes
    /// The photos of the project that it learnt from: sha256 to the label that each taught.
    QHash<QString, QString> learnt;

    /// Cross-validated, on the photos of `learnt`, 0..1; none where every product was photographed in one go.
    std::optional<double> accuracy;
    /// On KnownPhotos::val, 0..1: its own, and that of the head that it was compared with.
    double knownAccuracy = 0;
    double knownAccuracyBefore = 0;

    /// Photos of `learnt`.
    [[nodiscard]] int photos() const { return static_cast<int>(learnt.size()); }
};

/// What a head is fitted anew from.
struct RetrainingInput {
    std::shared_ptr<const ModelPackage> model;  ///< without weights
    Head packageHead;                           ///< the model's own
    std::shared_ptr<const KnownPhotos> known;   ///< null where there is no such file
    std::vector<TaughtPhoto> photos;            ///< of the project, in any order
    std::shared_ptr<const RetrainedHead> inUse; ///< null: the package's
};

struct RetrainingOptions {
    /// Fewest photos of a product that the model lacks; those with fewer stay with their prototypes. With 20
    /// of 81 products taught by 1, 3, 5 and 10 photos to a network that never saw them, 42, 66, 76 and 83 of
    /// 100 other photos of them come first with a head that knows them beside the prototypes, and 45, 62, 70
    /// and 74 with the head as it was; of the other products 72.5, 71.0, 70.2 and 69.3 and 72.3, 71.3, 70.9
    /// and 70.8 (tests/bench/FewShotBench.cpp, without `mostLost`).
    int fewestPhotos = 3;
    /// Of photos of the model's products, what share more than before the new head may have wrong.
    double mostLost = 0.01;
    int folds = 3;
    std::uint64_t seed = 1;
    int threads = 0; ///< 0: all cores
    /// Asked often; true ends the fit. May be empty.
    std::function<bool()> stopRequested;
};

/// Fits a head (fitLinearHead()) to `input` and judges it on photos that it did not learn from: the
/// project's by stratified cross-validation, the model's products on KnownPhotos::val. The model's own train
/// photos would not do: its network knows them, and every head has nearly all of them right. What it gives
/// depends on the photos, not on their order. Some seconds for thousands of photos. Any thread.
///
/// Errors: "no-known-photos" (no embeddings of the model's photos, or not of all its products: those would be
/// forgotten), "no-held-out-photos" (none to judge with), "too-few-answers" (nothing to learn from),
/// "worse-head" (more than `mostLost` below the better of the package's head and the one in use: the guard);
/// fitLinearHead()'s, rehearse()'s.
[[nodiscard]] Result<RetrainedHead> retrainHead(const RetrainingInput& input,
                                                const RetrainingOptions& options = {});

} // namespace goodsight
