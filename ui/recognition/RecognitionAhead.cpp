#include "ui/recognition/RecognitionAhead.h"

#include <algorithm>
#include <utility>

namespace goodsight {

RecognitionAhead::RecognitionAhead(RecognitionService& service, PhotoQueue& queue)
    : m_service(service)
    , m_queue(queue)
{}

void RecognitionAhead::refill()
{
    const int end =
        static_cast<int>(std::min<qint64>(m_queue.count(), qint64{m_queue.current()} + 1 + kPhotos));
    for (int index = m_queue.current() + 1; index < end; ++index) {
        QueueItem& item = m_queue.at(index);
        if (item.state == ItemState::Waiting && !item.recognition && item.request == 0 && item.ahead == 0 &&
            !item.triedAhead && !item.source.path.isEmpty())
            ask(item, m_service.requestAhead(item.source.path));
    }
}

void RecognitionAhead::leave(QueueItem& item)
{
    if (item.ahead == 0)
        return;
    m_requests.remove(item.ahead);
    m_service.cancel(std::exchange(item.ahead, 0));
}

void RecognitionAhead::stop()
{
    for (int index = 0; index < m_queue.count(); ++index) {
        leave(m_queue.at(index));
        m_queue.at(index).triedAhead = false;
    }
}

void RecognitionAhead::answerAgain(QueueItem& item)
{
    if (item.ahead != 0)
        m_requests[item.ahead].outdated = true;
    else if (item.recognition && !item.settled())
        ask(item, m_service.answerAgain(*item.recognition, RecognitionService::Turn::Last));
}

std::optional<int> RecognitionAhead::recognized(quint64 request, const Recognition& recognition)
{
    const auto found = m_requests.constFind(request);
    if (found == m_requests.cend())
        return std::nullopt;
    const Request mine = *found;
    m_requests.erase(found);
    const int index = m_queue.indexOfSerial(mine.serial);
    if (index < 0)
        return index;
    QueueItem& item = m_queue.at(index);
    item.ahead = 0;
    item.recognition = recognition;
    if (item.state == ItemState::Waiting)
        item.state = ItemState::Ready;
    if (mine.outdated)
        answerAgain(item);
    return index;
}

std::optional<int> RecognitionAhead::failed(quint64 request)
{
    const auto found = m_requests.constFind(request);
    if (found == m_requests.cend())
        return std::nullopt;
    const int index = m_queue.indexOfSerial(found->serial);
    m_requests.erase(found);
    if (index >= 0) {
        m_queue.at(index).ahead = 0;
        m_queue.at(index).triedAhead = true;
    }
    return index;
}

void RecognitionAhead::ask(QueueItem& item, quint64 request)
{
    item.ahead = request;
    m_requests.insert(request, {item.serial});
}

} // namespace goodsight
