#pragma once

#include "ui/recognition/QueueItem.h"

#include <vector>

namespace goodsight {

/// The photos in their order and which of them is shown: a plain value without signals, for
/// RecognitionController. Indices are valid until the next insert() or remove…(), serials for ever.
class PhotoQueue {
public:
    [[nodiscard]] int count() const { return static_cast<int>(m_items.size()); }
    [[nodiscard]] QueueItem& at(int index) { return m_items[static_cast<std::size_t>(index)]; }
    [[nodiscard]] const QueueItem& at(int index) const { return m_items[static_cast<std::size_t>(index)]; }
    [[nodiscard]] int current() const { return m_current; }
    /// `index` in -1..count()-1; -1 shows none.
    void setCurrent(int index) { m_current = index; }

    /// Puts `items` at `index` and gives them serials; the current item stays current.
    void insert(int index, std::vector<QueueItem> items);
    /// Removes what the person has not answered or skipped (items being saved stay) and gives it back, in
    /// order. The current item becomes the last that is left, or none.
    std::vector<QueueItem> takeUnsettled();
    /// Removes everything but the items being saved; no item is current then.
    void removeAllButSaving();

    /// Index of the item, or -1.
    [[nodiscard]] int indexOfRequest(quint64 request) const;
    [[nodiscard]] int indexOfSerial(quint64 serial) const;
    [[nodiscard]] int indexOfPhoto(qint64 photoId) const;
    /// The next item after `index` that waits for the person, from the front again after the last; -1: none.
    [[nodiscard]] int nextUnsettled(int index) const;
    /// An item waits for its recognition.
    [[nodiscard]] bool isAnyRequested() const;
    /// An answer of the person is on its way into the project.
    [[nodiscard]] bool isAnySaving() const;
    /// Items that wait for the person.
    [[nodiscard]] int unsettled() const;

private:
    std::vector<QueueItem> m_items;
    quint64 m_nextSerial = 1;
    int m_current = -1;
};

} // namespace goodsight
