#include "ui/capture/CameraNotice.h"

#include "ui/capture/Blend.h"
#include "ui/capture/CaptureButton.h"

#include <QAccessible>
#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QVBoxLayout>

namespace goodsight {

namespace {

/// A camera as a line drawing on a 24-unit grid, in the palette's secondary colour.
class CameraIcon : public QWidget {
public:
    explicit CameraIcon(QWidget* parent)
        : QWidget(parent)
    {
        setFixedSize(56, 56);
    }

    void setCrossedOut(bool crossedOut)
    {
        m_crossedOut = crossedOut;
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.scale(width() / 24.0, height() / 24.0);
        QPainterPath body;
        body.moveTo(4.5, 8);
        body.lineTo(7.5, 8);
        body.lineTo(9, 5.5);
        body.lineTo(15, 5.5);
        body.lineTo(16.5, 8);
        body.lineTo(19.5, 8);
        body.quadTo(21, 8, 21, 9.5);
        body.lineTo(21, 17.5);
        body.quadTo(21, 19, 19.5, 19);
        body.lineTo(4.5, 19);
        body.quadTo(3, 19, 3, 17.5);
        body.lineTo(3, 9.5);
        body.quadTo(3, 8, 4.5, 8);
        const QPen line(secondaryColor(), 1.3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
        if (m_crossedOut) {
            // A gap along the stroke keeps it readable where it crosses the camera.
            QPainterPath stroke;
            stroke.moveTo(3.6, 2.8);
            stroke.lineTo(20.4, 21.2);
            QPainterPathStroker wide;
            wide.setWidth(4.0);
            QPainterPath everything;
            everything.addRect(QRectF(0, 0, 24, 24));
            painter.setPen(line);
            painter.drawPath(stroke);
            painter.setClipPath(everything.subtracted(wide.createStroke(stroke)));
        }
        painter.setPen(line);
        painter.drawPath(body);
        painter.drawEllipse(QPointF(12, 13.2), 3.3, 3.3);
    }

private:
    bool m_crossedOut = false;
};

QLabel* makeLine(const QString& name, const QString& kind, int pixels, QFont::Weight weight, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(name);
    // The application's style sheet knows these kinds; font and role serve where there is none.
    label->setProperty("kind", kind);
    QFont font = label->font();
    font.setPixelSize(pixels);
    font.setWeight(weight);
    label->setFont(font);
    label->setAlignment(Qt::AlignHCenter);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::NoTextInteraction);
    return label;
}

} // namespace

CameraNotice::CameraNotice(QWidget* parent)
    : QWidget(parent)
    , m_icon(new CameraIcon(this))
    , m_sentence(
          makeLine(QStringLiteral("cameraSentence"), QStringLiteral("section"), 16, QFont::DemiBold, this))
    , m_hint(makeLine(QStringLiteral("cameraHint"), QStringLiteral("secondary"), 14, QFont::Normal, this))
    , m_retry(new CaptureButton(CaptureButton::Look::Outlined, this))
{
    m_icon->setObjectName(QStringLiteral("cameraIcon"));
    colorHint();
    m_retry->setObjectName(QStringLiteral("cameraRetry"));
    connect(m_retry, &QPushButton::clicked, this, &CameraNotice::retryClicked);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 24);
    column->setSpacing(0);
    column->addStretch(1);
    column->addWidget(m_icon, 0, Qt::AlignHCenter);
    column->addSpacing(16);
    column->addWidget(m_sentence);
    column->addSpacing(8);
    column->addWidget(m_hint);
    column->addSpacing(24);
    column->addWidget(m_retry, 0, Qt::AlignHCenter);
    column->addStretch(1);
}

void CameraNotice::tell(const QString& sentence, const QString& hint, bool crossedOut, bool canRetry)
{
    const bool news = m_sentence->text() != sentence;
    m_sentence->setText(sentence);
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
    static_cast<CameraIcon*>(m_icon)->setCrossedOut(crossedOut);
    m_retry->setVisible(canRetry);
    setAccessibleName(sentence);
    setAccessibleDescription(hint);
    setVisible(true);
    if (news) {
        QAccessibleEvent alert(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

void CameraNotice::colorHint()
{
    QPalette colors = m_hint->palette();
    if (colors.color(QPalette::WindowText) == secondaryColor())
        return;
    colors.setColor(QPalette::WindowText, secondaryColor());
    m_hint->setPalette(colors);
}

void CameraNotice::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        colorHint();
    QWidget::changeEvent(event);
}

void CameraNotice::setRetryText(const QString& text)
{
    m_retry->setText(text);
    m_retry->setAccessibleName(text);
}

} // namespace goodsight
