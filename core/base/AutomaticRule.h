#pragma once

#include <QDateTime>
#include <QString>

#include <optional>

namespace goodsight {

/// That sure answers of one model are taken without a person in one project, as somebody allowed it. What was
/// measured on a project's photos says nothing of another store's.
///
/// The threshold is one of the confidence that it was measured with: softmax of the model's own logits, of
/// one view of the photo, at the model's temperature. What else an answer may be made of (taught products,
/// the prior, the open-set score, no temperature, more views) gives confidences of another scale: it is never
/// held against the threshold, and may only keep an answer back. So no switch makes the rule untrue, and none
/// is part of it.
struct AutomaticRule {
    QString modelFingerprint; ///< of the one model that it is for; for all others it rests
    double maxError = 0;      ///< share of wrong ones among what is taken that was allowed, 0..1, exclusive
    double threshold = 1;     ///< answers of at least this confidence are taken, 0..1
    int photos = 0;           ///< that the threshold was found on
    QDateTime since;          ///< audits count from then on
    quint64 project = 0;      ///< DatasetStore::seed() of the project that it is for; in all others it rests

    /// One line of JSON, and back; nothing where the text is none, its numbers make no rule, or it is one of
    /// the time when rules were for no project.
    [[nodiscard]] QString toText() const;
    [[nodiscard]] static std::optional<AutomaticRule> fromText(const QString& text);

    friend bool operator==(const AutomaticRule&, const AutomaticRule&) = default;
};

} // namespace goodsight
