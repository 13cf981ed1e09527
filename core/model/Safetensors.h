#pragma once

#include "core/model/Tensor.h"

#include <QFile>
#include <QMap>

#include <map>
#include <memory>

namespace goodsight {

/// One safetensors file, its header checked: an 8-byte little-endian length, a JSON object, the tensors'
/// bytes without holes or overlaps (https://huggingface.co/docs/safetensors).
///
/// Whatever a hostile header says, nothing is allocated beyond the size of the file itself.
class SafetensorsFile final : public TensorSource {
public:
    /// Longest header that is read, bytes.
    static constexpr qint64 kMaxHeader = qint64{16} << 20;

    /// Reads and checks the header only. Errors: "not-found", "unreadable", "truncated" (the file ends before
    /// its tensors do), "bad-model".
    [[nodiscard]] static Result<std::unique_ptr<SafetensorsFile>> open(const QString& path);

    [[nodiscard]] QString path() const override;
    [[nodiscard]] const std::vector<std::pair<std::string, TensorInfo>>& tensors() const override;
    [[nodiscard]] Result<std::map<std::string, Tensor>> read(const std::vector<std::string>& names) override;

    /// The free texts of `__metadata__`.
    [[nodiscard]] const QMap<QString, QString>& metadata() const;
    /// One tensor's bytes as they lie in the file. Errors as read().
    [[nodiscard]] Result<QByteArray> bytes(const std::string& name);

private:
    struct Range {
        qint64 begin = 0;
        qint64 end = 0;
    };
    explicit SafetensorsFile(const QString& path);
    [[nodiscard]] Result<void> readHeader();
    [[nodiscard]] Result<void> addEntry(const QString& name, const QJsonObject& entry);

    QFile m_file;
    qint64 m_dataStart = 0;
    QMap<QString, QString> m_metadata;
    std::vector<std::pair<std::string, TensorInfo>> m_tensors; ///< by offset
    std::map<std::string, Range> m_ranges;
};

/// Writes `tensors` in the order of their names, as F16 when `half`, else F32, to a temporary name that is
/// renamed when all is on the disk. Errors: "disk-full", "unwritable", "bad-model" (a number that F16 cannot
/// hold, or a shape that is not that of the numbers).
[[nodiscard]] Result<void> writeSafetensors(const QString& path, const QMap<QString, QString>& metadata,
                                            const std::map<std::string, Tensor>& tensors, bool half);

} // namespace goodsight
