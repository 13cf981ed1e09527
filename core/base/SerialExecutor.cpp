#include "core/base/SerialExecutor.h"

#include <QThread>
#include <QtDebug>

#include <condition_variable>
#include <deque>
#include <exception>
#include <future>
#include <mutex>

namespace goodsight {

class SerialExecutor::Private {
public:
    // Not Qt's: a thread sanitizer sees into these, and Qt's libraries are not instrumented.
    std::mutex mutex;
    std::condition_variable wake;
    std::deque<std::function<void()>> queue;
    bool ending = false;
    std::unique_ptr<QThread> thread;

    void loop()
    {
        for (;;) {
            std::function<void()> work;
            {
                std::unique_lock lock(mutex);
                while (queue.empty() && !ending)
                    wake.wait(lock);
                if (ending)
                    return;
                work = std::move(queue.front());
                queue.pop_front();
            }
            try {
                work();
            } catch (const std::exception& e) {
                qCritical("an exception left posted work: %s", e.what());
            } catch (...) {
                qCritical("an unknown exception left posted work");
            }
        }
    }
};

SerialExecutor::SerialExecutor(const QString& name)
    : d(std::make_unique<Private>())
{
    d->thread.reset(QThread::create([this] { d->loop(); }));
    d->thread->setObjectName(name);
    d->thread->start();
}

SerialExecutor::~SerialExecutor()
{
    {
        const std::lock_guard lock(d->mutex);
        d->ending = true;
        d->queue.clear();
    }
    d->wake.notify_all();
    d->thread->wait();
    // QThread's own end of a thread cannot be seen by a thread sanitizer; the mutex can.
    const std::lock_guard lock(d->mutex);
}

void SerialExecutor::post(std::function<void()> work)
{
    {
        const std::lock_guard lock(d->mutex);
        if (d->ending)
            return;
        d->queue.push_back(std::move(work));
    }
    d->wake.notify_one();
}

void SerialExecutor::run(const std::function<void()>& work)
{
    // The promise ends with what holds it: work that is done, that threw, or that was dropped unrun.
    auto promise = std::make_shared<std::promise<void>>();
    const std::future<void> ended = promise->get_future();
    post([&work, promise = std::move(promise)] { work(); });
    ended.wait();
}

void SerialExecutor::drain()
{
    run([] {});
}

} // namespace goodsight
