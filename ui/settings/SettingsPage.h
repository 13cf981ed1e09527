#pragma once

#include "ui/settings/SettingsCard.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;
class QSlider;
class QSpinBox;

namespace goodsight {

class AnswerSettings;
class InstantLearning;
class KeyButton;
class ProjectSession;
class Settings;
class StorePrior;
class SwitchMeasurement;
struct AugmentationTally;

/// Every setting on one page; each takes effect at once.
class SettingsPage : public QWidget {
    Q_OBJECT
public:
    SettingsPage(Settings& settings, ProjectSession& project, StorePrior& prior,
                 SwitchMeasurement& measurement, const InstantLearning& learning, QWidget* parent = nullptr);

    /// How often more views have been taken.
    void setUse(const AugmentationTally& use);

protected:
    void changeEvent(QEvent* event) override;

private:
    using Row = SettingsCard::Row;
    void retranslate();
    void refresh();
    void refreshRetraining();
    void refreshUnknown();
    void chooseProject();

    Settings& m_settings;
    ProjectSession& m_project;
    const InstantLearning& m_learning;
    QLabel* m_title;
    SettingsCard* m_look;
    SettingsCard* m_recognition;
    AnswerSettings* m_answers;
    SettingsCard* m_folder;
    QComboBox* m_language;
    QComboBox* m_theme;
    QComboBox* m_backend;
    QSpinBox* m_threads;
    QSlider* m_sure;
    QLabel* m_sureValue;
    QSlider* m_review;
    QLabel* m_reviewValue;
    QPushButton* m_instant;
    QSpinBox* m_retrainAfter;
    QSpinBox* m_megapixels;
    QLabel* m_path;
    KeyButton* m_openFolder;
    KeyButton* m_choose;
    KeyButton* m_default;
    Row m_languageRow;
    Row m_themeRow;
    Row m_backendRow;
    Row m_threadsRow;
    Row m_sureRow;
    Row m_reviewRow;
    Row m_instantRow;
    Row m_retrainRow;
    Row m_megapixelsRow;
};

} // namespace goodsight
