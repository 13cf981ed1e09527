#pragma once

#include "core/base/Error.h"
#include "core/inference/TestTimeAugmentation.h"
#include "ui/settings/SettingsCard.h"

#include <optional>

class QComboBox;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace goodsight {

class KeyButton;
class Settings;
class StorePrior;
class SwitchMeasurement;

/// The switches between the network and the answer, each with its measured effect beside it.
class AnswerSettings : public SettingsCard {
    Q_OBJECT
public:
    AnswerSettings(Settings& settings, StorePrior& prior, SwitchMeasurement& measurement,
                   QWidget* parent = nullptr);

    /// How often more views have been taken.
    void setUse(const AugmentationTally& use);
    /// Takes the prior from a table.
    void setPriorFile(const QString& file);
    void retranslate();
    /// Shows what the settings say.
    void refresh();

private:
    void build();
    void choosePrior(int index);
    void chooseFile();
    void refreshEffects();
    void refreshPrior();

    Settings& m_settings;
    StorePrior& m_prior;
    SwitchMeasurement& m_measurement;
    AugmentationTally m_use;
    std::optional<Error> m_failure; ///< of the last measurement
    QPushButton* m_calibrated;
    QComboBox* m_views;
    QComboBox* m_source;
    KeyButton* m_file;
    QLabel* m_priorError;
    QStackedWidget* m_buttons;
    KeyButton* m_measure;
    KeyButton* m_cancel;
    QProgressBar* m_progress;
    Row m_calibratedRow;
    Row m_viewsRow;
    Row m_sourceRow;
    Row m_fileRow;
    Row m_measureRow;
};

} // namespace goodsight
