#pragma once

#include "ui/capture/CameraSession.h"

#include <QWidget>

#include <memory>

class QComboBox;

namespace goodsight {

class CameraNotice;
class CaptureButton;
class LivePicture;
class Settings;

/// The camera in a page: live picture, chooser of the camera, shutter, and a sentence when there is no
/// picture. UI thread.
///
/// Runs between start() and stop(), and rests while it is hidden. Children by name: "cameraPicture",
/// "cameraNotice"
/// ("cameraSentence", "cameraHint", "cameraRetry"), "cameraChooser", "cameraShutter".
class CameraView : public QWidget {
    Q_OBJECT
public:
    /// `settings` outlives the view; it remembers the camera that the user chose.
    explicit CameraView(Settings& settings, QWidget* parent = nullptr);
    /// With a session of one's own, for tests.
    CameraView(Settings& settings, std::unique_ptr<CameraSession> session, QWidget* parent = nullptr);
    ~CameraView() override;

    [[nodiscard]] CameraSession& session() { return *m_session; }

public Q_SLOTS:
    /// Switches on the remembered camera, or the default one.
    void start();
    void stop();
    /// Takes the newest picture, as Space and the shutter do; nothing when there is none.
    void capture();
    /// true: the next picture goes out once by frameForRecognition(), then not again until the next call.
    void setReadyForFrame(bool ready);

Q_SIGNALS:
    /// The newest picture, full size, RGB32, in answer to setReadyForFrame(true).
    void frameForRecognition(const QImage& image);
    /// The user took this picture, full size, RGB32.
    void captured(const QImage& image);

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void build();
    void retranslate();
    void showFrame(const QImage& image);
    void showState();
    void showDevices();
    void choose(int index);

    Settings& m_settings;
    std::unique_ptr<CameraSession> m_session;
    LivePicture* m_picture = nullptr;
    CameraNotice* m_notice = nullptr;
    QComboBox* m_chooser = nullptr;
    CaptureButton* m_shutter = nullptr;
    bool m_on = false;
    bool m_readyForFrame = false;
};

} // namespace goodsight
