#pragma once

#include <QWidget>

class QBoxLayout;
class QComboBox;
class QLabel;
class QPushButton;
class QSlider;
class QSpinBox;

namespace goodsight {

class KeyButton;
class ProjectSession;
class Settings;

/// Every setting on one page; each takes effect at once.
class SettingsPage : public QWidget {
    Q_OBJECT
public:
    SettingsPage(Settings& settings, ProjectSession& project, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Row {
        QLabel* title;
        QLabel* text;
    };
    Row addRow(QBoxLayout* card, QWidget* control, const QString& objectName);
    QBoxLayout* addCard(QBoxLayout* page, QLabel* heading);
    void retranslate();
    void refresh();
    void chooseProject();

    Settings& m_settings;
    ProjectSession& m_project;
    QLabel* m_title;
    QLabel* m_lookHeading;
    QLabel* m_recognitionHeading;
    QLabel* m_projectHeading;
    QComboBox* m_language;
    QComboBox* m_theme;
    QComboBox* m_backend;
    QSpinBox* m_threads;
    QSlider* m_sure;
    QLabel* m_sureValue;
    QSlider* m_review;
    QLabel* m_reviewValue;
    QPushButton* m_instant;
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
    Row m_megapixelsRow;
};

} // namespace goodsight
