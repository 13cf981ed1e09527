#include "app/cli/ExportCommand.h"

#include "app/cli/Command.h"
#include "app/cli/Output.h"
#include "core/base/JobRunner.h"
#include "core/inference/ModelExportJob.h"
#include "core/model/ModelLibrary.h"

namespace goodsight::cli {

namespace {

int failure(const QString& key, const QString& subject, const Error& error, bool json)
{
    if (json)
        printErrorJson(key, subject, error);
    else
        printError(error);
    return SomeFailed;
}

} // namespace

int exportModel(const QString& name, ExportFormat format, const QString& out, bool json)
{
    const auto found = ModelLibrary().find(name);
    if (!found)
        return failure(QStringLiteral("entry"), name, found.error(), json);
    Result<ExportedModel> exported;
    ModelExportJob job({found->path, format, out}, [&](const auto& result) { exported = result; });
    if (const auto done = runInline(job, Progress()); !done)
        return failure(QStringLiteral("file"), out, done.error(), json);
    if (json) {
        printJson({{QStringLiteral("name"), found->name},
                   {QStringLiteral("exported"), true},
                   {QStringLiteral("file"), exported->file},
                   {QStringLiteral("sidecar"), exported->sidecar},
                   {QStringLiteral("bytes"), exported->bytes},
                   {QStringLiteral("max_difference"), exported->difference}});
    } else {
        printLine(QStringLiteral("%1: written, off by %2 at most; %3 says how to use it")
                      .arg(exported->file)
                      .arg(exported->difference, 0, 'g', 2)
                      .arg(exported->sidecar));
    }
    return AllDone;
}

} // namespace goodsight::cli
