#pragma once

#include <QCameraDevice>
#include <QElapsedTimer>
#include <QImage>
#include <QObject>

#include <memory>

class QThread;
class QVideoFrame;

namespace goodsight {

class CameraWorker;
struct CameraOrder;

/// Qt's camera objects on a thread of their own; this end lives on the UI thread and never waits.
///
/// Opening a camera can hang for half a minute in the system (a PipeWire camera whose program is frozen does
/// that), and no window may hang with it. A thread that hangs is left behind, and the next order gets a new
/// one. On systems other than Linux the camera objects stay on the UI thread, where their backends want them.
class CameraThread : public QObject {
    Q_OBJECT
public:
    explicit CameraThread(QObject* parent = nullptr);
    ~CameraThread() override;

    /// Closes what was open and opens this one. Returns at once; picture() or failed() follow, or nothing.
    void open(const QCameraDevice& device);
    /// Returns at once; no signal comes from the closed camera any more.
    void close();
    /// The listener has done with the last picture and wants the newest one.
    void next();
    /// False while too many threads hang: then open() would do nothing.
    [[nodiscard]] bool canOpen() const;

Q_SIGNALS:
    /// A picture, upright, RGB32. The next one comes only after next().
    void picture(const QImage& image);
    void failed(const QString& message);

private:
    void startThread();
    void leaveThread();
    void order();
    void receive(quint64 number, const QImage& image, const QVideoFrame& source);

    std::shared_ptr<CameraOrder> m_order;
    QThread* m_thread = nullptr;
    CameraWorker* m_worker = nullptr;
    QElapsedTimer m_ordered; ///< since the last order
};

} // namespace goodsight
