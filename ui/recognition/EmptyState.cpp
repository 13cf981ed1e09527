#include "ui/recognition/EmptyState.h"

#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/KeyButton.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QPainter>

namespace goodsight {

namespace {

KeyButton* button(const QString& name, const QString& icon, const QString& key, QWidget* parent)
{
    auto* made = new KeyButton(parent);
    made->setObjectName(name);
    made->setIcon(lineIcon(icon));
    made->setIconSize({20, 20});
    made->setKeyHint(key);
    return made;
}

} // namespace

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent)
    , m_picture(new QLabel(this))
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_open(button(QStringLiteral("emptyOpen"), QStringLiteral("open"), QStringLiteral("Ctrl+O"), this))
    , m_folder(button(QStringLiteral("emptyFolder"), QStringLiteral("folder-open"), QStringLiteral("Ctrl+U"),
                      this))
    , m_paste(button(QStringLiteral("emptyPaste"), QStringLiteral("paste"), QStringLiteral("Ctrl+V"), this))
    , m_camera(
          button(QStringLiteral("emptyCamera"), QStringLiteral("camera"), QStringLiteral("Ctrl+K"), this))
    , m_sample(new KeyButton(this))
{
    setObjectName(QStringLiteral("emptyState"));
    m_open->setProperty("kind", QStringLiteral("primary"));
    m_open->setIcon(lineIcon(QStringLiteral("open"), IconColor::OnBrand));
    m_sample->setObjectName(QStringLiteral("trySample"));
    m_sample->setProperty("kind", QStringLiteral("flat"));
    m_picture->setAlignment(Qt::AlignCenter);
    m_title->setProperty("kind", QStringLiteral("title"));
    m_title->setAlignment(Qt::AlignCenter);
    m_text->setProperty("kind", QStringLiteral("secondary"));
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setWordWrap(true);
    auto* ways = new QHBoxLayout;
    ways->setSpacing(12);
    ways->addStretch();
    for (KeyButton* way : {m_open, m_folder, m_paste, m_camera})
        ways->addWidget(way);
    ways->addStretch();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 24);
    column->setSpacing(12);
    column->addStretch(3);
    column->addWidget(m_picture);
    column->addSpacing(8);
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addSpacing(16);
    column->addLayout(ways);
    column->addSpacing(4);
    column->addWidget(m_sample, 0, Qt::AlignHCenter);
    column->addStretch(4);
    connect(m_open, &QPushButton::clicked, this, &EmptyState::openFiles);
    connect(m_folder, &QPushButton::clicked, this, &EmptyState::openFolder);
    connect(m_paste, &QPushButton::clicked, this, &EmptyState::paste);
    connect(m_camera, &QPushButton::clicked, this, &EmptyState::camera);
    connect(m_sample, &QPushButton::clicked, this, &EmptyState::sample);
    drawPicture();
    retranslate();
}

void EmptyState::retranslate()
{
    m_title->setText(tr("Drop product photos here"));
    m_text->setText(
        tr("Files, folders, or a picture dragged from a browser. Everything stays on this computer."));
    m_open->setText(tr("Open"));
    m_folder->setText(tr("Folder"));
    m_paste->setText(tr("Paste"));
    m_camera->setText(tr("Camera"));
    m_sample->setText(tr("No photo at hand? Try a sample"));
    setAccessibleName(m_title->text());
}

void EmptyState::setDropTarget(bool on)
{
    m_dropTarget = on;
    update();
}

void EmptyState::drawPicture()
{
    m_picture->setPixmap(linePixmap(QStringLiteral("drop"), 56, Theme::colors().brand, devicePixelRatioF()));
}

void EmptyState::paintEvent(QPaintEvent*)
{
    const ThemeColors& c = Theme::colors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPen pen(m_dropTarget ? c.brand : c.hairline, m_dropTarget ? 2.5 : 2);
    pen.setStyle(Qt::CustomDashLine);
    pen.setDashPattern({4, 4});
    painter.setPen(pen);
    painter.setBrush(m_dropTarget ? c.brandSoft : c.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5), 12, 12);
}

void EmptyState::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    else if (event->type() == QEvent::PaletteChange)
        drawPicture();
    QWidget::changeEvent(event);
}

} // namespace goodsight
