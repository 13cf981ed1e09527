#include "core/model/ModelErrors.h"
#include "core/model/Safetensors.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>
#include <QtEndian>

#include <cmath>

namespace goodsight {

namespace {

QByteArray headerOf(const QMap<QString, QString>& metadata, const std::map<std::string, Tensor>& tensors,
                    ElementType type)
{
    QJsonObject texts;
    for (auto it = metadata.begin(); it != metadata.end(); ++it)
        texts.insert(it.key(), it.value());
    QJsonObject header{{QStringLiteral("__metadata__"), texts}};
    qint64 offset = 0;
    for (const auto& [name, tensor] : tensors) {
        QJsonArray shape;
        for (const int64_t size : tensor.shape)
            shape.append(static_cast<qint64>(size));
        const qint64 end = offset + static_cast<qint64>(tensor.values.size()) * elementSize(type);
        header.insert(QString::fromStdString(name),
                      QJsonObject{{QStringLiteral("dtype"), QLatin1String(elementName(type))},
                                  {QStringLiteral("shape"), shape},
                                  {QStringLiteral("data_offsets"), QJsonArray{offset, end}}});
        offset = end;
    }
    QByteArray text = QJsonDocument(header).toJson(QJsonDocument::Compact);
    text.append((8 - text.size() % 8) % 8, ' '); // the numbers start aligned
    return text;
}

} // namespace

Result<void> writeSafetensors(const QString& path, const QMap<QString, QString>& metadata,
                              const std::map<std::string, Tensor>& tensors, bool half)
{
    for (const auto& [name, tensor] : tensors) {
        if (elementCount(tensor.shape) != static_cast<int64_t>(tensor.values.size()))
            return fail(modelerrors::wrongShape(path, name));
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return fail(modelerrors::cannotWrite(path, file));
    const QByteArray header = headerOf(metadata, tensors, half ? ElementType::F16 : ElementType::F32);
    QByteArray length(8, '\0');
    qToLittleEndian(static_cast<quint64>(header.size()), length.data());
    bool written = file.write(length) == length.size() && file.write(header) == header.size();
    for (auto it = tensors.begin(); it != tensors.end() && written; ++it) {
        const std::vector<float>& values = it->second.values;
        if (!half) {
            const auto size = static_cast<qint64>(values.size() * sizeof(float));
            written = file.write(reinterpret_cast<const char*>(values.data()), size) == size;
            continue;
        }
        std::vector<uint16_t> halves(values.size());
        for (std::size_t i = 0; i < values.size(); ++i) {
            halves[i] = halfFromFloat(values[i]);
            if (std::isfinite(values[i]) && (halves[i] & 0x7c00U) == 0x7c00U) {
                return fail(modelerrors::bad(
                    path, QCoreApplication::translate("goodsight::Model",
                                                      "%1 holds the number %2, too large for half precision")
                              .arg(QString::fromStdString(it->first))
                              .arg(static_cast<double>(values[i]))));
            }
        }
        const auto size = static_cast<qint64>(halves.size() * sizeof(uint16_t));
        written = file.write(reinterpret_cast<const char*>(halves.data()), size) == size;
    }
    if (!written || !file.commit())
        return fail(modelerrors::cannotWrite(path, file));
    return {};
}

} // namespace goodsight
