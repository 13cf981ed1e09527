#pragma once

#include "core/base/JobRunner.h"
#include "core/inference/ModelExport.h"
#include "core/model/InstallModelJob.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QVBoxLayout;

namespace goodsight {

class Banner;
class KeyButton;
class PromotionController;
class Settings;

/// The installed models: which one answers, is it sound, how another one comes in, is compared before it is
/// used, and how one is carried away. Downloads, imports, exports and checks run on a worker thread with
/// progress and Cancel.
class ModelsPage : public QWidget {
    Q_OBJECT
public:
    ModelsPage(Settings& settings, PromotionController& promotion, QWidget* parent = nullptr);

    /// Imports `file` (a package, a state_dict or safetensors); asks for a label table where it needs one.
    void importFile(const QString& file, const QString& labelsFile = {});
    /// Writes `model` for other programs.
    void exportTo(const InstalledModel& model, ExportFormat format, const QString& file);

Q_SIGNALS:
    /// The person wants to see the model in the shadow beside the one in use.
    void comparisonRequested();

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void retranslate();
    /// Makes the cards anew from what is on the disk.
    void rebuild();
    void refreshBusy();
    void installImagenet();
    void chooseFile();
    void check(const InstalledModel& model);
    void chooseExport(const InstalledModel& model, ExportFormat format);
    void remove(const InstalledModel& model);
    void putIntoShadow(const InstalledModel& model);
    void goBack();
    void onInstalled(const Result<InstalledModel>& model, const QString& ifCancelled);
    void onProgress(qint64 done, qint64 total, const QString& what);

    Settings& m_settings;
    PromotionController& m_promotion;
    JobRunner m_jobs;
    QLabel* m_title;
    KeyButton* m_import;
    Banner* m_banner;
    QWidget* m_progress;
    QLabel* m_progressText;
    QProgressBar* m_progressBar;
    KeyButton* m_cancel;
    QVBoxLayout* m_cards;
    QWidget* m_offer;
    QLabel* m_offerTitle;
    QLabel* m_offerText;
    KeyButton* m_install;
};

} // namespace goodsight
