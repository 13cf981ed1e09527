#include "core/dataset/NearDuplicates.h"

#include <algorithm>
#include <bit>
#include <tuple>
#include <unordered_map>

namespace goodsight {

namespace {

/// A hash is cut into this many pieces of kPieceBits: hashes that differ in at most 7 bits have a piece that
/// differs in at most one.
constexpr int kPieces = 4;
constexpr int kPieceBits = 16;

/// Milliseconds a photo that somebody who takes them by hand needs.
constexpr qint64 kFastestHand = 1000;

std::size_t pieceOf(quint64 hash, int piece)
{
    return (hash >> (piece * kPieceBits)) & 0xffffU;
}

/// Which hashes have which value in one piece: `members` of value v are at begin[v] .. begin[v + 1].
struct PieceIndex {
    std::vector<quint32> begin;
    std::vector<quint32> members;
};

PieceIndex indexOf(const std::vector<quint64>& hashes, int piece)
{
    PieceIndex index;
    index.begin.assign((std::size_t{1} << kPieceBits) + 1, 0);
    for (const quint64 hash : hashes)
        ++index.begin[pieceOf(hash, piece) + 1];
    for (std::size_t i = 1; i < index.begin.size(); ++i)
        index.begin[i] += index.begin[i - 1];
    index.members.resize(hashes.size());
    std::vector<quint32> next(index.begin.begin(), index.begin.end() - 1);
    for (std::size_t i = 0; i < hashes.size(); ++i)
        index.members[next[pieceOf(hashes[i], piece)]++] = static_cast<quint32>(i);
    return index;
}

} // namespace

void uniteNearDuplicates(UnionFind& sets, std::span<const GroupItem> items, int distance)
{
    distance = std::min(distance, kMaxHashDistance);
    if (distance < 0)
        return;
    // A hash that many photos share is looked up once, for the first of them.
    std::vector<quint64> hashes;
    std::vector<std::size_t> photos;
    std::unordered_map<quint64, std::size_t> firstOf;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (!items[i].hash)
            continue;
        const auto [first, fresh] = firstOf.try_emplace(*items[i].hash, i);
        if (!fresh) {
            sets.unite(first->second, i);
            continue;
        }
        hashes.push_back(*items[i].hash);
        photos.push_back(i);
    }
    const bool flips = distance >= kPieces;
    for (int piece = 0; piece < kPieces; ++piece) {
        const PieceIndex index = indexOf(hashes, piece);
        const auto lookIn = [&](std::size_t a, std::size_t value) {
            for (quint32 i = index.begin[value]; i < index.begin[value + 1]; ++i) {
                const std::size_t b = index.members[i];
                if (b > a && std::popcount(hashes[a] ^ hashes[b]) <= distance)
                    sets.unite(photos[a], photos[b]);
            }
        };
        for (std::size_t a = 0; a < hashes.size(); ++a) {
            const std::size_t value = pieceOf(hashes[a], piece);
            lookIn(a, value);
            for (int bit = 0; flips && bit < kPieceBits; ++bit)
                lookIn(a, value ^ (std::size_t{1} << bit));
        }
    }
}

void uniteSessions(UnionFind& sets, std::span<const GroupItem> items, qint64 gap)
{
    if (gap < 0)
        return;
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < items.size(); ++i)
        if (items[i].capturedAt > 0 && !items[i].labelId.isEmpty())
            order.push_back(i);
    const auto key = [&](std::size_t i) {
        return std::tie(items[i].source, items[i].labelId, items[i].capturedAt);
    };
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
    for (std::size_t begin = 0; begin < order.size();) {
        const GroupItem& first = items[order[begin]];
        std::size_t end = begin + 1;
        while (end < order.size() && items[order[end]].source == first.source &&
               items[order[end]].labelId == first.labelId &&
               items[order[end]].capturedAt - items[order[end - 1]].capturedAt <= gap)
            ++end;
        const auto steps = static_cast<qint64>(end - begin) - 1;
        const qint64 duration = items[order[end - 1]].capturedAt - first.capturedAt;
        if (first.source == u"camera" || duration >= steps * kFastestHand)
            for (std::size_t i = begin + 1; i < end; ++i)
                sets.unite(order[begin], order[i]);
        begin = end;
    }
}

std::vector<qint64> photoGroups(std::span<const GroupItem> items, const GroupOptions& options)
{
    UnionFind sets(items.size());
    uniteNearDuplicates(sets, items, options.hashDistance);
    uniteSessions(sets, items, options.sessionGap);
    std::vector<qint64> groups(items.size());
    for (std::size_t i = 0; i < items.size(); ++i)
        if (sets.sizeOf(i) > 1)
            groups[i] = static_cast<qint64>(sets.find(i)) + 1;
    return groups;
}

} // namespace goodsight
