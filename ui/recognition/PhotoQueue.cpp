#include "ui/recognition/PhotoQueue.h"

#include <algorithm>
#include <iterator>

namespace goodsight {

namespace {

template <typename Predicate>
int indexWhere(const std::vector<QueueItem>& items, Predicate matches)
{
    const auto found = std::find_if(items.begin(), items.end(), matches);
    return found == items.end() ? -1 : static_cast<int>(found - items.begin());
}

} // namespace

void PhotoQueue::insert(int index, std::vector<QueueItem> items)
{
    for (QueueItem& item : items)
        item.serial = m_nextSerial++;
    if (m_current >= index)
        m_current += static_cast<int>(items.size());
    m_items.insert(m_items.begin() + index, std::make_move_iterator(items.begin()),
                   std::make_move_iterator(items.end()));
}

std::vector<QueueItem> PhotoQueue::takeUnsettled()
{
    const auto rest = std::stable_partition(m_items.begin(), m_items.end(),
                                            [](const QueueItem& item) { return item.settled(); });
    std::vector<QueueItem> taken(std::make_move_iterator(rest), std::make_move_iterator(m_items.end()));
    m_items.erase(rest, m_items.end());
    m_current = count() - 1;
    return taken;
}

void PhotoQueue::removeAllButSaving()
{
    std::erase_if(m_items, [](const QueueItem& item) { return item.state != ItemState::Saving; });
    m_current = -1;
}

int PhotoQueue::indexOfRequest(quint64 request) const
{
    return request == 0 ? -1
                        : indexWhere(m_items, [&](const QueueItem& item) { return item.request == request; });
}

int PhotoQueue::indexOfSerial(quint64 serial) const
{
    // What is asked for is most often shown now or soon.
    for (int step = 0; step < count(); ++step) {
        const int index = (std::max(0, m_current) + step) % count();
        if (at(index).serial == serial)
            return index;
    }
    return -1;
}

int PhotoQueue::indexOfPhoto(qint64 photoId) const
{
    return photoId == 0 ? -1
                        : indexWhere(m_items, [&](const QueueItem& item) { return item.photoId == photoId; });
}

int PhotoQueue::nextUnsettled(int index) const
{
    for (int step = 1; step <= count(); ++step) {
        const int next = (index + step) % count();
        if (!at(next).settled())
            return next;
    }
    return -1;
}

bool PhotoQueue::isAnyRequested() const
{
    return std::any_of(m_items.begin(), m_items.end(),
                       [](const QueueItem& item) { return item.request != 0; });
}

bool PhotoQueue::isAnySaving() const
{
    return std::any_of(m_items.begin(), m_items.end(),
                       [](const QueueItem& item) { return item.state == ItemState::Saving && !item.byRule; });
}

int PhotoQueue::unsettled() const
{
    return static_cast<int>(
        std::count_if(m_items.begin(), m_items.end(), [](const QueueItem& item) { return !item.settled(); }));
}

} // namespace goodsight
