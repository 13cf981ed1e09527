#include "core/model/ZipWriter.h"

#include <QtEndian>

#include <array>

namespace goodsight {

namespace {

constexpr quint32 kLocalHeader = 0x04034b50;
constexpr quint32 kDirectoryHeader = 0x02014b50;
constexpr quint32 kEndOfDirectory = 0x06054b50;
constexpr quint16 kVersion = 20;
/// The first day that the format knows, 1980-01-01: the same model gives the same bytes every day.
constexpr quint16 kDate = (1 << 5) | 1;
constexpr qint64 kLocalHeaderSize = 30;
constexpr qint64 kExtraHeaderSize = 4;

constexpr std::array<quint32, 256> crcTable()
{
    std::array<quint32, 256> table{};
    for (quint32 i = 0; i < table.size(); ++i) {
        quint32 value = i;
        for (int bit = 0; bit < 8; ++bit)
            value = (value & 1) != 0 ? 0xEDB88320U ^ (value >> 1) : value >> 1;
        table[i] = value;
    }
    return table;
}

/// CRC-32 of ISO 3309, the zip format's.
quint32 crcOf(QByteArrayView bytes)
{
    static constexpr std::array<quint32, 256> kTable = crcTable();
    quint32 crc = 0xFFFFFFFFU;
    for (const char byte : bytes)
        crc = kTable[(crc ^ static_cast<uchar>(byte)) & 0xFFU] ^ (crc >> 8);
    return ~crc;
}

template <typename T>
void put(QByteArray& out, T value)
{
    const qsizetype at = out.size();
    out.resize(at + static_cast<qsizetype>(sizeof(T)));
    qToLittleEndian(value, out.data() + at);
}

/// What the headers before the contents and in the directory have in common.
void putCommon(QByteArray& out, quint32 crc, quint32 size, qsizetype nameSize, qsizetype extraSize)
{
    put<quint16>(out, kVersion);
    put<quint16>(out, 0); // flags
    put<quint16>(out, 0); // stored
    put<quint16>(out, 0); // time
    put<quint16>(out, kDate);
    put<quint32>(out, crc);
    put<quint32>(out, size);
    put<quint32>(out, size);
    put(out, static_cast<quint16>(nameSize));
    put(out, static_cast<quint16>(extraSize));
}

} // namespace

bool ZipWriter::write(QByteArrayView bytes)
{
    m_position += bytes.size();
    return m_out.write(bytes.data(), bytes.size()) == bytes.size();
}

bool ZipWriter::add(const QByteArray& name, QByteArrayView contents)
{
    const Entry entry{name, crcOf(contents), static_cast<quint32>(contents.size()),
                      static_cast<quint32>(m_position)};
    const qint64 start = m_position + kLocalHeaderSize + name.size() + kExtraHeaderSize;
    const auto padding = static_cast<qsizetype>((kAlignment - start % kAlignment) % kAlignment);
    QByteArray header;
    put<quint32>(header, kLocalHeader);
    putCommon(header, entry.crc, entry.size, name.size(), kExtraHeaderSize + padding);
    header += name;
    header += "FB"; // the field's name in torch's own files
    put(header, static_cast<quint16>(padding));
    header += QByteArray(padding, 'Z');
    m_entries.push_back(entry);
    return write(header) && write(contents);
}

bool ZipWriter::finish()
{
    const qint64 start = m_position;
    QByteArray directory;
    for (const Entry& entry : m_entries) {
        put<quint32>(directory, kDirectoryHeader);
        put<quint16>(directory, kVersion); // made by
        putCommon(directory, entry.crc, entry.size, entry.name.size(), 0);
        put<quint16>(directory, 0); // comment
        put<quint16>(directory, 0); // disk
        put<quint16>(directory, 0); // internal attributes
        put<quint32>(directory, 0); // external attributes
        put<quint32>(directory, entry.offset);
        directory += entry.name;
    }
    const auto size = static_cast<quint32>(directory.size());
    const auto count = static_cast<quint16>(m_entries.size());
    put<quint32>(directory, kEndOfDirectory);
    put<quint16>(directory, 0); // this disk
    put<quint16>(directory, 0); // the directory's disk
    put<quint16>(directory, count);
    put<quint16>(directory, count);
    put<quint32>(directory, size);
    put<quint32>(directory, static_cast<quint32>(start));
    put<quint16>(directory, 0); // comment
    return write(directory);
}

} // namespace goodsight
