#pragma once

#include <QFile>

#include <cstddef>
#include <span>

namespace goodsight {

/// Rows of equal size in one file of bounded size, kept between the epochs of a run and after a kill.
///
/// Each row carries a hash of itself, its number and `key` (what the rows depend on): a row that is damaged,
/// or was written for something else, is as if it were not there. What does not fit is not there either, and
/// a full disk is the same as the bound: whoever reads makes such rows again. One thread.
class ActivationStore {
public:
    /// `maxBytes` bounds the file; 0 keeps nothing. A file that is there goes on being used.
    ActivationStore(const QString& file, std::size_t rowBytes, quint64 key, qint64 maxBytes);

    /// Rows that were appended, those of an earlier program too.
    [[nodiscard]] qint64 rows() const { return m_rows; }
    /// True once a row did not fit; later ones are refused.
    [[nodiscard]] bool isFull() const { return m_full; }
    /// Keeps only the first `rows`.
    void truncate(qint64 rows);
    /// Adds a row, or drops it when there is no room.
    void append(std::span<const std::byte> row);
    /// Reads row `row`; false when it is not there.
    [[nodiscard]] bool read(qint64 row, std::span<std::byte> to);
    /// Deletes the file.
    void remove();

private:
    [[nodiscard]] quint64 hashOf(qint64 row, std::span<const std::byte> bytes) const;

    QFile m_file;
    const std::size_t m_rowBytes;
    const quint64 m_key;
    const qint64 m_maxRows;
    qint64 m_rows = 0;
    bool m_full = false;
};

} // namespace goodsight
