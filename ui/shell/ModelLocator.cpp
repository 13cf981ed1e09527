#include "ui/shell/ModelLocator.h"

#include "core/inference/Recognizer.h"
#include "core/model/ModelLibrary.h"

#include <QCoreApplication>

namespace goodsight {

namespace {

tl::unexpected<Error> noModel()
{
    return fail("model-missing",
                QCoreApplication::translate("goodsight::ModelLocator", "No model is installed."),
                QCoreApplication::translate("goodsight::ModelLocator", "Import one on the Models page."));
}

} // namespace

Result<LocatedModel> locateModel(const QString& name)
{
    const ModelLibrary library;
    const auto chosen = library.find(name);
    if (chosen && !chosen->error)
        return LocatedModel{chosen->path, {}};
    const auto shipped = library.find(QString(ModelLibrary::kDefaultModel));
    if (!shipped)
        return noModel();
    const QString why = chosen ? chosen->error->message : chosen.error().message;
    return LocatedModel{shipped->path,
                        Error{QStringLiteral("another-model"), why,
                              QCoreApplication::translate(
                                  "goodsight::ModelLocator",
                                  "The shipped model answers instead; choose one on the Models page.")}};
}

Result<std::unique_ptr<Recognizer>> openLocated(const RecognitionConfig& config)
{
    if (config.modelFile.isEmpty())
        return noModel();
    const auto kind = backendKindFromName(config.backend);
    if (!kind)
        return fail(kind.error());
    return Recognizer::open(config.modelFile, *kind, config.threads);
}

} // namespace goodsight
