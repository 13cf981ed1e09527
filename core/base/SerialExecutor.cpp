#include "core/base/SerialExecutor.h"

#include <QMutex>
#include <QThread>
#include <QWaitCondition>
#include <QtDebug>

#include <deque>
#include <exception>
#include <future>

namespace goodsight {

class SerialExecutor::Private {
public:
    QMutex mutex;
    QWaitCondition wake;
    std::deque<std::function<void()>> queue;
    bool ending = false;
    std::unique_ptr<QThread> thread;

    void loop()
    {
        for (;;) {
            std::function<void()> work;
            {
                QMutexLocker lock(&mutex);
                while (queue.empty() && !ending)
                    wake.wait(&mutex);
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
        QMutexLocker lock(&d->mutex);
        d->ending = true;
        d->queue.clear();
    }
    d->wake.wakeAll();
    d->thread->wait();
}

void SerialExecutor::post(std::function<void()> work)
{
    {
        QMutexLocker lock(&d->mutex);
        if (d->ending)
            return;
        d->queue.push_back(std::move(work));
    }
    d->wake.wakeOne();
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
