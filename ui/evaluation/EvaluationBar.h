#pragma once

#include "ui/evaluation/Evaluation.h"

#include <QFrame>

class QComboBox;
class QLabel;
class QProgressBar;

namespace goodsight {

class EvaluationController;
class KeyButton;
class ProjectSession;
class Settings;

/// Which model, which photos, and the button that starts; progress and Cancel while it runs.
class EvaluationBar : public QFrame {
    Q_OBJECT
public:
    EvaluationBar(EvaluationController& controller, Settings& settings, ProjectSession& project,
                  QWidget* parent = nullptr);

    /// Starts with what is chosen; asks for a folder first where one is needed.
    void run();
    /// What to measure on, as if chosen; a folder by setFolder().
    void setData(EvaluationData data);
    /// The folder to measure on, as if chosen in the dialog.
    void setFolder(const QString& folder);
    /// Looks again at what models and photos there are.
    void refresh();

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void retranslate();
    void refreshBusy();
    void onProgress(qint64 done, qint64 total, const QString& what);
    [[nodiscard]] EvaluationData data() const;

    EvaluationController& m_controller;
    Settings& m_settings;
    ProjectSession& m_project;
    QString m_folder;
    QLabel* m_modelText;
    QComboBox* m_model;
    QLabel* m_dataText;
    QComboBox* m_data;
    QLabel* m_doing;
    QProgressBar* m_progress;
    KeyButton* m_run;
    KeyButton* m_cancel;
};

} // namespace goodsight
