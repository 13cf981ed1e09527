#pragma once

#include "core/inference/ModelExport.h"

#include <functional>

namespace goodsight {

/// exportModel() as a Job.
class ModelExportJob final : public Job {
public:
    /// `done` is called by finish(), on the starting thread.
    ModelExportJob(ExportRequest request, std::function<void(const Result<ExportedModel>&)> done);

    [[nodiscard]] QString title() const override;
    Result<void> process(Control& control) override;
    void finish(const Result<void>& result) override;

private:
    ExportRequest m_request;
    std::function<void(const Result<ExportedModel>&)> m_done;
    ExportedModel m_exported;
};

} // namespace goodsight
