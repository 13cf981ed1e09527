#include "ui/widgets/CandidateCard.h"

#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Painting.h"

#include <QEvent>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace goodsight {

namespace {
constexpr int kPadding = 16;
constexpr int kBarHeight = 8;
} // namespace

CandidateCard::CandidateCard(int rank, QWidget* parent)
    : QAbstractButton(parent)
    , m_rank(rank)
{
    setObjectName(QStringLiteral("candidate%1").arg(rank + 1));
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
}

void CandidateCard::setCandidate(const Candidate& candidate, const QColor& color)
{
    m_candidate = candidate;
    m_color = color;
    m_pending = false;
    describe();
    update();
}

void CandidateCard::setPending()
{
    m_candidate = {};
    m_pending = true;
    m_chosen = false;
    setEnabled(false);
    setAccessibleName(tr("Recognising"));
    update();
}

void CandidateCard::setChosen(bool chosen)
{
    m_chosen = chosen;
    describe();
    update();
}

void CandidateCard::setEnglishFirst(bool englishFirst)
{
    m_englishFirst = englishFirst;
    describe();
    update();
}

QString CandidateCard::primaryText() const
{
    const QString& first = m_englishFirst ? m_candidate.en : m_candidate.zh;
    const QString& other = m_englishFirst ? m_candidate.zh : m_candidate.en;
    return !first.isEmpty() ? first : !other.isEmpty() ? other : m_candidate.id;
}

QString CandidateCard::secondaryText() const
{
    const QString& other = m_englishFirst ? m_candidate.zh : m_candidate.en;
    return other == primaryText() ? QString() : other;
}

QString CandidateCard::priorText() const
{
    const double change = priorChange(m_candidate);
    const int points = std::max(1, qRound(std::abs(change) * 100));
    if (std::abs(change) < kWorthTelling)
        return {};
    //: percentage points that a candidate won or lost
    return change > 0 ? tr("▲ +%n point(s)", nullptr, points) : tr("▼ −%n point(s)", nullptr, points);
}

void CandidateCard::describe()
{
    if (m_pending)
        return;
    const QString names = secondaryText().isEmpty() ? primaryText() : primaryText() + u' ' + secondaryText();
    //: spoken: rank, product, confidence
    QString spoken = tr("%1: %2, %3").arg(m_rank + 1).arg(names, percentText(m_candidate.confidence));
    if (const QString moved = priorText(); !moved.isEmpty())
        spoken += QStringLiteral(", ") + moved;
    if (m_chosen)
        spoken += QStringLiteral(", ") + tr("saved");
    setAccessibleName(spoken);
    QStringList reasons;
    for (const CandidateMove& move : m_candidate.moves) {
        if (!move.reason.isEmpty())
            reasons.append(move.reason);
    }
    setAccessibleDescription(reasons.join(QStringLiteral(", ")));
    if (fontMetrics().horizontalAdvance(primaryText()) > width() / 2)
        reasons.prepend(names);
    setToolTip(reasons.join(u'\n'));
}

QSize CandidateCard::sizeHint() const
{
    return {380, m_rank == 0 ? 98 : 90};
}

QSize CandidateCard::minimumSizeHint() const
{
    return {240, sizeHint().height()};
}

void CandidateCard::paintEvent(QPaintEvent*)
{
    const ThemeColors& c = Theme::colors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool first = m_rank == 0;
    const bool marked = !m_pending && (hasFocus() || m_chosen || first);
    const qreal pen = marked ? 2.0 : 1.0;
    painter.setPen(QPen(marked ? c.brand : c.hairline, pen));
    painter.setBrush(isDown() || m_chosen ? c.brandSoft : underMouse() && isEnabled() ? c.window : c.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2), 12, 12);

    const int textHeight = height() - 2 * kPadding - kBarHeight - 6;
    const int badgeTop = kPadding + (textHeight - kKeyBadgeHeight) / 2 + 1;
    painter.setFont(font());
    if (m_chosen) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(c.sure);
        const QRectF disc(kPadding + 1, badgeTop, kKeyBadgeHeight, kKeyBadgeHeight);
        painter.drawEllipse(disc);
        painter.drawPixmap(disc.toRect().adjusted(4, 4, -4, -4),
                           linePixmap(QStringLiteral("check"), 18, c.dark ? c.onBrand : QColor(Qt::white),
                                      devicePixelRatioF()));
    } else {
        drawKeyBadge(painter, {kPadding + 1, badgeTop}, QString::number(m_rank + 1),
                     first && !m_pending ? KeyBadgeLook::Brand : KeyBadgeLook::Plain);
    }
    if (m_pending) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(c.track);
        painter.drawRoundedRect(QRectF(kPadding + kKeyBadgeHeight + 13, badgeTop + 4, first ? 120 : 96, 18),
                                6, 6);
        painter.drawRoundedRect(
            QRectF(kPadding + 1, height() - kPadding - kBarHeight, width() - 2 * kPadding - 2, kBarHeight),
            kBarHeight / 2.0, kBarHeight / 2.0);
        return;
    }

    const QFont percentFont = tabularFont(font(), first ? 22 : 18, QFont::DemiBold);
    const QString percent = percentText(m_candidate.confidence);
    const int percentWidth = QFontMetrics(percentFont).horizontalAdvance(percent);
    const int left = kPadding + kKeyBadgeHeight + 13;
    const int room = width() - left - kPadding - percentWidth - 12;
    const QFont nameFont = sizedFont(font(), first ? 22 : 18, QFont::DemiBold);
    const QFontMetrics nameMetrics(nameFont);
    const QFont smallFont = sizedFont(font(), 12);
    const QFontMetrics smallMetrics(smallFont);
    const QString moved = priorText();
    const bool two = !secondaryText().isEmpty() || !moved.isEmpty();
    const int smallHeight = two ? 16 : 0;
    const int nameHeight = first ? 30 : 25;
    const int top = kPadding + (textHeight - nameHeight - smallHeight) / 2;
    painter.setFont(percentFont);
    painter.setPen(m_color);
    painter.drawText(QRect(width() - kPadding - percentWidth - 2, moved.isEmpty() ? kPadding : top - 6,
                           percentWidth + 2, moved.isEmpty() ? textHeight : nameHeight + 12),
                     Qt::AlignVCenter | Qt::AlignRight, percent);
    painter.setFont(nameFont);
    painter.setPen(c.text);
    painter.drawText(QRect(left, top - 6, room, nameHeight + 12), Qt::AlignVCenter | Qt::AlignLeft,
                     nameMetrics.elidedText(primaryText(), Qt::ElideRight, room));
    if (two) {
        painter.setFont(smallFont);
        painter.setPen(c.secondary);
        const int movedWidth = moved.isEmpty() ? 0 : smallMetrics.horizontalAdvance(moved) + 2;
        const int smallRoom =
            moved.isEmpty() ? room : std::min(room, width() - left - kPadding - movedWidth - 12);
        painter.drawText(QRect(width() - kPadding - movedWidth, top + nameHeight, movedWidth, smallHeight),
                         Qt::AlignVCenter | Qt::AlignRight, moved);
        painter.drawText(QRect(left, top + nameHeight, smallRoom, smallHeight),
                         Qt::AlignVCenter | Qt::AlignLeft,
                         smallMetrics.elidedText(secondaryText(), Qt::ElideRight, smallRoom));
    }

    const QRectF track(kPadding + 1, height() - kPadding - kBarHeight, width() - 2 * kPadding - 2,
                       kBarHeight);
    painter.setPen(Qt::NoPen);
    painter.setBrush(c.track);
    painter.drawRoundedRect(track, kBarHeight / 2.0, kBarHeight / 2.0);
    QRectF bar = track;
    bar.setWidth(std::max<qreal>(3, track.width() * std::clamp(m_candidate.confidence, 0.0, 1.0)));
    painter.setBrush(m_color);
    painter.drawRoundedRect(bar, std::min(bar.width(), qreal(kBarHeight)) / 2, kBarHeight / 2.0);
}

void CandidateCard::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

void CandidateCard::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        describe();
    QAbstractButton::changeEvent(event);
}

void CandidateCard::enterEvent(QEnterEvent* event)
{
    update();
    QAbstractButton::enterEvent(event);
}

void CandidateCard::leaveEvent(QEvent* event)
{
    update();
    QAbstractButton::leaveEvent(event);
}

} // namespace goodsight
