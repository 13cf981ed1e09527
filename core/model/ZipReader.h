#pragma once

#include "core/base/Result.h"

#include <functional>
#include <string>

struct archive;

namespace goodsight {

/// One entry of a zip archive, while it is being visited.
class ZipEntry {
public:
    ZipEntry(archive* reader, const QString& path, std::string name, qint64 size);

    [[nodiscard]] const std::string& name() const { return m_name; }
    /// Bytes when unpacked, as the archive's directory says; never more than the archive's own size.
    [[nodiscard]] qint64 size() const { return m_size; }
    /// The contents, checked against the recorded size and CRC. Once. Errors: "bad-model".
    [[nodiscard]] Result<QByteArray> read();

private:
    archive* m_reader;
    const QString& m_path;
    std::string m_name;
    qint64 m_size;
};

/// Calls `visit` for each file in the zip archive `path` (any name, by libarchive, from the central directory
/// only), until it returns false or an error. Entries that together unpack to more than the archive's size
/// are refused, since torch.save compresses nothing. Errors: "not-found", "unreadable", "truncated" (no
/// central directory at the end), "bad-model", and those of `visit`.
[[nodiscard]] Result<void> visitZip(const QString& path,
                                    const std::function<Result<bool>(ZipEntry& entry)>& visit);

} // namespace goodsight
