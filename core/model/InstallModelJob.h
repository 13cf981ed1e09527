#pragma once

#include "core/model/ModelDownload.h"
#include "core/model/ModelImport.h"

namespace goodsight {

/// What InstallModelJob installs, from where.
struct InstallRequest {
    /// torchvision's official ResNet-18, IMAGENET1K_V1, as model "imagenet". `GOODSIGHT_IMAGENET_URL` in the
    /// environment names another address (a mirror, or a test's server); the hash is then that of its name.
    [[nodiscard]] static InstallRequest imagenet();

    DownloadRequest download;
    QString name;
    QString titleZh;
    QString titleEn;
    QString licence;
    QString what; ///< for the manifest's parts
    GoldenMaker golden;
    bool keepDownload = false; ///< leave the downloaded file beside the model
};

/// Downloads a model's weights, checks, converts and installs them: nothing is left half done. Installed
/// already: nothing is fetched. A download that was stopped goes on the next time.
class InstallModelJob final : public Job {
public:
    /// `done` is called by finish(), on the starting thread.
    InstallModelJob(ModelLibrary library, InstallRequest request,
                    std::function<void(const Result<InstalledModel>&)> done);

    [[nodiscard]] QString title() const override;
    /// Errors: those of downloadFile() and importModel().
    Result<void> process(Control& control) override;
    void finish(const Result<void>& result) override;

private:
    ModelLibrary m_library;
    InstallRequest m_request;
    std::function<void(const Result<InstalledModel>&)> m_done;
    InstalledModel m_model;
};

} // namespace goodsight
