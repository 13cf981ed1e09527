#include "core/base/OrdinaryFile.h"
#include "core/model/ModelErrors.h"
#include "core/model/Safetensors.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QtEndian>

#include <algorithm>
#include <array>

namespace goodsight {

namespace {

constexpr std::array kTypes{ElementType::F16, ElementType::BF16, ElementType::F32, ElementType::F64,
                            ElementType::U8,  ElementType::I8,   ElementType::I16, ElementType::I32,
                            ElementType::I64, ElementType::Bool};

bool typeFromName(const QString& name, ElementType& type)
{
    for (const ElementType candidate : kTypes) {
        if (name == QLatin1String(elementName(candidate))) {
            type = candidate;
            return true;
        }
    }
    return false;
}

QString headerNotUsable()
{
    return QCoreApplication::translate("goodsight::Model", "its header is not that of a safetensors file");
}

QString entryNotUsable(const QString& name)
{
    return QCoreApplication::translate("goodsight::Model", "the header's entry %1 makes no sense")
        .arg(quotedName(name));
}

} // namespace

SafetensorsFile::SafetensorsFile(const QString& path)
    : m_file(path)
{}

Result<std::unique_ptr<SafetensorsFile>> SafetensorsFile::open(const QString& path)
{
    if (OrdinaryFile file(path); !file.open(QIODevice::ReadOnly))
        return fail(modelerrors::cannotOpen(path, file));
    std::unique_ptr<SafetensorsFile> file(new SafetensorsFile(path));
    if (!file->m_file.open(QIODevice::ReadOnly))
        return fail(modelerrors::cannotOpen(path, file->m_file));
    if (auto header = file->readHeader(); !header)
        return fail(header.error());
    return file;
}

Result<void> SafetensorsFile::readHeader()
{
    const qint64 size = m_file.size();
    if (size < 8)
        return fail(modelerrors::truncated(path()));
    const QByteArray lengthBytes = m_file.read(8);
    if (lengthBytes.size() != 8)
        return fail(modelerrors::cannotRead(path(), m_file.errorString()));
    const auto length = qFromLittleEndian<quint64>(lengthBytes.constData());
    // The first byte of the header decides between "cut off" and "something else altogether".
    char first = 0;
    if (!m_file.peek(&first, 1) && size > 8)
        return fail(modelerrors::cannotRead(path(), m_file.errorString()));
    if (length < 2 || length > static_cast<quint64>(kMaxHeader) || (size > 8 && first != '{'))
        return fail(modelerrors::bad(path(), headerNotUsable()));
    if (static_cast<qint64>(length) > size - 8)
        return fail(modelerrors::truncated(path()));
    const QByteArray text = m_file.read(static_cast<qint64>(length));
    if (text.size() != static_cast<qsizetype>(length))
        return fail(modelerrors::cannotRead(path(), m_file.errorString()));

    QJsonParseError parse{};
    const QJsonDocument document = QJsonDocument::fromJson(text, &parse);
    if (!document.isObject())
        return fail(modelerrors::bad(path(), headerNotUsable()));
    const QJsonObject header = document.object();
    m_dataStart = 8 + static_cast<qint64>(length);
    for (auto it = header.begin(); it != header.end(); ++it) {
        if (it.key() == u"__metadata__") {
            const QJsonObject metadata = it.value().toObject();
            for (auto entry = metadata.begin(); entry != metadata.end(); ++entry)
                m_metadata.insert(entry.key(), entry.value().toString());
            continue;
        }
        if (auto added = addEntry(it.key(), it.value().toObject()); !added)
            return added;
    }

    std::sort(m_tensors.begin(), m_tensors.end(), [this](const auto& a, const auto& b) {
        const Range& left = m_ranges.at(a.first);
        const Range& right = m_ranges.at(b.first);
        return std::pair(left.begin, left.end) < std::pair(right.begin, right.end);
    });
    qint64 expected = 0;
    for (const auto& [name, info] : m_tensors) {
        const Range& range = m_ranges.at(name);
        if (range.begin != expected) {
            return fail(modelerrors::bad(
                path(), QCoreApplication::translate("goodsight::Model",
                                                    "its tensors overlap or leave a hole before %1")
                            .arg(QString::fromStdString(name))));
        }
        expected = range.end;
    }
    const qint64 available = size - m_dataStart;
    if (expected > available)
        return fail(modelerrors::truncated(path()));
    if (expected < available) {
        return fail(modelerrors::bad(
            path(), QCoreApplication::translate("goodsight::Model", "it holds bytes after its last tensor")));
    }
    return {};
}

Result<void> SafetensorsFile::addEntry(const QString& name, const QJsonObject& entry)
{
    const QString typeName = entry.value(QStringLiteral("dtype")).toString();
    TensorInfo info;
    if (!typeFromName(typeName, info.type)) {
        return fail(modelerrors::bad(
            path(), QCoreApplication::translate("goodsight::Model", "%1 is stored as “%2”, an unknown type")
                        .arg(quotedName(name), quotedName(typeName))));
    }
    const QJsonValue shape = entry.value(QStringLiteral("shape"));
    const QJsonArray sizes = shape.toArray();
    if (!shape.isArray() || sizes.size() > 16)
        return fail(modelerrors::bad(path(), entryNotUsable(name)));
    for (const QJsonValue& dimension : sizes)
        info.shape.push_back(dimension.toInteger(-1));
    const QJsonArray offsets = entry.value(QStringLiteral("data_offsets")).toArray();
    const Range range{offsets.size() == 2 ? offsets[0].toInteger(-1) : -1,
                      offsets.size() == 2 ? offsets[1].toInteger(-1) : -1};
    const int64_t count = elementCount(info.shape);
    // Dividing rather than multiplying: a count near the limit must not overflow.
    const int size = elementSize(info.type);
    if (count < 0 || range.begin < 0 || range.end < range.begin || (range.end - range.begin) % size != 0 ||
        (range.end - range.begin) / size != count)
        return fail(modelerrors::bad(path(), entryNotUsable(name)));
    const std::string key = name.toStdString();
    m_ranges.emplace(key, range);
    m_tensors.emplace_back(key, std::move(info));
    return {};
}

QString SafetensorsFile::path() const
{
    return m_file.fileName();
}

const std::vector<std::pair<std::string, TensorInfo>>& SafetensorsFile::tensors() const
{
    return m_tensors;
}

const QMap<QString, QString>& SafetensorsFile::metadata() const
{
    return m_metadata;
}

Result<QByteArray> SafetensorsFile::bytes(const std::string& name)
{
    const auto found = m_ranges.find(name);
    if (found == m_ranges.end()) {
        return fail(
            modelerrors::bad(path(), QCoreApplication::translate("goodsight::Model", "it has no tensor %1")
                                         .arg(quotedName(QString::fromStdString(name)))));
    }
    const Range range = found->second;
    if (!m_file.seek(m_dataStart + range.begin))
        return fail(modelerrors::cannotRead(path(), m_file.errorString()));
    QByteArray data = m_file.read(range.end - range.begin);
    if (data.size() != range.end - range.begin) {
        // The size was right when the file was opened: somebody cut it since, or the drive failed.
        return fail(m_file.error() == QFileDevice::NoError
                        ? modelerrors::truncated(path())
                        : modelerrors::cannotRead(path(), m_file.errorString()));
    }
    return data;
}

Result<std::map<std::string, Tensor>> SafetensorsFile::read(const std::vector<std::string>& names)
{
    std::map<std::string, TensorInfo> infos(m_tensors.begin(), m_tensors.end());
    std::map<std::string, Tensor> result;
    for (const std::string& name : names) {
        const auto data = bytes(name);
        if (!data)
            return fail(data.error());
        const TensorInfo& info = infos.at(name);
        const auto count = static_cast<std::size_t>(elementCount(info.shape));
        Tensor tensor{info.shape, std::vector<float>(count)};
        convertToFloat(info.type, data->constData(), count, tensor.values.data());
        result.insert_or_assign(name, std::move(tensor));
    }
    return result;
}

} // namespace goodsight
