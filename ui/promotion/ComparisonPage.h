#pragma once

#include "core/base/Result.h"

#include <QHash>
#include <QWidget>

#include <optional>

class QFrame;
class QLabel;
class QTableView;
class QTimer;

namespace goodsight {

class Banner;
class DifferenceList;
class KeyButton;
class PairedCountsModel;
class ProjectSession;
class PromotionController;
class ShadowRun;
class StatTile;
class ThumbnailLoader;
struct ShadowReport;

/// The model in the shadow beside the one in use: where they differ, whether the new one may take over, and
/// the way back afterwards.
class ComparisonPage : public QWidget {
    Q_OBJECT
public:
    ComparisonPage(PromotionController& promotion, ShadowRun& shadow, ProjectSession& project,
                   ThumbnailLoader& thumbnails, QWidget* parent = nullptr);

Q_SIGNALS:
    void leaveRequested();
    /// The person wants to see and answer this file again.
    void openRequested(const QString& file);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void retranslate();
    void refresh();
    void refreshLater();
    void showReport(const ShadowReport& report);
    /// Of a photo of the project, asked for once: a refresh needs many.
    [[nodiscard]] QString fileOf(const QString& sha256);
    void showDecision(const ShadowReport& report);
    void showNoModel();
    void promote();
    void goBack();
    void stop();
    /// Keeps why a click was refused, to be told; true where it was not.
    bool note(const Result<void>& done);

    PromotionController& m_promotion;
    ShadowRun& m_shadow;
    ProjectSession& m_project;
    QTimer* m_later;
    QHash<QString, QString> m_files; ///< by hash
    bool m_stopAsked = false;
    std::optional<Error> m_refused; ///< what the last click met; until the next one

    QLabel* m_title;
    QLabel* m_subtitle;
    KeyButton* m_leave;
    KeyButton* m_stop;
    KeyButton* m_promote;
    Banner* m_decision;
    Banner* m_trouble;
    QWidget* m_content;
    StatTile* m_compared;
    StatTile* m_labelled;
    StatTile* m_differing;
    QLabel* m_differenceTitle;
    DifferenceList* m_differences;
    QLabel* m_countsTitle;
    QLabel* m_countsNote;
    PairedCountsModel* m_counts;
    QTableView* m_table;
    QLabel* m_empty;
};

} // namespace goodsight
