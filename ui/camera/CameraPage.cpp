#include "ui/camera/CameraPage.h"

#include "ui/capture/CameraView.h"
#include "ui/recognition/CandidateColumn.h"
#include "ui/recognition/RecognitionController.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/KeyButton.h"

#include <QBoxLayout>
#include <QBuffer>
#include <QDateTime>
#include <QKeyEvent>
#include <QLabel>
#include <QTimer>

namespace goodsight {

namespace {

/// High enough that the model's answer for the file is the one for the frame.
constexpr int kJpegQuality = 95;
/// A frame whose answer never comes (its request was dropped) must not end live recognition.
constexpr int kAskAgainMilliseconds = 2000;

} // namespace

CameraPage::CameraPage(RecognitionController& controller, Settings& settings, QWidget* parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_view(new CameraView(settings, this))
    , m_live(new CandidateColumn(settings, this))
    , m_title(new QLabel(this))
    , m_hint(new QLabel(this))
    , m_back(new KeyButton(this))
    , m_again(new QTimer(this))
{
    setObjectName(QStringLiteral("cameraPage"));
    setFocusPolicy(Qt::StrongFocus);
    m_title->setProperty("kind", QStringLiteral("title"));
    m_hint->setProperty("kind", QStringLiteral("secondary"));
    m_hint->setWordWrap(true);
    m_back->setObjectName(QStringLiteral("cameraBack"));
    m_back->setKeyHint(QStringLiteral("Esc"));
    auto* header = new QHBoxLayout;
    header->addWidget(m_title, 1);
    header->addWidget(m_back);
    auto* side = new QWidget(this);
    side->setFixedWidth(380);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(m_live);
    column->addWidget(m_hint);
    column->addStretch();
    auto* body = new QHBoxLayout;
    body->setSpacing(16);
    body->addWidget(m_view, 1);
    body->addWidget(side);
    auto* page = new QVBoxLayout(this);
    page->setContentsMargins(24, 20, 24, 20);
    page->setSpacing(16);
    page->addLayout(header);
    page->addLayout(body, 1);

    m_again->setInterval(kAskAgainMilliseconds);
    connect(m_again, &QTimer::timeout, this, [this] { m_view->setReadyForFrame(true); });
    connect(m_back, &QPushButton::clicked, this, &CameraPage::leaveRequested);
    connect(m_view, &CameraView::frameForRecognition, &m_controller, &RecognitionController::recognizeLive);
    connect(m_view, &CameraView::captured, this, &CameraPage::take);
    connect(&m_controller, &RecognitionController::liveRecognized, this,
            [this](const Recognition& recognition) {
                if (!isVisible())
                    return;
                m_live->showLive(recognition);
                m_again->start();
                m_view->setReadyForFrame(true);
            });
    retranslate();
}

void CameraPage::take(const QImage& frame)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (!frame.save(&buffer, "JPEG", kJpegQuality))
        return;
    const QString suffix = QStringLiteral("jpg");
    const QString name =
        tr("Camera %1").arg(QDateTime::currentDateTime().toString(QStringLiteral("HH:mm:ss")));
    const quint64 serial = m_controller.addBytes(bytes, suffix, name, QStringLiteral("camera"));
    Q_EMIT captured(bytes, suffix, serial);
}

void CameraPage::retranslate()
{
    m_title->setText(tr("Camera"));
    m_back->setText(tr("Back"));
    m_hint->setText(
        tr("Hold the product in front of the camera. Space takes the picture; then one key accepts or "
           "corrects the answer and the camera is back."));
    setAccessibleName(m_title->text());
}

void CameraPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT leaveRequested();
    else if (event->key() == Qt::Key_Space && !event->isAutoRepeat())
        m_view->capture();
    else
        QWidget::keyPressEvent(event);
}

void CameraPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void CameraPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    setFocus();
    m_live->show(nullptr, {});
    m_view->start();
    m_view->setReadyForFrame(true);
    m_again->start();
}

void CameraPage::hideEvent(QHideEvent* event)
{
    m_again->stop();
    m_view->setReadyForFrame(false);
    m_view->stop();
    QWidget::hideEvent(event);
}

} // namespace goodsight
