#pragma once

#include "core/base/Error.h"
#include "ui/charts/ChartTone.h"

#include <QFrame>

class QBoxLayout;
class QLabel;

namespace goodsight {

class ChartContent;
class ChartExportButton;

/// One line of a chart's legend.
struct LegendEntry {
    enum class Mark { Line, Dashed, Block };
    QString name;
    ChartTone tone = ChartTone::Brand;
    Mark mark = Mark::Line;
};

/// A card around a chart: its title, its legend, a sentence that says what it means, and its export.
class ChartCard : public QFrame {
    Q_OBJECT
public:
    /// `chart` draws itself as `content`; both are the same object or live as long as the card.
    ChartCard(QWidget* chart, ChartContent& content, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    void setLegend(const QList<LegendEntry>& entries);
    /// One plain sentence under the title; empty: none.
    void setNote(const QString& note);
    /// A widget between note and chart (a slider, a button row).
    void addAbove(QWidget* widget);
    void addBelow(QWidget* widget);

Q_SIGNALS:
    void failed(const goodsight::Error& error);

private:
    class Legend;
    QBoxLayout* m_column;
    QLabel* m_title;
    QLabel* m_note;
    Legend* m_legend;
    QWidget* m_chart;
    ChartExportButton* m_export;
};

} // namespace goodsight
