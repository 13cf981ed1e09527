#pragma once

#include <QImage>
#include <QObject>
#include <QString>

#include <memory>

namespace goodsight {

/// Loads thumbnails in the background, from ThumbnailCache where they are, from the photo otherwise.
///
/// Use it from one thread, the one it lives in (the UI thread); it never blocks that thread.
/// Requests made in one go (a paint, a scroll step) are served in their order, those of a later go before
/// those of an earlier one: what the person sees now comes first. At most kMaxPending requests wait; when
/// more come, the oldest is dropped without a signal, and the view asks again when that photo is in sight (a
/// view that asks from its data() or paint does so by itself). A photo that failed is not tried again for
/// kRetrySeconds, so that a view that asks in every paint costs nothing.
class ThumbnailLoader : public QObject {
    Q_OBJECT
public:
    static constexpr int kMaxPending = 256;
    static constexpr int kRetrySeconds = 10;
    static constexpr qint64 kMemoryBytes = 64LL * 1024 * 1024;
    static constexpr qint64 kDiskBytes = 512LL * 1024 * 1024;

    explicit ThumbnailLoader(QObject* parent = nullptr);
    /// Drops what waits and joins what runs.
    ~ThumbnailLoader() override;

    /// The thumbnail of `path` when it is in memory, or a null image. Immediate: for data() and paint.
    [[nodiscard]] QImage cached(const QString& path, int side) const;

    /// Asks for a thumbnail within side x side physical pixels. ready() or failed() follows from the event
    /// loop, never from inside this call. Asking again for what waits moves it to the front.
    void request(const QString& path, int side);
    /// True when nothing that was asked for waits or runs.
    [[nodiscard]] bool idle() const;
    /// Drops the waiting requests of `path` (it went out of sight, or was removed) without a signal.
    /// One that already runs still ends with a signal.
    void forget(const QString& path);
    /// forget(), and drops the thumbnails in memory and the memory of failures: the photo changed.
    void invalidate(const QString& path);

Q_SIGNALS:
    void ready(const QString& path, int side, const QImage& thumbnail);
    /// Not a picture, vanished, damaged, …; `message` is Error::message.
    void failed(const QString& path, const QString& message);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace goodsight
