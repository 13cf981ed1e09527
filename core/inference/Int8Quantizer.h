#pragma once

#include "core/inference/Recognizer.h"

#include <QStringList>

#include <functional>
#include <span>

namespace goodsight {

/// Bars below which 8-bit scales are refused.
inline constexpr double kInt8Agreement = 0.97;     ///< share of views with fp32's first class
inline constexpr double kInt8SureAgreement = 0.99; ///< the same where fp32 leads by more than kInt8SureMargin
inline constexpr double kInt8SureMargin = 0.2;     ///< first confidence minus second
inline constexpr double kInt8AccuracyLoss = 0.003; ///< of top-1, on photos whose folder names a class

/// How 8-bit answers compare with float32's. Each photo is looked at in several views, the centre and
/// extraViews(): where two products are nearly equally likely the least difference decides, and of a few
/// hundred answers three or four such accidents would be a point of accuracy either way.
struct Int8Check {
    int photos = 0;
    int views = 0;
    int same = 0;     ///< views whose first class is the same
    int sure = 0;     ///< views where fp32 leads clearly
    int sureSame = 0; ///< of them, the same first class
    int labelled = 0; ///< views of photos whose folder names a class
    int rightFp32 = 0;
    int rightInt8 = 0;

    /// Counts a view by both precisions' probabilities of the same classes; `truth` is the class it shows, -1
    /// where that is not known.
    void add(std::span<const double> fp32, std::span<const double> int8, int truth);

    [[nodiscard]] double agreement() const;
    [[nodiscard]] double sureAgreement() const;
    /// Top-1 of fp32 minus top-1 of int8, 0..1; negative where int8 is better.
    [[nodiscard]] double accuracyLoss() const;
    [[nodiscard]] bool passes() const;
    [[nodiscard]] QJsonObject toJson() const;
};

/// What quantizeInt8() asks and tells.
struct QuantizeOptions {
    DecodeLimits limits;
    int threads = 2;
    int calibrationPhotos = 200;
    int checkPhotos = 1000;
    std::function<bool()> stopRequested;                           ///< may be empty
    std::function<void(qsizetype done, qsizetype total)> progress; ///< may be empty
};

/// Gives `package` 8-bit scales found on some of `photos` and checks them on others (on the same ones where
/// there are fewer than 100). Photos that cannot be read are passed over. Any thread; minutes.
/// Errors: "no-photos" (fewer than 10 usable), "below-bar" (says by how much; package.int8 is as before),
/// "cancelled", the backends'.
[[nodiscard]] Result<Int8Check> quantizeInt8(ModelPackage& package, const QStringList& photos,
                                             const QuantizeOptions& options);

} // namespace goodsight
