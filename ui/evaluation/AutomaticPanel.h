#pragma once

#include "core/base/AutomaticRule.h"
#include "ui/evaluation/Evaluation.h"

#include <QWidget>

class QLabel;

namespace goodsight {

class AutomaticAnswers;
class KeyButton;
struct AutomaticThreshold;

/// The button that lets sure answers be taken without a person, or ends that, and what the audits say.
class AutomaticPanel : public QWidget {
    Q_OBJECT
public:
    explicit AutomaticPanel(AutomaticAnswers& automatic, QWidget* parent = nullptr);

    /// What may be allowed now: the threshold that was found on these photos.
    void offer(const Evaluation& evaluation, const AutomaticThreshold& found);

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();

    AutomaticAnswers& m_automatic;
    QString m_measured;     ///< fingerprint of the model that was measured with photos it has not learnt from
    QString m_measuredIn;   ///< folder of the project of these photos
    QDateTime m_measuredAt; ///< Evaluation::begun
    std::optional<AutomaticRule> m_offer; ///< for that model, without its beginning
    bool m_ends = false;                  ///< what the button does
    QLabel* m_words;
    KeyButton* m_button;
};

} // namespace goodsight
