#include "ui/shell/NavRail.h"

#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Painting.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QPainter>
#include <QShortcut>
#include <QVBoxLayout>

namespace goodsight {

namespace {

constexpr int kWidth = 88;

class Entry final : public QAbstractButton {
public:
    Entry(QString icon, QWidget* parent)
        : QAbstractButton(parent)
        , m_icon(std::move(icon))
    {
        setCheckable(true);
        setFixedSize(kWidth - 17, 64);
        setFocusPolicy(Qt::TabFocus);
        setCursor(Qt::PointingHandCursor);
        setAttribute(Qt::WA_Hover);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const ThemeColors& c = Theme::colors();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF box = QRectF(rect()).adjusted(1, 1, -1, -1);
        if (isChecked() || underMouse()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(isChecked() ? c.brandSoft : c.window);
            painter.drawRoundedRect(box, 10, 10);
        }
        if (hasFocus()) {
            painter.setPen(QPen(c.brand, 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(box, 10, 10);
        }
        const QColor ink = isChecked() ? c.brand : c.secondary;
        painter.drawPixmap(QPoint((width() - 24) / 2, 9), linePixmap(m_icon, 24, ink, devicePixelRatioF()));
        painter.setFont(sizedFont(font(), 12, isChecked() ? QFont::DemiBold : QFont::Normal));
        painter.setPen(ink);
        painter.drawText(QRect(0, 36, width(), 20), Qt::AlignCenter,
                         painter.fontMetrics().elidedText(text(), Qt::ElideRight, width() - 4));
    }

private:
    QString m_icon;
};

} // namespace

NavRail::NavRail(QWidget* parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
    , m_column(new QVBoxLayout(this))
{
    setFixedWidth(kWidth);
    m_column->setContentsMargins(8, 12, 9, 12);
    m_column->setSpacing(4);
    m_column->addStretch();
    connect(m_group, &QButtonGroup::idClicked, this, &NavRail::chosen);
}

int NavRail::addEntry(const QString& objectName, const QString& icon, bool atBottom)
{
    const int index = static_cast<int>(m_group->buttons().size());
    auto* entry = new Entry(icon, this);
    entry->setObjectName(objectName);
    m_group->addButton(entry, index);
    if (atBottom)
        m_column->addWidget(entry);
    else
        m_column->insertWidget(m_top++, entry);
    if (index < 9) {
        auto* shortcut =
            new QShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + index)), this);
        connect(shortcut, &QShortcut::activated, entry, &QAbstractButton::click);
    }
    return index;
}

void NavRail::setText(int index, const QString& text)
{
    QAbstractButton* entry = m_group->button(index);
    entry->setText(text);
    entry->setAccessibleName(text);
    entry->setToolTip(QStringLiteral("%1  Ctrl+%2").arg(text).arg(index + 1));
}

void NavRail::setCurrent(int index)
{
    m_group->button(index)->setChecked(true);
}

int NavRail::current() const
{
    return m_group->checkedId();
}

void NavRail::paintEvent(QPaintEvent*)
{
    const ThemeColors& c = Theme::colors();
    QPainter painter(this);
    painter.fillRect(rect(), c.panel);
    painter.fillRect(QRect(width() - 1, 0, 1, height()), c.hairline);
}

} // namespace goodsight
