#pragma once

#include "core/base/Result.h"
#include "core/imaging/ImageDecoder.h"

#include <QByteArray>
#include <QStringList>

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>

namespace goodsight {

/// Reads files ahead of whoever decodes them, in their order, on a thread of its own, so that a slow disk or
/// network works while the processor does. Bounded: at most kFiles files and, beyond the first, kBytes bytes
/// wait. One thread takes; the destructor ends the reading.
class PhotoReader {
public:
    static constexpr std::size_t kFiles = 64;
    static constexpr qint64 kBytes = 64 << 20;

    PhotoReader(QStringList files, const DecodeLimits& limits);
    ~PhotoReader();
    PhotoReader(const PhotoReader&) = delete;
    PhotoReader& operator=(const PhotoReader&) = delete;

    /// The next file's bytes or why there are none (readPicture()'s errors); waits for them. To be called
    /// once for each file.
    [[nodiscard]] Result<QByteArray> take();

private:
    void work(const std::stop_token& stop);

    const QStringList m_files;
    const DecodeLimits m_limits;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::deque<std::unique_ptr<Result<QByteArray>>> m_read;
    qint64 m_bytes = 0;
    qsizetype m_taken = 0;
    bool m_alone = false; ///< no thread could be had: take() reads
    std::jthread m_thread;
};

} // namespace goodsight
