#include "core/imaging/TiffDirectory.h"

#include <QtEndian>

#include <array>

namespace goodsight::imaging {

namespace {
constexpr quint16 kOrientation = 0x0112;
constexpr quint16 kWidth = 256;
constexpr quint16 kHeight = 257;
constexpr quint16 kStripOffsets = 273;
constexpr quint16 kStripBytes = 279;
constexpr quint16 kTileOffsets = 324;
constexpr quint16 kTileBytes = 325;
constexpr quint64 kEntryBytes = 12;

constexpr quint16 kAscii = 2; // a field type

constexpr quint16 kFirstPrivateTag = 0x8000;

/// Bytes of one value of a field type, 0 for unknown ones.
quint64 typeBytes(quint16 type)
{
    static constexpr std::array<quint64, 13> bytes{0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};
    return type < bytes.size() ? bytes[type] : 0;
}

bool isUnsignedInteger(quint16 type)
{
    return type == 1 || type == 3 || type == 4;
}
} // namespace

TiffDirectory::TiffDirectory(QByteArrayView bytes)
    : m_bytes(bytes)
{
    if (!isTiff(bytes))
        return;
    m_bigEndian = bytes[0] == 'M';
    m_big = read16(2) == 43;
    if (m_big)
        return;
    if (const auto offset = read32(4))
        open(*offset);
}

void TiffDirectory::open(quint64 offset)
{
    m_count = 0;
    m_complete = false;
    const auto count = read16(offset);
    if (!count)
        return;
    m_entries = offset + 2;
    m_count = *count;
    m_complete = m_entries + kEntryBytes * *count <= static_cast<quint64>(m_bytes.size());
}

bool TiffDirectory::isTiff(QByteArrayView start)
{
    static constexpr char littleEndian[] = {'I', 'I', 42, 0};
    static constexpr char bigEndian[] = {'M', 'M', 0, 42};
    static constexpr char littleBig[] = {'I', 'I', 43, 0};
    static constexpr char bigBig[] = {'M', 'M', 0, 43};
    for (const char* magic : {littleEndian, bigEndian, littleBig, bigBig}) {
        if (start.startsWith(QByteArrayView(magic, 4)))
            return true;
    }
    return false;
}

std::optional<quint16> TiffDirectory::read16(quint64 at) const
{
    if (at + 2 > static_cast<quint64>(m_bytes.size()))
        return std::nullopt;
    const char* p = m_bytes.data() + at;
    return m_bigEndian ? qFromBigEndian<quint16>(p) : qFromLittleEndian<quint16>(p);
}

std::optional<quint32> TiffDirectory::read32(quint64 at) const
{
    if (at + 4 > static_cast<quint64>(m_bytes.size()))
        return std::nullopt;
    const char* p = m_bytes.data() + at;
    return m_bigEndian ? qFromBigEndian<quint32>(p) : qFromLittleEndian<quint32>(p);
}

std::vector<quint32> TiffDirectory::values(quint16 tag) const
{
    for (int i = 0; i < m_count; ++i) {
        const quint64 entry = m_entries + kEntryBytes * static_cast<quint64>(i);
        const auto found = read16(entry);
        if (!found)
            return {};
        if (*found != tag)
            continue;
        const quint16 type = read16(entry + 2).value_or(0);
        const quint64 width = typeBytes(type);
        const quint64 count = read32(entry + 4).value_or(0);
        if (!isUnsignedInteger(type) || count * width > static_cast<quint64>(m_bytes.size()))
            return {};
        quint64 at = entry + 8;
        if (count * width > 4) {
            const auto pointer = read32(at);
            if (!pointer)
                return {};
            at = *pointer;
        }
        std::vector<quint32> list;
        list.reserve(count);
        for (quint64 n = 0; n < count; ++n, at += width) {
            std::optional<quint32> value;
            if (width == 4)
                value = read32(at);
            else if (width == 2)
                value = read16(at);
            else if (at < static_cast<quint64>(m_bytes.size()))
                value = static_cast<uchar>(m_bytes[static_cast<qsizetype>(at)]);
            if (!value)
                return {};
            list.push_back(*value);
        }
        return list;
    }
    return {};
}

QByteArray TiffDirectory::text(quint16 tag) const
{
    for (int i = 0; i < m_count; ++i) {
        const quint64 entry = m_entries + kEntryBytes * static_cast<quint64>(i);
        if (read16(entry) != tag)
            continue;
        const quint64 count = read32(entry + 4).value_or(0);
        const quint64 at = count > 4 ? read32(entry + 8).value_or(0) : entry + 8;
        if (read16(entry + 2) != kAscii || at + count > static_cast<quint64>(m_bytes.size()))
            return {};
        return QByteArray(m_bytes.sliced(static_cast<qsizetype>(at), static_cast<qsizetype>(count))
                              .toByteArray()
                              .constData());
    }
    return {};
}

TiffDirectory TiffDirectory::directory(quint16 tag) const
{
    TiffDirectory other = *this;
    const auto offsets = values(tag);
    other.open(offsets.empty() ? static_cast<quint64>(m_bytes.size()) : offsets.front());
    return other;
}

int TiffDirectory::orientation() const
{
    const auto list = values(kOrientation);
    return !list.empty() && list.front() >= 1 && list.front() <= 8 ? static_cast<int>(list.front()) : 1;
}

std::optional<HeaderSize> TiffDirectory::pictureSize() const
{
    const auto width = values(kWidth);
    const auto height = values(kHeight);
    if (width.empty() || height.empty())
        return std::nullopt;
    return HeaderSize{width.front(), height.front()};
}

bool TiffDirectory::valuesReachPastTheEnd() const
{
    for (int i = 0; i < m_count; ++i) {
        const quint64 entry = m_entries + kEntryBytes * static_cast<quint64>(i);
        const quint64 bytes = typeBytes(read16(entry + 2).value_or(0)) * read32(entry + 4).value_or(0);
        if (read16(entry).value_or(kFirstPrivateTag) < kFirstPrivateTag && bytes > 4 &&
            read32(entry + 8).value_or(0) + bytes > static_cast<quint64>(m_bytes.size()))
            return true;
    }
    return false;
}

bool TiffDirectory::pixelsReachPastTheEnd() const
{
    if (m_big)
        return false;
    if (!m_complete || valuesReachPastTheEnd())
        return true;
    for (const auto& [offsetTag, bytesTag] :
         {std::pair{kStripOffsets, kStripBytes}, std::pair{kTileOffsets, kTileBytes}}) {
        const auto offsets = values(offsetTag);
        const auto sizes = values(bytesTag);
        for (std::size_t i = 0; i < offsets.size(); ++i) {
            const quint64 size = i < sizes.size() ? sizes[i] : 1;
            if (offsets[i] + size > static_cast<quint64>(m_bytes.size()))
                return true;
        }
    }
    return false;
}

} // namespace goodsight::imaging
