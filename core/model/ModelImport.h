#pragma once

#include "core/base/Job.h"
#include "core/model/ModelLibrary.h"

#include <QJsonArray>

#include <functional>

namespace goodsight {

/// Computes what a package's golden outputs are, with the reference backend. Given by the caller, since this
/// room knows no backend.
using GoldenMaker = std::function<Result<GoldenOutputs>(const ModelPackage&)>;

/// A file to be made into an installed model.
struct ImportRequest {
    QString file{};       ///< a Goodsight package, a torchvision state_dict (.pth) or plain safetensors
    QString name{};       ///< empty: made from the package's or the file's name
    QString labelsFile{}; ///< as classList() takes it; must be empty for a package
    QString titleZh{};    ///< empty: the file's name
    QString titleEn{};
    QString licence{};
    QJsonArray parts{};   ///< the manifest's "parts": [{"what", "licence", "source"}]
    GoldenMaker golden{}; ///< called for weights that come without golden outputs; empty: they stay without
};

/// Reads and checks the file, whatever kind it is, and installs it. A package keeps its manifest and numbers
/// (its golden outputs are not replayed here); other weights get classes, torchvision's preprocessing and
/// golden outputs. F16 weights stay F16, others are stored as F32, so that no bit is lost. `control` hears of
/// the steps and is asked between them. Any thread. Errors: those of the readers, of classList, of `golden`
/// and of ModelLibrary::install; "cancelled".
[[nodiscard]] Result<InstalledModel> importModel(const ModelLibrary& library, const ImportRequest& request,
                                                 Job::Control& control);

/// importModel() as a Job.
class ImportModelJob final : public Job {
public:
    /// `done` is called by finish(), on the starting thread.
    ImportModelJob(ModelLibrary library, ImportRequest request,
                   std::function<void(const Result<InstalledModel>&)> done);

    [[nodiscard]] QString title() const override;
    Result<void> process(Control& control) override;
    void finish(const Result<void>& result) override;

private:
    ModelLibrary m_library;
    ImportRequest m_request;
    std::function<void(const Result<InstalledModel>&)> m_done;
    InstalledModel m_model;
};

} // namespace goodsight
