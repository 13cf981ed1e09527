#include "core/inference/PhotoReader.h"

#include "core/inference/Guard.h"

#include <system_error>
#include <utility>

namespace goodsight {

namespace {

qint64 sizeOf(const Result<QByteArray>& read)
{
    return read ? read->size() : 0;
}

} // namespace

PhotoReader::PhotoReader(QStringList files, const DecodeLimits& limits)
    : m_files(std::move(files))
    , m_limits(limits)
{
    try {
        m_thread = std::jthread([this](const std::stop_token& stop) { work(stop); });
    } catch (const std::system_error&) {
        m_alone = true;
    }
}

PhotoReader::~PhotoReader()
{
    m_thread.request_stop();
    m_changed.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

Result<QByteArray> PhotoReader::take()
{
    const qsizetype index = m_taken++;
    if (m_alone)
        return guarded([&] { return readPicture(m_files[index], m_limits); });
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return !m_read.empty(); });
    const std::unique_ptr<Result<QByteArray>> read = std::move(m_read.front());
    m_read.pop_front();
    m_bytes -= sizeOf(*read);
    m_changed.notify_all();
    return std::move(*read);
}

void PhotoReader::work(const std::stop_token& stop)
{
    for (const QString& file : m_files) {
        {
            std::unique_lock lock(m_mutex);
            const bool room = m_changed.wait(lock, stop, [this] {
                return m_read.empty() || (m_read.size() < kFiles && m_bytes < kBytes);
            });
            if (!room)
                return;
        }
        auto read =
            std::make_unique<Result<QByteArray>>(guarded([&] { return readPicture(file, m_limits); }));
        const std::lock_guard lock(m_mutex);
        m_bytes += sizeOf(*read);
        m_read.push_back(std::move(read));
        m_changed.notify_all();
    }
}

} // namespace goodsight
