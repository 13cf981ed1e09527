#include "core/imaging/ThumbnailLoader.h"

#include "core/imaging/ImageDecoder.h"
#include "core/imaging/ThumbnailCache.h"

#include <QCache>
#include <QPair>
#include <QSet>
#include <QThread>
#include <QThreadPool>

#include <algorithm>
#include <deque>

namespace goodsight {

namespace {

using Key = QPair<QString, int>; ///< path, side

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
            const Key key = pending.back();
            pending.pop_back();
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
        const bool again = stale.remove(key);
        if (result && !again)
            remember(key, *result);
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

    bool isPending(const Key& key) const
    {
        return std::find(pending.begin(), pending.end(), key) != pending.end();
    }

    ThumbnailLoader* q;
    ThumbnailCache cache;
    std::deque<Key> pending; ///< the newest at the back
    QSet<Key> running;
    QSet<Key> stale; ///< running for a photo that changed meanwhile
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
    std::erase(d->pending, key);
    d->pending.push_back(key);
    if (d->pending.size() > kMaxPending)
        d->pending.pop_front();
    d->startNext();
}

void ThumbnailLoader::forget(const QString& path)
{
    std::erase_if(d->pending, [&path](const Key& key) { return key.first == path; });
}

void ThumbnailLoader::invalidate(const QString& path)
{
    forget(path);
    const QList<Key> keys = d->memory.keys();
    for (const Key& key : keys) {
        if (key.first == path)
            d->memory.remove(key);
    }
    for (const Key& key : std::as_const(d->running)) {
        if (key.first == path)
            d->stale.insert(key);
    }
}

} // namespace goodsight
