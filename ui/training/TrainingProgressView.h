#pragma once

#include "ui/training/TrainingRun.h"

#include <QTimer>
#include <QWidget>

class QBoxLayout;
class QFrame;
class QLabel;
class QProgressBar;

namespace goodsight {

class ClassBars;
class KeyButton;
class LabelIndex;
class ProjectSession;
class RunCharts;
class ThumbnailLoader;
class TrainingController;

/// The run under way: how far it is, its curves, the products that are not good enough yet, and what waits.
class TrainingProgressView : public QWidget {
    Q_OBJECT
public:
    TrainingProgressView(TrainingController& controller, ProjectSession& project, const LabelIndex& labels,
                         ThumbnailLoader& thumbnails, QWidget* parent = nullptr);

Q_SIGNALS:
    void failed(const goodsight::Error& error);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void retranslate();
    /// Another run, or another language.
    void refresh();
    void refreshHead();
    void refreshTime();
    /// Of the run under way; no time where none is known.
    [[nodiscard]] QString timeLeft(const TrainingRun& run) const;
    void refreshWorst();
    void refreshQueue();
    /// The run that is shown: the one under way, else the last one.
    [[nodiscard]] const TrainingRun* shown() const;

    TrainingController& m_controller;
    ProjectSession& m_project;
    const LabelIndex& m_labels;
    QWidget* m_content;
    QLabel* m_empty;
    QLabel* m_title;
    QLabel* m_details;
    QLabel* m_left;
    QLabel* m_doing;
    QProgressBar* m_bar;
    RunCharts* m_charts;
    QLabel* m_worstTitle;
    QLabel* m_worstEmpty;
    ClassBars* m_worst;
    QFrame* m_queueCard;
    QLabel* m_queueTitle;
    QBoxLayout* m_queue;
    QTimer m_tick;
};

} // namespace goodsight
