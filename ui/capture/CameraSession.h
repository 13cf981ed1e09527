#pragma once

#include "ui/capture/CameraAccess.h"
#include "ui/capture/CameraDevices.h"
#include "ui/capture/CameraThread.h"

#include <QImage>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

class QMediaDevices;

namespace goodsight {

/// One camera, kept running: it says what is the matter, and goes on by itself when the camera is back. UI
/// thread.
///
/// After start() it is Live as soon as pictures come. When they stop, because the camera was unplugged or
/// hangs, it is Lost, and is tried again whenever the list of cameras changes and every few seconds. It waits
/// for the same camera; when that was the only one, any that appears will do.
class CameraSession : public QObject {
    Q_OBJECT
public:
    enum class State {
        Stopped,  ///< not asked to run
        NoCamera, ///< none is connected
        Starting, ///< opened, no picture yet
        Live,     ///< pictures come
        Lost,     ///< was Live; unplugged, or silent for Environment::silence
        Denied,   ///< the system does not allow it
        Failed,   ///< it is there and does not start
    };
    Q_ENUM(State)

    /// What a session stands on; tests replace parts.
    struct Environment {
        /// The platform's list. Empty means no camera: Qt's GStreamer backend would play colour bars then.
        std::function<QList<QCameraDevice>()> devices;
        std::function<CameraAccess()> access;
        std::chrono::milliseconds firstPicture{8000}; ///< Starting longer than this is Failed
        std::chrono::milliseconds silence{3000};      ///< Live without a picture for this long is Lost
        std::chrono::milliseconds retry{2000};        ///< between attempts to get it back

        /// QMediaDevices::videoInputs and systemCameraAccess.
        [[nodiscard]] static Environment system();
    };

    explicit CameraSession(QObject* parent = nullptr);
    explicit CameraSession(Environment environment, QObject* parent = nullptr);
    ~CameraSession() override;

    [[nodiscard]] const QList<CameraInfo>& devices() const { return m_devices; }
    /// Stable id of the camera that runs or is waited for; empty when there never was one.
    [[nodiscard]] QString deviceId() const { return m_wanted.id; }
    /// Its name.
    [[nodiscard]] QString deviceName() const { return m_wanted.description; }
    [[nodiscard]] State state() const { return m_state; }
    /// One translated sentence for the state.
    [[nodiscard]] QString stateText() const;
    /// What the user can do or expect, translated; empty in Stopped, Starting and Live.
    [[nodiscard]] QString stateHint() const;
    /// The newest picture since the session became Live, RGB32; null otherwise.
    [[nodiscard]] QImage lastFrame() const { return m_last; }

    /// Runs this camera (stable id); the system's default one when the id is empty or not connected.
    void start(const QString& deviceId = {});
    /// Switches the camera off. No frame() after this returns.
    void stop();

Q_SIGNALS:
    void stateChanged(goodsight::CameraSession::State state);
    void devicesChanged();
    /// The newest picture, upright, RGB32. While one is being converted or handled, later ones replace each
    /// other.
    void frame(const QImage& image);

private:
    /// True when the list is another one than before.
    bool readDevices();
    void refreshDevices();
    void begin();
    void attempt();
    void open(const QCameraDevice& device);
    void close();
    void setState(State state);
    void onPicture(const QImage& image);
    void onError();
    void onSilence();
    [[nodiscard]] const CameraInfo* target() const;
    [[nodiscard]] bool waitsInBackground() const;

    Environment m_environment;
    std::unique_ptr<QMediaDevices> m_watcher;
    QList<CameraInfo> m_devices;
    CameraInfo m_wanted;
    bool m_wantedWasOnly = true;
    State m_state = State::Stopped;

    CameraThread m_camera;
    std::optional<QCameraDevice> m_open; ///< what m_camera was told to open
    int m_attempts = 0;
    QTimer m_silence; ///< no picture for too long
    QTimer m_retry;   ///< the next attempt
    QTimer m_settle;  ///< the list of cameras changes in bursts
    QImage m_last;
};

} // namespace goodsight
