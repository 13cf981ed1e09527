#include "core/inference/ModelExportJob.h"

#include "core/inference/InferenceText.h"

#include <utility>

namespace goodsight {

ModelExportJob::ModelExportJob(ExportRequest request, std::function<void(const Result<ExportedModel>&)> done)
    : m_request(std::move(request))
    , m_done(std::move(done))
{}

QString ModelExportJob::title() const
{
    return InferenceText::tr("Exporting %1").arg(quotedName(m_request.file));
}

Result<void> ModelExportJob::process(Control& control)
{
    auto exported = exportModel(m_request, control);
    if (!exported)
        return fail(exported.error());
    m_exported = std::move(*exported);
    return {};
}

void ModelExportJob::finish(const Result<void>& result)
{
    if (result)
        m_done(m_exported);
    else
        m_done(fail(result.error()));
}

} // namespace goodsight
