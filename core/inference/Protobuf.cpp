#include "core/inference/Protobuf.h"

#include <limits>

namespace goodsight::protobuf {

namespace {
enum WireType : int { Varint = 0, Fixed64 = 1, LengthDelimited = 2, Fixed32 = 5 };
} // namespace

void Writer::varint(quint64 value)
{
    while (value >= 0x80) {
        m_bytes.append(static_cast<char>(value | 0x80));
        value >>= 7;
    }
    m_bytes.append(static_cast<char>(value));
}

void Writer::integer(int field, qint64 value)
{
    varint(static_cast<quint64>(field) << 3 | Varint);
    varint(static_cast<quint64>(value));
}

void Writer::text(int field, const QByteArray& value)
{
    varint(static_cast<quint64>(field) << 3 | LengthDelimited);
    varint(static_cast<quint64>(value.size()));
    m_bytes.append(value);
}

QByteArrayView Reader::take(quint64 count)
{
    if (count > static_cast<quint64>(m_bytes.size())) {
        m_broken = true;
        return {};
    }
    const auto size = static_cast<qsizetype>(count);
    const QByteArrayView taken = m_bytes.first(size);
    m_bytes = m_bytes.sliced(size);
    return taken;
}

std::optional<quint64> Reader::varint()
{
    if (m_bytes.isEmpty())
        return std::nullopt;
    quint64 value = 0;
    for (int shift = 0; shift < 64 && !m_bytes.isEmpty(); shift += 7) {
        const auto byte = static_cast<uchar>(m_bytes.front());
        m_bytes = m_bytes.sliced(1);
        value |= static_cast<quint64>(byte & 0x7F) << shift;
        if ((byte & 0x80) == 0)
            return value;
    }
    m_broken = true;
    return std::nullopt;
}

std::optional<Field> Reader::next()
{
    if (m_bytes.isEmpty() || m_broken)
        return std::nullopt;
    const auto key = varint();
    if (!key || *key >> 3 == 0 || *key >> 3 > static_cast<quint64>(std::numeric_limits<int>::max())) {
        m_broken = true;
        return std::nullopt;
    }
    Field field;
    field.number = static_cast<int>(*key >> 3);
    switch (static_cast<int>(*key & 7)) {
    case Varint:
        if (const auto value = varint())
            field.integer = static_cast<qint64>(*value);
        else
            m_broken = true;
        break;
    case LengthDelimited:
        if (const auto size = varint())
            field.text = take(*size);
        else
            m_broken = true;
        break;
    case Fixed64:
        take(8);
        break;
    case Fixed32:
        take(4);
        break;
    default: // groups, which nobody writes any more
        m_broken = true;
    }
    if (m_broken)
        return std::nullopt;
    return field;
}

} // namespace goodsight::protobuf
