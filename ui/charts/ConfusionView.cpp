#include "ui/charts/ConfusionView.h"

#include "ui/charts/ChartTone.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Painting.h"

#include <QEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace goodsight {

namespace {

constexpr double kNamesBand = 104; ///< where names of products fit
constexpr double kTitleBand = 26;
constexpr double kNamedCell = 14;  ///< side from which each row has its name
constexpr double kNumberCell = 22; ///< side from which each cell has its number
constexpr double kLargestCell = 56;

} // namespace

ConfusionView::ConfusionView(QWidget* parent)
    : ZoomableView(parent)
{
    setObjectName(QStringLiteral("confusionView"));
    setAccessibleName(tr("Confusion matrix"));
}

void ConfusionView::setTable(const ConfusionTable& table)
{
    m_table = table;
    const auto n = m_table.names.size();
    m_table.cells.removeIf([n](const ConfusionCount& c) {
        return c.photos <= 0 || c.truth < 0 || c.taken < 0 || c.truth >= n || c.taken >= n;
    });
    std::sort(m_table.cells.begin(), m_table.cells.end(), [](const auto& a, const auto& b) {
        return std::pair(a.truth, a.taken) < std::pair(b.truth, b.taken);
    });
    m_rowTotals = QList<int>(n, 0);
    m_rowBegins = QList<qsizetype>(n + 1, 0);
    const ConfusionCount* worst = nullptr;
    for (const ConfusionCount& cell : std::as_const(m_table.cells)) {
        m_rowTotals[cell.truth] += cell.photos;
        ++m_rowBegins[cell.truth + 1];
        if (cell.truth != cell.taken && (!worst || cell.photos > worst->photos))
            worst = &cell;
    }
    for (qsizetype row = 0; row < n; ++row)
        m_rowBegins[row + 1] += m_rowBegins[row];
    m_selected = worst ? QPoint(worst->taken, worst->truth) : QPoint(-1, -1);
    m_hover.reset();
    showAll();
}

QRectF ConfusionView::plot() const
{
    const double band = m_cell >= kNamedCell ? kNamesBand : kTitleBand;
    return QRectF(rect()).adjusted(band, band, -1, -1);
}

double ConfusionView::fittingCell() const
{
    const double side = std::min(width(), height()) - kTitleBand - 2;
    const double cell = side / std::max(1, classes());
    if (cell < kNamedCell)
        return std::max(cell, 1e-3);
    return std::min(kLargestCell,
                    (std::min(width(), height()) - kNamesBand - 2) / static_cast<double>(classes()));
}

void ConfusionView::showAll()
{
    m_fits = true;
    m_cell = fittingCell();
    m_origin = {};
    update();
}

void ConfusionView::keepInside()
{
    const QRectF area = plot();
    const double columns = area.width() / m_cell;
    const double rows = area.height() / m_cell;
    m_origin.setX(std::clamp(m_origin.x(), 0.0, std::max(0.0, classes() - columns)));
    m_origin.setY(std::clamp(m_origin.y(), 0.0, std::max(0.0, classes() - rows)));
}

void ConfusionView::zoomBy(double factor, const QPointF& around)
{
    if (classes() == 0)
        return;
    const double least = fittingCell();
    const QPointF before = m_origin + (around - plot().topLeft()) / m_cell;
    m_cell = std::clamp(m_cell * factor, least, std::max(least, kLargestCell));
    m_fits = m_cell <= least * 1.0001;
    // The names may have taken the room where the pointer was.
    const QRectF area = plot();
    const QPointF anchor(std::clamp(around.x(), area.left() + kNamedCell, area.right() - kNamedCell),
                         std::clamp(around.y(), area.top() + kNamedCell, area.bottom() - kNamedCell));
    m_origin = m_fits ? QPointF() : before - (anchor - area.topLeft()) / m_cell;
    keepInside();
    update();
}

int ConfusionView::classesPerSquare() const
{
    return m_cell >= kSmallestCell ? 1 : static_cast<int>(std::ceil(kSmallestCell / m_cell));
}

QRectF ConfusionView::square(int row, int column, int count) const
{
    const QPointF corner = plot().topLeft() + (QPointF(column, row) - m_origin) * m_cell;
    return {corner, QSizeF(m_cell * count, m_cell * count)};
}

QPointF ConfusionView::placeOf(const QPoint& cell) const
{
    return square(cell.y(), cell.x(), 1).center();
}

int ConfusionView::photosIn(const QPoint& cell) const
{
    if (cell.x() < 0 || cell.y() < 0 || cell.y() >= classes())
        return 0;
    for (qsizetype i = m_rowBegins[cell.y()]; i < m_rowBegins[cell.y() + 1]; ++i) {
        if (m_table.cells[i].taken == cell.x())
            return m_table.cells[i].photos;
    }
    return 0;
}

std::optional<QPoint> ConfusionView::cellAt(const QPointF& place) const
{
    const QRectF area = plot();
    if (!area.contains(place) || classes() == 0)
        return {};
    const QPointF at = m_origin + (place - area.topLeft()) / m_cell;
    const int together = classesPerSquare();
    const QPoint first(static_cast<int>(at.x()) / together * together,
                       static_cast<int>(at.y()) / together * together);
    const ConfusionCount* best = nullptr;
    for (int row = first.y(); row < std::min(first.y() + together, classes()); ++row) {
        for (qsizetype i = m_rowBegins[row]; i < m_rowBegins[row + 1]; ++i) {
            const ConfusionCount& cell = m_table.cells[i];
            if (cell.taken < first.x() || cell.taken >= first.x() + together)
                continue;
            const auto rank = [](const ConfusionCount& c) { return std::pair(c.truth != c.taken, c.photos); };
            if (!best || rank(cell) > rank(*best))
                best = &cell;
        }
    }
    return best ? std::optional(QPoint(best->taken, best->truth)) : std::nullopt;
}

QString ConfusionView::sentence(const QPoint& cell) const
{
    const QString truth = m_table.names.value(cell.y());
    const int photos = photosIn(cell);
    const int all = rowTotal(cell.y());
    if (cell.x() == cell.y())
        //: %1 product, %2 photos that were right, %3 photos of it
        return tr("%1: %2 of %3 photos right").arg(truth, QString::number(photos), QString::number(all));
    //: %1 and %2 products
    return tr("%1 taken for %2: %3 of %4 photos")
        .arg(truth, m_table.names.value(cell.x()), QString::number(photos), QString::number(all));
}

void ConfusionView::drawNames(QPainter& painter, const QRectF& area) const
{
    const ThemeColors& c = Theme::colors();
    painter.setFont(sizedFont(font(), 12));
    painter.setPen(c.secondary);
    if (m_cell < kNamedCell) {
        painter.drawText(QRectF(area.left(), 0, area.width(), kTitleBand - 4),
                         Qt::AlignLeft | Qt::AlignVCenter, tr("Taken for →"));
        painter.save();
        painter.rotate(-90);
        painter.drawText(QRectF(-area.bottom(), 0, area.height(), kTitleBand - 4),
                         Qt::AlignRight | Qt::AlignVCenter, tr("← It is"));
        painter.restore();
        return;
    }
    painter.save();
    painter.setFont(sizedFont(font(), 11));
    painter.drawText(QRectF(0, 0, kNamesBand - 8, kNamesBand - 8), Qt::AlignRight | Qt::AlignBottom,
                     tr("Taken for →") + u'\n' + tr("It is ↓"));
    painter.restore();
    const QFontMetricsF metrics(painter.font());
    const int firstRow = std::max(0, static_cast<int>(m_origin.y()));
    const int firstColumn = std::max(0, static_cast<int>(m_origin.x()));
    for (int row = firstRow; row < classes(); ++row) {
        const QRectF cell = square(row, firstColumn, 1);
        if (cell.center().y() < area.top() || cell.top() > area.bottom())
            continue;
        painter.setPen(m_hover && m_hover->y() == row ? c.text : c.secondary);
        painter.drawText(QRectF(0, cell.center().y() - 10, kNamesBand - 8, 20),
                         Qt::AlignRight | Qt::AlignVCenter,
                         metrics.elidedText(m_table.names[row], Qt::ElideRight, kNamesBand - 8));
    }
    for (int column = firstColumn; column < classes(); ++column) {
        const QRectF cell = square(firstRow, column, 1);
        if (cell.center().x() < area.left() || cell.left() > area.right())
            continue;
        painter.setPen(m_hover && m_hover->x() == column ? c.text : c.secondary);
        painter.save();
        painter.translate(cell.center().x(), kNamesBand - 8);
        painter.rotate(-90);
        painter.drawText(QRectF(0, -10, kNamesBand - 8, 20), Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(m_table.names[column], Qt::ElideRight, kNamesBand - 8));
        painter.restore();
    }
}

void ConfusionView::drawCells(QPainter& painter, const QRectF& area) const
{
    const ThemeColors& c = Theme::colors();
    const QRectF whole = square(0, 0, classes()).intersected(area);
    painter.save();
    painter.setClipRect(whole);
    painter.fillRect(whole, c.window);
    painter.setRenderHint(QPainter::Antialiasing, m_cell >= kSmallestCell);
    const int together = classesPerSquare();
    const double gap = m_cell >= 8 ? 1 : 0;
    // Where classes are drawn together, a square of the diagonal shows what share of its photos is right:
    // each of its classes is mixed up with some neighbour, and red alone would say nothing.
    const auto onDiagonal = [together](const ConfusionCount& cell) {
        return cell.truth / together == cell.taken / together;
    };
    QList<int> right(classes() / together + 1, 0);
    QList<int> all(classes() / together + 1, 0);
    for (const ConfusionCount& cell : m_table.cells) {
        all[cell.truth / together] += cell.photos;
        right[cell.truth / together] += cell.truth == cell.taken ? cell.photos : 0;
    }
    const auto paintCells = [&](bool wrong) {
        for (const ConfusionCount& cell : m_table.cells) {
            if (onDiagonal(cell) == wrong)
                continue;
            const QRectF box =
                square(cell.truth / together * together, cell.taken / together * together, together);
            if (!box.intersects(area))
                continue;
            const int row = cell.truth / together;
            const double share = wrong ? static_cast<double>(cell.photos) / std::max(1, rowTotal(cell.truth))
                                       : static_cast<double>(right[row]) / std::max(1, all[row]);
            const QColor ink = wrong ? mixedColor(c.panel, c.weak, 0.35 + 0.65 * share)
                                     : mixedColor(c.panel, c.brand, 0.15 + 0.85 * share);
            painter.fillRect(box.adjusted(gap / 2, gap / 2, -gap / 2, -gap / 2), ink);
            if (m_cell >= kNumberCell) {
                painter.setPen(share > 0.45 ? c.onBrand : c.text);
                painter.setFont(tabularFont(font(), 12));
                painter.drawText(box, Qt::AlignCenter, QString::number(cell.photos));
            }
        }
    };
    // Mistakes last: where classes are drawn together they are what matters.
    paintCells(false);
    paintCells(true);
    painter.restore();
    painter.setPen(QPen(c.hairline, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(whole);
    const auto frame = [&](const QPoint& cell, const QColor& color) {
        QRectF box = square(cell.y() / together * together, cell.x() / together * together, together);
        if (box.width() < 8)
            box.adjust(-3, -3, 3, 3);
        painter.setPen(QPen(color, 2));
        painter.drawRect(box.intersected(whole.adjusted(-2, -2, 2, 2)));
    };
    if (m_selected.x() >= 0 && hasFocus() && area.contains(placeOf(m_selected)))
        frame(m_selected, c.text);
    if (m_hover && area.contains(placeOf(*m_hover)))
        frame(*m_hover, c.brand);
}

void ConfusionView::draw(QPainter& painter)
{
    if (classes() == 0)
        return;
    const QRectF area = plot();
    drawCells(painter, area);
    drawNames(painter, area);
}

void ConfusionView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    draw(painter);
}

void ConfusionView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (m_fits)
        showAll();
    else
        keepInside();
}

void ConfusionView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        setAccessibleName(tr("Confusion matrix"));
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange)
        update();
    QWidget::changeEvent(event);
}

void ConfusionView::moveCorner(const QPointF& corner)
{
    m_origin = -corner / m_cell;
    keepInside();
    update();
}

QPointF ConfusionView::keyZoomCentre() const
{
    return m_selected.x() < 0 ? plot().center() : placeOf(m_selected);
}

void ConfusionView::pointed(const QPointF& place)
{
    const auto cell = cellAt(place);
    if (cell != m_hover) {
        m_hover = cell;
        update();
    }
    if (cell)
        QToolTip::showText(mapToGlobal(place).toPoint(), sentence(*cell), this);
    else
        QToolTip::hideText();
}

void ConfusionView::clicked(const QPointF& place)
{
    if (const auto cell = cellAt(place))
        choose(*cell);
}

void ConfusionView::leaveEvent(QEvent* event)
{
    m_hover.reset();
    update();
    QWidget::leaveEvent(event);
}

void ConfusionView::select(const QPoint& cell)
{
    m_selected = {std::clamp(cell.x(), 0, classes() - 1), std::clamp(cell.y(), 0, classes() - 1)};
    const QRectF area = plot();
    const double columns = std::floor(area.width() / m_cell) - 1;
    const double rows = std::floor(area.height() / m_cell) - 1;
    m_origin.setX(std::clamp(m_origin.x(), m_selected.x() - columns, static_cast<double>(m_selected.x())));
    m_origin.setY(std::clamp(m_origin.y(), m_selected.y() - rows, static_cast<double>(m_selected.y())));
    keepInside();
    setAccessibleDescription(sentence(m_selected));
    update();
}

void ConfusionView::choose(const QPoint& cell)
{
    select(cell);
    Q_EMIT cellChosen(cell.y(), cell.x());
}

void ConfusionView::keyPressEvent(QKeyEvent* event)
{
    if (classes() == 0) {
        QWidget::keyPressEvent(event);
        return;
    }
    const QPoint from = m_selected.x() < 0 ? QPoint(0, 0) : m_selected;
    const int step = classesPerSquare();
    switch (event->key()) {
    case Qt::Key_Left:
        return select(from - QPoint(step, 0));
    case Qt::Key_Right:
        return select(from + QPoint(step, 0));
    case Qt::Key_Up:
        return select(from - QPoint(0, step));
    case Qt::Key_Down:
        return select(from + QPoint(0, step));
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_selected.x() >= 0 && photosIn(m_selected) > 0)
            choose(m_selected);
        return;
    default:
        ZoomableView::keyPressEvent(event);
    }
}

QList<QStringList> ConfusionView::table() const
{
    QList<QStringList> table{{QStringLiteral("truth"), QStringLiteral("taken"), QStringLiteral("photos")}};
    for (const ConfusionCount& cell : m_table.cells)
        table.append({m_table.names[cell.truth], m_table.names[cell.taken], QString::number(cell.photos)});
    return table;
}

} // namespace goodsight
