#include "app/cli/QuantizeCommand.h"

#include "app/cli/Command.h"
#include "app/cli/Output.h"
#include "core/base/Paths.h"
#include "core/base/Settings.h"
#include "core/inference/Int8Quantizer.h"
#include "core/inference/PhotoFiles.h"
#include "core/model/ModelLibrary.h"

#include <QJsonObject>

#include <algorithm>

namespace goodsight::cli {

namespace {

/// Whether F16 loses nothing of the weights, as in a package that was stored so.
bool isHalf(const ModelPackage& package)
{
    return std::all_of(package.weights.begin(), package.weights.end(), [](const auto& named) {
        return std::all_of(named.second.values.begin(), named.second.values.end(),
                           [](float value) { return floatFromHalf(halfFromFloat(value)) == value; });
    });
}

Result<Int8Check> quantize(const QString& path, const QString& folder)
{
    auto package = ModelPackage::load(path);
    if (!package)
        return fail(package.error());
    const auto photos = photosIn(folder);
    if (!photos)
        return fail(photos.error());
    const Settings settings(paths::settingsFile());
    QuantizeOptions options;
    options.limits.maxMegapixels = settings.maxMegapixels();
    options.threads = settings.threads();
    options.progress = [tenth = qsizetype{-1}](qsizetype done, qsizetype total) mutable {
        if (done * 10 / total != tenth) {
            tenth = done * 10 / total;
            printNote(QStringLiteral("quantizing: %1 %").arg(tenth * 10));
        }
    };
    auto check = quantizeInt8(*package, photos->photos, options);
    if (!check)
        return check;
    if (const auto saved = package->save(path, isHalf(*package)); !saved)
        return fail(saved.error());
    return check;
}

} // namespace

int quantizeModel(const QString& name, const QString& folder, bool json)
{
    const auto found = ModelLibrary().find(name);
    auto check = found ? quantize(found->path, folder) : Result<Int8Check>(fail(found.error()));
    if (!check) {
        if (json)
            printErrorJson(QStringLiteral("entry"), name, check.error());
        else
            printError(check.error());
        return SomeFailed;
    }
    if (json) {
        QJsonObject line = check->toJson();
        line.insert(QStringLiteral("name"), name);
        line.insert(QStringLiteral("quantized"), true);
        printJson(line);
    } else {
        printLine(QStringLiteral(
                      "%1: 8-bit scales stored; the first answer is float32's on %2 % of %3 photos, on %4 % "
                      "of the clear ones")
                      .arg(name)
                      .arg(check->agreement() * 100, 0, 'f', 1)
                      .arg(check->photos)
                      .arg(check->sureAgreement() * 100, 0, 'f', 1));
    }
    return AllDone;
}

} // namespace goodsight::cli
