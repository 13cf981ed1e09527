#include "core/imaging/ThumbnailLoader.h"

#include "core/imaging/ImageDecoder.h"
#include "core/imaging/ThumbnailCache.h"

#include <QCache>
#include <QDeadlineTimer>
#include <QHash>
#include <QPair>
#include <QSet>
#include <QThread>
#include <QThreadPool>

#include <algorithm>
#include <deque>

namespace goodsight {

namespace {

using Key = QPair<QString, int>; ///< path, side

struct Request {
    quint64 burst; ///< requests of one go through the event loop share it
    Key key;
};

/// On a worker: from the cache, or from the photo.
Result<QImage> load(const ThumbnailCache& cache, const Key& key)
{
    if (QImage stored = cache.find(key.first, key.second); !stored.isNull())
        return stored;
    auto made = decodeThumbnail(key.first, key.second);
    if (made)
        cache.store(key.first, key.second, *made);
    return made;
}

} // namespace

/// All of it is touched on the loader's thread only; workers get copies and answer by a queued call.
class ThumbnailLoader::Private {
public:
    explicit Private(ThumbnailLoader* loader)
        : q(loader)
    {
        pool.setMaxThreadCount(std::max(1, QThread::idealThreadCount() - 1));
        pool.setThreadPriority(QThread::LowPriority);
    }

    void startNext()
    {
        while (!pending.empty() && running.size() < pool.maxThreadCount()) {
            // The first of the last burst. Bursts only grow towards the back.
            const auto next =
                std::lower_bound(pending.begin(), pending.end(), pending.back().burst,
                                 [](const Request& request, quint64 last) { return request.burst < last; });
            const Key key = next->key;
            pending.erase(next);
            running.insert(key);
            pool.start([this, key] {
                auto result = load(cache, key);
                QMetaObject::invokeMethod(
                    q, [this, key, result = std::move(result)] { answer(key, result); },
                    Qt::QueuedConnection);
            });
        }
    }

    void answer(const Key& key, const Result<QImage>& result)
    {
        running.remove(key);
        if (!stale.remove(key)) {
            if (result)
                remember(key, *result);
            else
                failures.insert(key, QDeadlineTimer(kRetrySeconds * 1000));
        }
        startNext();
        if (result)
            Q_EMIT q->ready(key.first, key.second, *result);
        else
            Q_EMIT q->failed(key.first, result.error().message);
    }

    void remember(const Key& key, const QImage& image)
    {
        memory.insert(key, new QImage(image), std::max<qsizetype>(image.sizeInBytes(), 1));
    }

    /// Puts `key` at the end of the current burst.
    void enqueue(const Key& key)
    {
        std::erase_if(pending, [&key](const Request& request) { return request.key == key; });
        pending.push_back({burst, key});
        if (pending.size() > kMaxPending)
            pending.pop_front();
        if (!burstEnds) {
            burstEnds = true;
            QMetaObject::invokeMethod(
                q,
                [this] {
                    burstEnds = false;
                    ++burst;
                },
                Qt::QueuedConnection);
        }
    }

    ThumbnailLoader* q;
    ThumbnailCache cache;
    std::deque<Request> pending;
    quint64 burst = 0;
    bool burstEnds = false; ///< the event loop will end the burst
    QSet<Key> running;
    QSet<Key> stale;                     ///< running for a photo that changed meanwhile
    QHash<Key, QDeadlineTimer> failures; ///< and until when they are not tried again
    QCache<Key, QImage> memory{kMemoryBytes};
    QThreadPool pool; ///< last, so that it is joined first
};

ThumbnailLoader::ThumbnailLoader(QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
    d->pool.start([cache = d->cache] { cache.prune(kDiskBytes); });
}

ThumbnailLoader::~ThumbnailLoader()
{
    d->pending.clear();
    d->pool.waitForDone();
}

QImage ThumbnailLoader::cached(const QString& path, int side) const
{
    const QImage* image = d->memory.object({path, side});
    return image != nullptr ? *image : QImage();
}

void ThumbnailLoader::request(const QString& path, int side)
{
    const Key key{path, side};
    if (const QImage* image = d->memory.object(key)) {
        QMetaObject::invokeMethod(
            this, [this, key, copy = *image] { Q_EMIT ready(key.first, key.second, copy); },
            Qt::QueuedConnection);
        return;
    }
    if (d->running.contains(key) && !d->stale.contains(key))
        return;
    if (const auto failure = d->failures.constFind(key); failure != d->failures.cend()) {
        if (!failure->hasExpired())
            return;
        d->failures.erase(failure);
    }
    d->enqueue(key);
    d->startNext();
}

bool ThumbnailLoader::idle() const
{
    return d->pending.empty() && d->running.isEmpty();
}

void ThumbnailLoader::forget(const QString& path)
{
    std::erase_if(d->pending, [&path](const Request& request) { return request.key.first == path; });
}

void ThumbnailLoader::invalidate(const QString& path)
{
    forget(path);
    const QList<Key> keys = d->memory.keys();
    for (const Key& key : keys) {
        if (key.first == path)
            d->memory.remove(key);
    }
    d->failures.removeIf([&path](const auto& failure) { return failure.key().first == path; });
    for (const Key& key : std::as_const(d->running)) {
        if (key.first == path)
            d->stale.insert(key);
    }
}

} // namespace goodsight
