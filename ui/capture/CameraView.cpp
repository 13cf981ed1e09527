#include "ui/capture/CameraView.h"

#include "core/base/Settings.h"
#include "ui/capture/CameraNotice.h"
#include "ui/capture/CaptureButton.h"
#include "ui/capture/LivePicture.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPointer>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace goodsight {

CameraView::CameraView(Settings& settings, QWidget* parent)
    : CameraView(settings, std::make_unique<CameraSession>(), parent)
{}

CameraView::CameraView(Settings& settings, std::unique_ptr<CameraSession> session, QWidget* parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_session(std::move(session))
{
    build();
    connect(m_session.get(), &CameraSession::frame, this, &CameraView::showFrame);
    connect(m_session.get(), &CameraSession::stateChanged, this, &CameraView::showState);
    connect(m_session.get(), &CameraSession::devicesChanged, this, &CameraView::showDevices);
    retranslate();
}

CameraView::~CameraView()
{
    m_session->disconnect(this);
}

void CameraView::build()
{
    setFocusPolicy(Qt::StrongFocus);
    m_picture = new LivePicture(this);
    m_picture->setObjectName(QStringLiteral("cameraPicture"));
    m_notice = new CameraNotice(m_picture);
    m_notice->setObjectName(QStringLiteral("cameraNotice"));
    auto* inside = new QVBoxLayout(m_picture);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->addWidget(m_notice);

    m_chooser = new QComboBox(this);
    m_chooser->setObjectName(QStringLiteral("cameraChooser"));
    m_chooser->setMinimumHeight(44);
    m_chooser->setMinimumWidth(160);
    m_chooser->setMaximumWidth(360);
    m_chooser->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_shutter = new CaptureButton(CaptureButton::Look::Filled, this);
    m_shutter->setObjectName(QStringLiteral("cameraShutter"));

    auto* bar = new QHBoxLayout;
    bar->setSpacing(12);
    bar->addWidget(m_chooser, 1);
    bar->addStretch(1);
    bar->addWidget(m_shutter);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(m_picture, 1);
    column->addLayout(bar);

    connect(m_chooser, &QComboBox::activated, this, &CameraView::choose);
    connect(m_shutter, &QPushButton::clicked, this, &CameraView::capture);
    connect(m_notice, &CameraNotice::retryClicked, this, [this] {
        setFocus(); // the button is about to vanish
        start();
    });
}

void CameraView::retranslate()
{
    setAccessibleName(tr("Camera"));
    m_picture->setAccessibleName(tr("Live picture"));
    m_chooser->setAccessibleName(tr("Choose the camera"));
    m_chooser->setPlaceholderText(tr("Choose another camera"));
    m_shutter->setText(tr("Take photo"));
    m_shutter->setKeyName(tr("Space", "the key on the keyboard"));
    m_shutter->setAccessibleName(m_shutter->text());
    m_shutter->setAccessibleDescription(tr("Takes the picture. Key: Space"));
    m_notice->setRetryText(tr("Try again"));
    showDevices();
    showState();
}

void CameraView::start()
{
    m_on = true;
    m_session->start(m_settings.camera());
    showDevices();
    showState();
}

void CameraView::stop()
{
    m_on = false;
    m_readyForFrame = false;
    m_session->stop();
}

void CameraView::capture()
{
    const QImage image = m_session->lastFrame();
    if (m_session->state() != CameraSession::State::Live || image.isNull())
        return;
    m_picture->flash();
    Q_EMIT captured(image);
}

void CameraView::setReadyForFrame(bool ready)
{
    m_readyForFrame = ready;
}

void CameraView::showFrame(const QImage& image)
{
    m_picture->setImage(image);
    if (!std::exchange(m_readyForFrame, false))
        return;
    Q_EMIT frameForRecognition(image);
}

void CameraView::showState()
{
    using State = CameraSession::State;
    const State state = m_session->state();
    const bool live = state == State::Live;
    if (!live)
        m_picture->setImage({});
    m_picture->setCaption(live ? tr("Live · %1").arg(m_session->deviceName()) : QString());
    m_picture->setAccessibleDescription(m_session->stateText());
    m_shutter->setEnabled(live);
    if (live) {
        m_notice->hide();
    } else {
        const bool onItsWay = state == State::Starting;
        m_notice->tell(m_session->stateText(), m_session->stateHint(), !onItsWay, !onItsWay);
    }
    showDevices();
}

void CameraView::showDevices()
{
    const QSignalBlocker quiet(m_chooser);
    m_chooser->clear();
    int current = -1;
    for (const CameraInfo& camera : m_session->devices()) {
        if (camera.id == m_session->deviceId())
            current = m_chooser->count();
        m_chooser->addItem(camera.description, camera.id);
    }
    m_chooser->setCurrentIndex(current);
    // One camera that is in use leaves nothing to choose; one that is not offers itself for the lost one.
    const auto count = m_session->devices().size();
    m_chooser->setVisible(count >= 2 || (count == 1 && current < 0 && m_on));
}

void CameraView::choose(int index)
{
    const QString id = m_chooser->itemData(index).toString();
    m_settings.setCamera(id);
    if (m_on)
        m_session->start(id);
    setFocus(); // so that Space takes a picture instead of opening the list again
}

void CameraView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void CameraView::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier) {
        if (!event->isAutoRepeat())
            capture();
        event->accept();
        return;
    }
    QWidget::keyPressEvent(event);
}

void CameraView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_on && m_session->state() == CameraSession::State::Stopped)
        m_session->start(m_settings.camera());
}

void CameraView::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    // Minimising keeps it running; another page switches the camera and its light off.
    if (m_on && !event->spontaneous())
        m_session->stop();
}

} // namespace goodsight
