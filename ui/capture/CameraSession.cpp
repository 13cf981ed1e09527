#include "ui/capture/CameraSession.h"

#include <QFileInfo>
#include <QMediaDevices>

#include <algorithm>

namespace goodsight {

namespace {
constexpr std::chrono::milliseconds kSettle{150};
constexpr int kLongestWaitFactor = 4; ///< an attempt in the background lasts up to this many retry intervals
} // namespace

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
    m_silence.setSingleShot(true);
    m_retry.setSingleShot(true);
    connect(&m_silence, &QTimer::timeout, this, &CameraSession::onSilence);
    connect(&m_retry, &QTimer::timeout, this, &CameraSession::attempt);
    connect(&m_camera, &CameraThread::picture, this, &CameraSession::onPicture);
    connect(&m_camera, &CameraThread::failed, this, &CameraSession::onError);
    // A moment later: the backend tells in the middle of its own work on the list, and one plug can be
    // several changes. A camera opened between them would read the list from its own thread while it changes.
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettle);
    connect(&m_settle, &QTimer::timeout, this, &CameraSession::refreshDevices);
    connect(m_watcher.get(), &QMediaDevices::videoInputsChanged, &m_settle, qOverload<>(&QTimer::start));
    m_devices = groupCameras(m_environment.devices());
}

CameraSession::~CameraSession() = default;

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
    const bool inUseIsGone = m_open && std::ranges::none_of(m_devices, [this](const CameraInfo& camera) {
                                 return camera.entries.contains(*m_open);
                             });
    if (inUseIsGone) {
        close();
        if (m_state == State::Live)
            setState(State::Lost);
        else if (m_state == State::Starting)
            setState(m_devices.isEmpty() ? State::NoCamera : State::Failed);
    }
    if (m_open)
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
    if (!m_camera.canOpen()) {
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
    m_silence.start(m_state == State::Starting
                        ? m_environment.firstPicture
                        : m_environment.retry * std::clamp(m_attempts, 1, kLongestWaitFactor));
    m_open = device;
    m_camera.open(device);
}

void CameraSession::close()
{
    m_silence.stop();
    m_retry.stop();
    m_last = {};
    if (m_open) {
        m_open.reset();
        m_camera.close();
    }
}

void CameraSession::setState(State state)
{
    if (state == m_state)
        return;
    m_state = state;
    Q_EMIT stateChanged(state);
}

void CameraSession::onPicture(const QImage& image)
{
    if (!m_open)
        return;
    m_attempts = 0;
    m_silence.start(m_environment.silence);
    m_last = image;
    setState(State::Live);
    if (m_open) {
        Q_EMIT frame(image);
        m_camera.next();
    }
}

void CameraSession::onError()
{
    const QString node = m_open ? QString::fromUtf8(m_open->id()) : QString();
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
