#pragma once

#include "core/inference/Recognition.h"

#include <QAbstractButton>
#include <QColor>

namespace goodsight {

/// One candidate: digit badge, Chinese name large, English small, percentage and confidence bar.
/// A click (or Space, Enter on focus) accepts it.
class CandidateCard : public QAbstractButton {
    Q_OBJECT
public:
    /// `rank` 0 is the first candidate and drawn larger.
    explicit CandidateCard(int rank, QWidget* parent = nullptr);

    void setCandidate(const Candidate& candidate, const QColor& color);
    /// An empty card that keeps the place of an answer to come.
    void setPending();
    /// Shows the tick that says: saved with this answer.
    void setChosen(bool chosen);
    /// The first language to read is English rather than Chinese.
    void setEnglishFirst(bool englishFirst);

    [[nodiscard]] QString primaryText() const;
    [[nodiscard]] QString secondaryText() const;
    /// How far the store's habits moved it, "▲ +12 points"; empty where they did not.
    [[nodiscard]] QString priorText() const;
    [[nodiscard]] bool chosen() const { return m_chosen; }
    [[nodiscard]] double confidence() const { return m_candidate.confidence; }
    [[nodiscard]] QColor color() const { return m_color; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void describe();

    int m_rank;
    Candidate m_candidate;
    QColor m_color;
    bool m_chosen = false;
    bool m_pending = false;
    bool m_englishFirst = false;
};

} // namespace goodsight
