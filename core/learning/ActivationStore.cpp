#include "core/learning/ActivationStore.h"

#include <algorithm>
#include <cstring>

namespace goodsight {

namespace {

constexpr std::size_t kHashBytes = sizeof(quint64);

} // namespace

ActivationStore::ActivationStore(const QString& file, std::size_t rowBytes, quint64 key, qint64 maxBytes)
    : m_file(file)
    , m_rowBytes(rowBytes)
    , m_key(key)
    , m_maxRows(maxBytes / static_cast<qint64>(rowBytes + kHashBytes))
{
    if (m_maxRows == 0 || !m_file.open(QIODevice::ReadWrite | QIODevice::Unbuffered)) {
        m_full = true;
        return;
    }
    truncate(std::min(m_maxRows, m_file.size() / static_cast<qint64>(rowBytes + kHashBytes)));
}

void ActivationStore::truncate(qint64 rows)
{
    m_rows = std::min(m_file.isOpen() ? m_maxRows : 0, rows);
    m_full = !m_file.isOpen();
    if (m_file.isOpen())
        m_file.resize(m_rows * static_cast<qint64>(m_rowBytes + kHashBytes));
}

void ActivationStore::append(std::span<const std::byte> row)
{
    Q_ASSERT(row.size() == m_rowBytes);
    if (m_full || m_rows >= m_maxRows) {
        m_full = true;
        return;
    }
    QByteArray bytes(static_cast<qsizetype>(m_rowBytes + kHashBytes), Qt::Uninitialized);
    const quint64 hash = hashOf(m_rows, row);
    std::memcpy(bytes.data(), &hash, kHashBytes);
    std::memcpy(bytes.data() + kHashBytes, row.data(), m_rowBytes);
    if (!m_file.seek(m_rows * bytes.size()) || m_file.write(bytes) != bytes.size()) {
        m_full = true;
        return;
    }
    ++m_rows;
}

bool ActivationStore::read(qint64 row, std::span<std::byte> to)
{
    Q_ASSERT(to.size() == m_rowBytes);
    if (row >= m_rows || !m_file.seek(row * static_cast<qint64>(m_rowBytes + kHashBytes)))
        return false;
    quint64 hash = 0;
    const auto size = static_cast<qint64>(m_rowBytes);
    return m_file.read(reinterpret_cast<char*>(&hash), kHashBytes) == static_cast<qint64>(kHashBytes) &&
           m_file.read(reinterpret_cast<char*>(to.data()), size) == size && hash == hashOf(row, to);
}

void ActivationStore::remove()
{
    m_file.remove();
    m_rows = 0;
    m_full = true;
}

quint64 ActivationStore::hashOf(qint64 row, std::span<const std::byte> bytes) const
{
    // FNV-1a over eight bytes at a time: quick, and enough against a torn or foreign row.
    constexpr quint64 kPrime = 0x100000001B3ULL;
    quint64 hash = (0xCBF29CE484222325ULL ^ m_key) * kPrime;
    hash = (hash ^ static_cast<quint64>(row)) * kPrime;
    std::size_t i = 0;
    for (; i + kHashBytes <= bytes.size(); i += kHashBytes) {
        quint64 word = 0;
        std::memcpy(&word, bytes.data() + i, kHashBytes);
        hash = (hash ^ word) * kPrime;
        hash ^= hash >> 29;
    }
    for (; i < bytes.size(); ++i)
        hash = (hash ^ static_cast<quint64>(bytes[i])) * kPrime;
    return hash;
}

} // namespace goodsight
