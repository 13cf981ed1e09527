#pragma once

#include "core/inference/RecognitionService.h"
#include "ui/recognition/PhotoQueue.h"

#include <QHash>

#include <optional>

namespace goodsight {

/// Has the next photos of a queue recognised before anybody looks at them: many in one pass, and only while
/// the service has nothing else to do. What it finds goes into the items (`recognition`, and Ready instead of
/// Waiting); pictures are left to whoever shows them. A plain object without signals, for
/// RecognitionController, which hands it the service's. UI thread.
class RecognitionAhead {
public:
    /// Photos behind the current one that are looked at: what is known ahead is bounded, whatever the queue.
    static constexpr int kPhotos = 256;

    RecognitionAhead(RecognitionService& service, PhotoQueue& queue);

    /// Asks for those of the next photos that are neither known nor asked for.
    void refill();
    /// `item` is shown, about to be, or gone: it is somebody else's to ask for.
    void leave(QueueItem& item);
    /// Wants nothing any more; what failed may be tried again.
    void stop();
    /// Asks anew what `item`'s answer is, without the network: something was learnt.
    void answerAgain(QueueItem& item);
    /// Photos are on their way.
    [[nodiscard]] bool isBusy() const { return !m_requests.isEmpty(); }

    /// What came of a request: the index of its item, -1 where that has gone; nothing where the request is
    /// none that is still wanted here.
    std::optional<int> recognized(quint64 request, const Recognition& recognition);
    /// As above, of one that failed or was dropped. The item says why once it is shown.
    std::optional<int> failed(quint64 request);

private:
    struct Request {
        quint64 serial = 0;    ///< of the item
        bool outdated = false; ///< something was learnt since
    };

    void ask(QueueItem& item, quint64 request);

    RecognitionService& m_service;
    PhotoQueue& m_queue;
    QHash<quint64, Request> m_requests;
};

} // namespace goodsight
