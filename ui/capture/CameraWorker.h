#pragma once

#include <QCameraDevice>
#include <QImage>
#include <QObject>
#include <QThreadPool>
#include <QVideoFrame>

#include <atomic>
#include <memory>

namespace goodsight {

/// What both ends of a camera thread read: the number of the last order, and the last one carried out.
struct CameraOrder {
    std::atomic<quint64> wanted{0};
    std::atomic<quint64> done{0};
};

/// The far end of CameraThread: owns Qt's camera objects. All functions on its own thread.
class CameraWorker : public QObject {
    Q_OBJECT
public:
    explicit CameraWorker(std::shared_ptr<CameraOrder> order);
    ~CameraWorker() override;

    /// Each order replaces the one before; one that is no longer wanted when its turn comes is skipped.
    void open(quint64 number, const QCameraDevice& device);
    void close(quint64 number);
    void next();

Q_SIGNALS:
    /// `image` is null when only QVideoFrame::toImage() on the UI thread can read the frame.
    void picture(quint64 number, const QImage& image, const QVideoFrame& source);
    void failed(quint64 number, const QString& message);

private:
    struct Pipeline;

    void tearDown();
    void take(const QVideoFrame& frame);
    void convert();

    std::shared_ptr<CameraOrder> m_order;
    std::unique_ptr<Pipeline> m_pipeline;
    quint64 m_number = 0;
    QThreadPool m_converter; ///< one thread, so that this one answers also where it is the UI's
    QVideoFrame m_pending;
    int m_taken = 0;     ///< frames since the camera was opened
    bool m_busy = false; ///< a picture is being converted or handled
};

} // namespace goodsight
