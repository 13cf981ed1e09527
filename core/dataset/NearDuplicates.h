#pragma once

#include "core/dataset/UnionFind.h"

#include <QString>

#include <optional>
#include <span>
#include <vector>

namespace goodsight {

inline constexpr int kMaxHashDistance = 7;

/// A photo as far as its group depends on it.
struct GroupItem {
    QString labelId;
    QString source;              ///< "camera", "import", …
    qint64 capturedAt = 0;       ///< milliseconds since 1970; 0: unknown
    std::optional<quint64> hash; ///< pictureHash()
};

struct GroupOptions {
    /// Bits in which the hashes of near-duplicates may differ, at most kMaxHashDistance; -1: none are looked
    /// for. Other sizes, compressions and light differ in up to 3 bits, a border of 2 % cut off in 7 or less
    /// (nine times in ten), different products in 11 or more.
    int hashDistance = kMaxHashDistance;
    /// Milliseconds between two photos of one session; -1: none are looked for.
    qint64 sessionGap = 60'000;
};

/// Joins photos whose hashes differ in at most `distance` bits (at most kMaxHashDistance). Multi-index
/// hashing, M. Norouzi, A. Punjani, D. J. Fleet, "Fast Search in Hamming Space with Multi-Index Hashing"
/// (CVPR 2012), over the different hashes: near-linear where those are spread.
void uniteNearDuplicates(UnionFind& sets, std::span<const GroupItem> items, int distance);

/// Joins photos that show one product in one go: same label and source, each taken at most `gap` after the
/// one before. Where there are more than one such photo a second they were copied, not taken, and their times
/// say nothing; but a camera's times are its own.
void uniteSessions(UnionFind& sets, std::span<const GroupItem> items, qint64 gap);

/// The group of each photo, in the photos' order, for SplitItem::group: near-duplicates and photos of one
/// session, and what hangs together by both. 0: the photo is alone.
[[nodiscard]] std::vector<qint64> photoGroups(std::span<const GroupItem> items,
                                              const GroupOptions& options = {});

} // namespace goodsight
