#pragma once

#include <QByteArray>
#include <QIODevice>

#include <vector>

namespace goodsight {

/// Writes a zip archive of stored (not compressed) entries, as torch.save does: the contents of each start at
/// a multiple of 64 bytes, by means of a padding field, so that they can be mapped into memory.
/// For archives below 4 GiB, which no list of classes that is allowed reaches.
class ZipWriter {
public:
    static constexpr qint64 kAlignment = 64;

    /// `out` is empty, open for writing, and outlives this object.
    explicit ZipWriter(QIODevice& out)
        : m_out(out)
    {}

    /// Adds an entry; `name` is ASCII. False when it could not be written: `out` knows why.
    [[nodiscard]] bool add(const QByteArray& name, QByteArrayView contents);
    /// Writes the directory, without which there is no archive. False as add().
    [[nodiscard]] bool finish();

private:
    struct Entry {
        QByteArray name;
        quint32 crc = 0;
        quint32 size = 0;
        quint32 offset = 0;
    };
    [[nodiscard]] bool write(QByteArrayView bytes);

    QIODevice& m_out;
    std::vector<Entry> m_entries;
    qint64 m_position = 0;
};

} // namespace goodsight
