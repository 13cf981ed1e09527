#pragma once

#include <QByteArray>

#include <optional>

/// As much of Protocol Buffers' wire format (https://protobuf.dev/programming-guides/encoding) as ONNX needs.
namespace goodsight::protobuf {

/// Builds one message, field after field.
class Writer {
public:
    void integer(int field, qint64 value);
    void text(int field, const QByteArray& value);
    void message(int field, const Writer& value) { text(field, value.bytes()); }

    [[nodiscard]] const QByteArray& bytes() const { return m_bytes; }

private:
    void varint(quint64 value);

    QByteArray m_bytes;
};

/// One field of a message. Which of the values counts follows from what the message's definition says the
/// field is; the other is empty.
struct Field {
    int number = 0;
    qint64 integer = 0;  ///< of a varint; else 0
    QByteArrayView text; ///< of a string, bytes, a message or packed numbers: points into the message
};

/// Walks the fields of one message. Whatever the bytes are, nothing outside them is read.
class Reader {
public:
    explicit Reader(QByteArrayView message)
        : m_bytes(message)
    {}

    /// The next field; none at the end and after bytes that are no field (then broken() is true).
    [[nodiscard]] std::optional<Field> next();
    [[nodiscard]] bool broken() const { return m_broken; }
    /// The next varint of packed numbers; none at the end and where broken().
    [[nodiscard]] std::optional<quint64> varint();

private:
    /// The next `count` bytes, or nothing and broken().
    QByteArrayView take(quint64 count);

    QByteArrayView m_bytes;
    bool m_broken = false;
};

} // namespace goodsight::protobuf
