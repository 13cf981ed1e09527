#pragma once

#include "ui/training/TrainingRun.h"

#include <QWidget>

class QLabel;
class QListView;
class QTimer;

namespace goodsight {

class KeyButton;
class LabelCountsModel;
class LabelIndex;
class PresetCard;
class ProjectSession;
class Settings;
class TrainingController;

/// What a run would learn from, how, and the button that starts it.
class TrainingSetupView : public QWidget {
    Q_OBJECT
public:
    TrainingSetupView(TrainingController& controller, Settings& settings, ProjectSession& project,
                      const LabelIndex& labels, QWidget* parent = nullptr);

    void start();
    [[nodiscard]] bool canStart() const;

Q_SIGNALS:
    void started(qint64 id);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void retranslate();
    void refresh();
    [[nodiscard]] TrainingWish wish() const;
    /// Why nothing can be started, or empty.
    [[nodiscard]] QString obstacle() const;

    TrainingController& m_controller;
    Settings& m_settings;
    ProjectSession& m_project;
    LabelCountsModel* m_counts;
    QLabel* m_dataTitle;
    QLabel* m_dataText;
    QLabel* m_few;
    QListView* m_list;
    QLabel* m_empty;
    QLabel* m_presetTitle;
    QList<PresetCard*> m_presets;
    QLabel* m_honest;
    QLabel* m_obstacle;
    KeyButton* m_start;
    QTimer* m_later;
};

} // namespace goodsight
