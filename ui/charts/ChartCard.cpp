#include "ui/charts/ChartCard.h"

#include "ui/charts/ChartExport.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Painting.h"

#include <QBoxLayout>
#include <QLabel>
#include <QPainter>

#include <algorithm>

namespace goodsight {

namespace {
constexpr int kTitleWidth = 130;
}

class ChartCard::Legend final : public QWidget {
public:
    explicit Legend(QWidget* parent)
        : QWidget(parent)
    {
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }
    void setEntries(const QList<LegendEntry>& entries)
    {
        m_entries = entries;
        setVisible(!entries.isEmpty());
        updateGeometry();
        update();
    }
    [[nodiscard]] QSize sizeHint() const override
    {
        int width = 0;
        for (const LegendEntry& entry : m_entries)
            width += kMark + kGap + textWidth(entry) + kSpace;
        return {std::max(0, width - kSpace), 24};
    }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setFont(sizedFont(font(), 12));
        int x = 0;
        const int middle = height() / 2;
        for (const LegendEntry& entry : m_entries) {
            const QColor ink = entry.mark == LegendEntry::Mark::Block && entry.tone == ChartTone::Secondary
                                   ? mixedColor(Theme::colors().secondary, Theme::colors().panel, 0.5)
                                   : toneColor(entry.tone);
            if (entry.mark == LegendEntry::Mark::Block) {
                painter.fillRect(QRectF(x + 2, middle - 5, 10, 10), ink);
            } else {
                QPen pen(ink, 3, Qt::SolidLine, Qt::FlatCap);
                if (entry.mark == LegendEntry::Mark::Dashed)
                    pen.setDashPattern({1.4, 0.9});
                painter.setPen(pen);
                painter.drawLine(QPointF(x, middle), QPointF(x + kMark, middle));
            }
            painter.setPen(Theme::colors().secondary);
            painter.drawText(QRect(x + kMark + kGap, 0, textWidth(entry) + 2, height()),
                             Qt::AlignLeft | Qt::AlignVCenter, entry.name);
            x += kMark + kGap + textWidth(entry) + kSpace;
        }
    }

private:
    static constexpr int kMark = 14;
    static constexpr int kGap = 8;
    static constexpr int kSpace = 16;
    [[nodiscard]] int textWidth(const LegendEntry& entry) const
    {
        return QFontMetrics(sizedFont(font(), 12)).horizontalAdvance(entry.name);
    }
    QList<LegendEntry> m_entries;
};

ChartCard::ChartCard(QWidget* chart, ChartContent& content, QWidget* parent)
    : QFrame(parent)
    , m_column(new QVBoxLayout(this))
    , m_title(new QLabel(this))
    , m_note(new QLabel(this))
    , m_legend(new Legend(this))
    , m_chart(chart)
    , m_export(new ChartExportButton(content, this))
{
    setProperty("kind", QStringLiteral("card"));
    m_title->setProperty("kind", QStringLiteral("strong"));
    m_title->setWordWrap(true);
    m_note->setProperty("kind", QStringLiteral("small"));
    m_note->setWordWrap(true);
    m_note->hide();
    m_legend->setEntries({});
    auto* header = new QHBoxLayout;
    header->setSpacing(8);
    header->addWidget(m_title, 1);
    header->addWidget(m_legend);
    header->addWidget(m_export);
    m_column->setContentsMargins(20, 6, 12, 14);
    m_column->setSpacing(6);
    m_column->addLayout(header);
    m_column->addWidget(m_note);
    m_column->addWidget(chart, 1);
    connect(m_export, &ChartExportButton::failed, this, &ChartCard::failed);
}

void ChartCard::setTitle(const QString& title)
{
    m_title->setText(title);
    // Beside a long legend a long title takes two lines, a short one never.
    m_title->ensurePolished();
    m_title->setMinimumWidth(std::min(kTitleWidth, m_title->fontMetrics().horizontalAdvance(title) + 2));
    m_export->setChartTitle(title);
    m_chart->setAccessibleName(title);
    setAccessibleName(title);
}

void ChartCard::setLegend(const QList<LegendEntry>& entries)
{
    m_legend->setEntries(entries);
}

void ChartCard::setNote(const QString& note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void ChartCard::addAbove(QWidget* widget)
{
    m_column->insertWidget(m_column->indexOf(m_chart), widget);
}

void ChartCard::addBelow(QWidget* widget)
{
    m_column->addWidget(widget);
}

} // namespace goodsight
