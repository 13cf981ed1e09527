#pragma once

#include "ui/charts/ChartView.h"

class QBarCategoryAxis;
class QBarSeries;
class QBarSet;
class QLineSeries;

namespace goodsight {

/// One bin of a reliability diagram.
struct ReliabilityBar {
    double from = 0; ///< confidence, 0..1
    double to = 0;
    int photos = 0;
    double confidence = 0; ///< mean of the photos in it
    double accuracy = 0;   ///< share of them that is right
};

/// How often answers of a confidence are right, before and after temperature: on the diagonal where the model
/// says what it knows. UI thread.
class ReliabilityChart : public ChartView {
    Q_OBJECT
public:
    explicit ReliabilityChart(QWidget* parent = nullptr);

    /// Both with the same bins. Bins without photos have no bar.
    void setBars(const QList<ReliabilityBar>& before, const QList<ReliabilityBar>& after);
    [[nodiscard]] QList<QStringList> table() const override;

protected:
    void restyle() override;
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    QBarCategoryAxis* m_bins;
    QValueAxis* m_x;
    QValueAxis* m_y;
    QBarSeries* m_bars;
    QBarSet* m_beforeSet;
    QBarSet* m_afterSet;
    QLineSeries* m_diagonal;
    QList<ReliabilityBar> m_before;
    QList<ReliabilityBar> m_after;
};

} // namespace goodsight
