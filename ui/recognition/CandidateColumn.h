#pragma once

#include "core/base/Error.h"

#include <QWidget>

#include <array>

class QLabel;
class QPushButton;

namespace goodsight {

class Banner;
class CandidateCard;
class Settings;
struct Candidate;
struct QueueItem;
struct Recognition;

/// The answer for one photo: a warning when it is weak, three candidate cards.
class CandidateColumn : public QWidget {
    Q_OBJECT
public:
    explicit CandidateColumn(const Settings& settings, QWidget* parent = nullptr);

    /// What became of `item`; null clears the column. `answer` names its answer. `undoable`: the next undo
    /// takes that back.
    void show(const QueueItem* item, const QString& answer, bool undoable = false);
    /// The candidates of a live picture: shown, but not to be accepted.
    void showLive(const Recognition& recognition);
    /// A failure that is not the photo's (saving, the model); empty code clears it.
    void setNotice(const Error& error);
    [[nodiscard]] bool hasNotice() const { return !m_notice.code.isEmpty(); }

Q_SIGNALS:
    void accepted(int rank);
    /// The person wants answers without what the store usually answers.
    void priorOffRequested();

private:
    void showCandidates(const Recognition& recognition, const QString& chosenId, bool enabled);
    void showBanner(const QueueItem* item, const QString& answer, bool undoable);

    const Settings& m_settings;
    Banner* m_banner;
    Banner* m_hint;
    QWidget* m_prior; ///< says that the prior moved candidates, with the button that turns it off
    QLabel* m_priorText;
    QPushButton* m_priorOff;
    std::array<CandidateCard*, 3> m_cards;
    Error m_notice;
};

} // namespace goodsight
