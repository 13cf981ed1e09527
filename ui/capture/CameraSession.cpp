#include "ui/capture/CameraSession.h"

#include "ui/capture/FrameConverter.h"

#include <QCamera>
#include <QFileInfo>
#include <QMediaCaptureSession>
#include <QMediaDevices>
#include <QPointer>
#include <QVideoSink>

#include <algorithm>

namespace goodsight {

namespace {
constexpr int kLongestWaitFactor = 4; ///< an attempt in the background lasts up to this many retry intervals
} // namespace

/// Qt's objects for one attempt. The order matters: the session goes before what it was given.
struct CameraSession::Pipeline {
    explicit Pipeline(const QCameraDevice& device)
        : entry(device)
        , camera(device)
    {
        session.setVideoSink(&sink);
        session.setCamera(&camera);
    }

    QCameraDevice entry;
    QVideoSink sink;
    QCamera camera;
    QMediaCaptureSession session;
};

CameraSession::Environment CameraSession::Environment::system()
{
    Environment environment;
    environment.devices = [] { return QMediaDevices::videoInputs(); };
    environment.access = [] { return systemCameraAccess(); };
    return environment;
}

CameraSession::CameraSession(QObject* parent)
    : CameraSession(Environment::system(), parent)
{}

CameraSession::CameraSession(Environment environment, QObject* parent)
    : QObject(parent)
    , m_environment(std::move(environment))
    , m_watcher(std::make_unique<QMediaDevices>())
{
    m_converter.setMaxThreadCount(1);
    m_silence.setSingleShot(true);
    m_retry.setSingleShot(true);
    connect(&m_silence, &QTimer::timeout, this, &CameraSession::onSilence);
    connect(&m_retry, &QTimer::timeout, this, &CameraSession::attempt);
    // Queued: the backend tells in the middle of its own work on the list.
    connect(m_watcher.get(), &QMediaDevices::videoInputsChanged, this, &CameraSession::refreshDevices,
            Qt::QueuedConnection);
    m_devices = groupCameras(m_environment.devices());
}

CameraSession::~CameraSession()
{
    close();
    m_converter.waitForDone();
}

QString CameraSession::stateText() const
{
    switch (m_state) {
    case State::Stopped:
        return tr("The camera is off.");
    case State::NoCamera:
        return tr("No camera is connected.");
    case State::Starting:
        return tr("Starting the camera…");
    case State::Live:
        return tr("The camera is live.");
    case State::Lost:
        return tr("The camera “%1” was unplugged or stopped sending pictures.").arg(deviceName());
    case State::Denied:
        return tr("Goodsight is not allowed to use the camera.");
    case State::Failed:
        return tr("The camera “%1” does not start.").arg(deviceName());
    }
    return {};
}

QString CameraSession::stateHint() const
{
    switch (m_state) {
    case State::NoCamera:
    case State::Lost:
        return tr("It comes back by itself when a camera is connected.");
    case State::Denied:
#ifdef Q_OS_LINUX
        return tr("Ask an administrator to add you to the group “video”, then sign in again.");
#else
        return tr("Allow the camera for Goodsight in the system's privacy settings.");
#endif
    case State::Failed:
        return tr("Another program may be using it. Goodsight keeps trying.");
    case State::Stopped:
    case State::Starting:
    case State::Live:
        break;
    }
    return {};
}

void CameraSession::start(const QString& deviceId)
{
    close();
    m_attempts = 0;
    m_wantedWasOnly = true;
    readDevices();
    const auto chosen =
        std::ranges::find_if(m_devices, [&](const CameraInfo& camera) { return camera.id == deviceId; });
    if (chosen != m_devices.end()) {
        m_wanted = *chosen;
    } else if (!m_devices.isEmpty()) {
        const QCameraDevice preferred = QMediaDevices::defaultVideoInput();
        const QString id = stableCameraId(preferred.id(), preferred.description());
        const auto standard =
            std::ranges::find_if(m_devices, [&](const CameraInfo& camera) { return camera.id == id; });
        m_wanted = standard != m_devices.end() ? *standard : m_devices.first();
    } else {
        m_wanted = {};
    }
    begin();
}

void CameraSession::stop()
{
    close();
    setState(State::Stopped);
}

void CameraSession::begin()
{
    const CameraAccess access = m_environment.access();
    if (access == CameraAccess::Undetermined) {
        setState(State::Starting);
        requestCameraAccess(this, [this](CameraAccess answer) {
            if (m_state != State::Starting)
                return;
            if (answer == CameraAccess::Granted) {
                start(m_wanted.id);
            } else {
                setState(State::Denied);
            }
        });
        return;
    }
    if (m_devices.isEmpty()) {
        setState(access == CameraAccess::Denied ? State::Denied : State::NoCamera);
        m_retry.start(m_environment.retry);
        return;
    }
    setState(State::Starting);
    attempt();
}

bool CameraSession::waitsInBackground() const
{
    return m_state == State::NoCamera || m_state == State::Lost || m_state == State::Denied ||
           m_state == State::Failed;
}

bool CameraSession::readDevices()
{
    QList<CameraInfo> now = groupCameras(m_environment.devices());
    if (now == m_devices)
        return false;
    m_devices = std::move(now);
    Q_EMIT devicesChanged();
    return true;
}

void CameraSession::refreshDevices()
{
    if (!readDevices())
        return;
    const bool inUseIsGone = m_pipeline && std::ranges::none_of(m_devices, [this](const CameraInfo& camera) {
                                 return camera.entries.contains(m_pipeline->entry);
                             });
    if (inUseIsGone) {
        close();
        if (m_state == State::Live)
            setState(State::Lost);
        else if (m_state == State::Starting)
            setState(m_devices.isEmpty() ? State::NoCamera : State::Failed);
    }
    if (m_pipeline)
        m_wantedWasOnly = m_devices.size() == 1;
    if (waitsInBackground()) {
        m_attempts = 0;
        attempt();
    }
}

const CameraInfo* CameraSession::target() const
{
    const auto same = std::ranges::find_if(
        m_devices, [this](const CameraInfo& camera) { return camera.id == m_wanted.id; });
    if (same != m_devices.end())
        return &*same;
    return m_wantedWasOnly && !m_devices.isEmpty() ? &m_devices.first() : nullptr;
}

void CameraSession::attempt()
{
    if (m_state == State::Stopped || m_state == State::Live)
        return;
    close();
    // The list also changes without a word (permissions, a backend that missed an event).
    readDevices();
    const CameraInfo* camera = target();
    if (camera == nullptr) {
        if (m_devices.isEmpty() && m_state != State::Lost) {
            const bool denied = m_environment.access() == CameraAccess::Denied;
            setState(denied ? State::Denied : State::NoCamera);
        }
        m_retry.start(m_environment.retry);
        return;
    }
    m_wanted = *camera;
    m_wantedWasOnly = m_devices.size() == 1;
    // The newest entry first: the older ones may be of a camera that is gone.
    const auto count = m_wanted.entries.size();
    open(m_wanted.entries.at(count - 1 - m_attempts % count));
    ++m_attempts;
}

void CameraSession::open(const QCameraDevice& device)
{
    m_pipeline = std::make_unique<Pipeline>(device);
    connect(&m_pipeline->sink, &QVideoSink::videoFrameChanged, this, &CameraSession::takeFrame);
    connect(
        &m_pipeline->camera, &QCamera::errorOccurred, this,
        [this, number = m_pipelineNumber](QCamera::Error error, const QString& message) {
            if (error != QCamera::NoError && number == m_pipelineNumber)
                onError(message);
        },
        Qt::QueuedConnection);
    m_silence.start(m_state == State::Starting
                        ? m_environment.firstPicture
                        : m_environment.retry * std::clamp(m_attempts, 1, kLongestWaitFactor));
    m_pipeline->camera.start();
}

void CameraSession::close()
{
    m_silence.stop();
    m_retry.stop();
    m_pending = {};
    m_last = {};
    ++m_pipelineNumber;
    if (m_pipeline) {
        m_pipeline->sink.disconnect(this);
        m_pipeline->camera.disconnect(this);
        m_pipeline->camera.stop();
        m_pipeline.reset();
    }
}

void CameraSession::setState(State state)
{
    if (state == m_state)
        return;
    m_state = state;
    Q_EMIT stateChanged(state);
}

void CameraSession::takeFrame(const QVideoFrame& frame)
{
    if (!m_pipeline || !frame.isValid())
        return;
    m_pending = frame;
    if (!m_converting)
        convertNext();
}

void CameraSession::convertNext()
{
    m_converting = true;
    m_converter.start([this, frame = std::exchange(m_pending, {}), number = m_pipelineNumber] {
        QImage image = convertFrame(frame);
        QMetaObject::invokeMethod(
            this, [this, number, frame, image = std::move(image)] { deliver(number, image, frame); },
            Qt::QueuedConnection);
    });
}

void CameraSession::deliver(quint64 pipeline, QImage image, const QVideoFrame& source)
{
    m_converting = false;
    if (pipeline == m_pipelineNumber && m_pipeline) {
        if (image.isNull())
            image = source.toImage().convertToFormat(QImage::Format_RGB32);
        if (!image.isNull()) {
            m_attempts = 0;
            m_silence.start(m_environment.silence);
            m_last = image;
            const QPointer<CameraSession> self(this);
            setState(State::Live);
            if (self && pipeline == m_pipelineNumber)
                Q_EMIT frame(image);
            if (!self)
                return;
        }
    }
    if (m_pending.isValid() && !m_converting)
        convertNext();
}

void CameraSession::onError(const QString& message)
{
    static_cast<void>(message);
    const QString node = QString::fromUtf8(m_pipeline ? m_pipeline->entry.id() : QByteArray());
    const bool nodeDenied =
        node.startsWith(QStringLiteral("/dev/")) && QFileInfo::exists(node) && !QFileInfo(node).isReadable();
    close();
    if (nodeDenied || m_environment.access() == CameraAccess::Denied)
        setState(State::Denied);
    else if (m_state == State::Live)
        setState(State::Lost);
    else if (m_state == State::Starting)
        setState(State::Failed);
    m_retry.start(m_environment.retry);
}

void CameraSession::onSilence()
{
    close();
    if (m_state == State::Live)
        setState(State::Lost);
    else if (m_state == State::Starting)
        setState(State::Failed);
    attempt();
}

} // namespace goodsight
