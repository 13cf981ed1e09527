#include "ui/capture/CameraThread.h"

#include "ui/capture/CameraWorker.h"

#include <QThread>
#include <QVideoFrame>

#include <atomic>

namespace goodsight {

namespace {
#ifdef Q_OS_LINUX
constexpr bool kOwnThread = true;
#else
constexpr bool kOwnThread = false;
#endif
constexpr int kMostHanging = 3;
constexpr std::chrono::milliseconds kPatience{1500}; ///< an order that takes longer hangs
constexpr unsigned long kFarewellMilliseconds = 2000;

/// Threads left behind that have not come back yet.
std::atomic<int> g_hanging{0};
} // namespace

CameraThread::CameraThread(QObject* parent)
    : QObject(parent)
{
    qRegisterMetaType<QVideoFrame>();
    startThread();
}

CameraThread::~CameraThread()
{
    close();
    m_worker->disconnect(this);
    if (m_thread == nullptr) {
        delete m_worker;
        return;
    }
    m_thread->quit();
    // Long enough for a healthy camera to close; a hanging one ends with the process.
    if (m_thread->wait(kFarewellMilliseconds))
        delete m_thread;
}

void CameraThread::startThread()
{
    m_order = std::make_shared<CameraOrder>();
    m_worker = new CameraWorker(m_order);
    connect(m_worker, &CameraWorker::picture, this, &CameraThread::receive, Qt::QueuedConnection);
    connect(
        m_worker, &CameraWorker::failed, this,
        [this, order = m_order](quint64 number, const QString& message) {
            if (order == m_order && number == m_order->wanted)
                Q_EMIT failed(message);
        },
        Qt::QueuedConnection);
    if (!kOwnThread)
        return;
    m_thread = new QThread;
    m_thread->setObjectName(QStringLiteral("camera"));
    m_worker->moveToThread(m_thread);
    connect(m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread->start();
}

void CameraThread::leaveThread()
{
    ++g_hanging;
    ++m_order->wanted; // whatever it is doing is not wanted any more
    m_worker->disconnect(this);
    connect(m_thread, &QThread::finished, m_thread, [thread = m_thread] {
        --g_hanging;
        thread->deleteLater();
    });
    m_thread->quit();
}

bool CameraThread::canOpen() const
{
    return g_hanging < kMostHanging || m_order->done == m_order->wanted;
}

void CameraThread::order()
{
    const bool hangs =
        m_thread != nullptr && m_order->done != m_order->wanted && m_ordered.hasExpired(kPatience.count());
    if (hangs && g_hanging < kMostHanging) {
        leaveThread();
        startThread();
    }
    if (m_order->done == m_order->wanted)
        m_ordered.start();
    ++m_order->wanted;
}

void CameraThread::open(const QCameraDevice& device)
{
    order();
    QMetaObject::invokeMethod(
        m_worker,
        [worker = m_worker, number = m_order->wanted.load(), device] { worker->open(number, device); },
        Qt::QueuedConnection);
}

void CameraThread::close()
{
    order();
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, number = m_order->wanted.load()] { worker->close(number); },
        Qt::QueuedConnection);
}

void CameraThread::next()
{
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker] { worker->next(); }, Qt::QueuedConnection);
}

void CameraThread::receive(quint64 number, const QImage& image, const QVideoFrame& source)
{
    if (number != m_order->wanted)
        return;
    const QImage readable = image.isNull() ? source.toImage().convertToFormat(QImage::Format_RGB32) : image;
    if (readable.isNull())
        next();
    else
        Q_EMIT picture(readable);
}

} // namespace goodsight
