#pragma once

#include "core/imaging/HeaderSize.h"

#include <QByteArray>

#include <optional>
#include <vector>

namespace goodsight::imaging {

/// The first directory of a TIFF structure: of a TIFF file, or of an EXIF block, which is the same thing.
/// Every read is checked against the bytes given; nonsense gives nothing.
class TiffDirectory {
public:
    explicit TiffDirectory(QByteArrayView bytes);

    [[nodiscard]] static bool isTiff(QByteArrayView start);

    /// All values of a BYTE, SHORT or LONG tag; empty when absent, of another type, or out of bounds.
    [[nodiscard]] std::vector<quint32> values(quint16 tag) const;
    /// The text of an ASCII tag, without what follows its first zero; empty when absent, of another type, or
    /// out of bounds.
    [[nodiscard]] QByteArray text(quint16 tag) const;
    /// The directory that a LONG tag points to (EXIF's own, GPS); one without entries where there is none.
    [[nodiscard]] TiffDirectory directory(quint16 tag) const;
    /// The orientation 1..8; 1 when absent or nonsense.
    [[nodiscard]] int orientation() const;
    /// Width and height; nothing when they are absent.
    [[nodiscard]] std::optional<HeaderSize> pictureSize() const;
    /// True when the directory, values that it points to, or a strip or tile lie past the end.
    [[nodiscard]] bool pixelsReachPastTheEnd() const;

private:
    void open(quint64 offset);
    [[nodiscard]] bool valuesReachPastTheEnd() const;
    [[nodiscard]] std::optional<quint16> read16(quint64 at) const;
    [[nodiscard]] std::optional<quint32> read32(quint64 at) const;

    QByteArrayView m_bytes;
    bool m_bigEndian = false;
    bool m_big = false;    ///< BigTIFF: 64-bit offsets, not read here
    quint64 m_entries = 0; ///< where the directory's entries begin
    int m_count = 0;
    bool m_complete = false; ///< the directory lies within the bytes
};

} // namespace goodsight::imaging
