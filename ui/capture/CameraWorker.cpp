#include "ui/capture/CameraWorker.h"

#include "ui/capture/FrameConverter.h"

#include <QCamera>
#include <QMediaCaptureSession>
#include <QVideoSink>

#include <utility>

namespace goodsight {

namespace {
/// The first frames are of a stream that may still be set up anew, which takes their memory away.
constexpr int kSettling = 2;
} // namespace

/// Qt's objects for one camera. The order matters: the session goes before what it was given.
struct CameraWorker::Pipeline {
    explicit Pipeline(const QCameraDevice& device)
        : camera(device)
    {
        session.setVideoSink(&sink);
        session.setCamera(&camera);
    }

    QVideoSink sink;
    QCamera camera;
    QMediaCaptureSession session;
};

CameraWorker::CameraWorker(std::shared_ptr<CameraOrder> order)
    : m_order(std::move(order))
{
    m_converter.setMaxThreadCount(1);
}

CameraWorker::~CameraWorker()
{
    tearDown();
    m_converter.waitForDone();
}

void CameraWorker::open(quint64 number, const QCameraDevice& device)
{
    tearDown();
    if (m_order->wanted == number) {
        m_number = number;
        m_pipeline = std::make_unique<Pipeline>(device);
        connect(&m_pipeline->sink, &QVideoSink::videoFrameChanged, this, &CameraWorker::take);
        connect(
            &m_pipeline->camera, &QCamera::errorOccurred, this,
            [this, number](QCamera::Error error, const QString& message) {
                if (error != QCamera::NoError)
                    Q_EMIT failed(number, message);
            },
            Qt::QueuedConnection); // the backend is in the middle of its work
        if (m_order->wanted == number)
            m_pipeline->camera.start();
        else
            tearDown();
    }
    m_order->done = number;
}

void CameraWorker::close(quint64 number)
{
    tearDown();
    m_order->done = number;
}

void CameraWorker::next()
{
    m_busy = false;
    if (m_pending.isValid())
        convert();
}

void CameraWorker::tearDown()
{
    m_pending = {};
    m_busy = false;
    m_taken = 0;
    if (!m_pipeline)
        return;
    m_converter.waitForDone(); // a frame's memory may be the camera's
    m_pipeline->sink.disconnect(this);
    m_pipeline->camera.disconnect(this);
    m_pipeline->camera.stop();
    m_pipeline.reset();
}

void CameraWorker::take(const QVideoFrame& frame)
{
    if (!frame.isValid() || ++m_taken <= kSettling)
        return;
#ifdef Q_OS_LINUX
    // Compressed frames come from a decoder here, never from the camera's own memory.
    const bool compressed = frame.pixelFormat() == QVideoFrameFormat::Format_Jpeg;
    m_pending = compressed ? frame : ownedFrame(frame);
    if (!m_pending.isValid())
        return;
#else
    m_pending = frame;
#endif
    if (!m_busy)
        convert();
}

void CameraWorker::convert()
{
    m_busy = true;
    m_converter.start([this, number = m_number, frame = std::exchange(m_pending, {})] {
        Q_EMIT picture(number, convertFrame(frame), frame);
    });
}

} // namespace goodsight
