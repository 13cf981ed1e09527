#pragma once

#include <QWidget>

class QLabel;
class QStackedWidget;

namespace goodsight {

class Banner;
class KeyButton;
class LabelIndex;
class ProjectSession;
class Settings;
class ThumbnailLoader;
class TrainingController;
class TrainingHistoryView;
class TrainingProgressView;
class TrainingSetupView;
class ViewTabs;

/// Training: what to learn from, the run under way, the runs before.
class TrainingPage : public QWidget {
    Q_OBJECT
public:
    TrainingPage(TrainingController& controller, Settings& settings, ProjectSession& project,
                 const LabelIndex& labels, ThumbnailLoader& thumbnails, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    enum View { Setup, Progress, History };
    void build();
    void retranslate();
    void refresh();
    void showView(View view);
    /// Says how a run ended.
    void announce(qint64 id);

    TrainingController& m_controller;
    Settings& m_settings;
    QLabel* m_title;
    KeyButton* m_cancel;
    ViewTabs* m_tabs;
    Banner* m_banner;
    QStackedWidget* m_stack;
    TrainingSetupView* m_setup;
    TrainingProgressView* m_progress;
    TrainingHistoryView* m_history;
};

} // namespace goodsight
