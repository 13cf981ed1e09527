#pragma once

#include <QList>
#include <QString>

namespace goodsight {

/// What an AutomaticRule made of a photo that was sure enough for it, kept with the photo's answer.
struct AutomaticNote {
    /// A person was asked instead, who did not know that this was a test of the rule. False: the answer was
    /// taken without a person.
    bool audit = false;
    QString labelId;          ///< what the rule takes for right
    QString modelFingerprint; ///< of the model that said so
    double confidence = 0;    ///< as the rule measures it, 0..1
    double threshold = 0;     ///< of the rule
};

/// What has come of a rule.
struct AutomaticTally {
    qint64 taken = 0;   ///< answers taken without a person that still count
    QList<bool> audits; ///< oldest first: whether the label that the photo has now is the rule's
};

} // namespace goodsight
