#pragma once

#include "ui/evaluation/Evaluation.h"

#include <QWidget>

#include <array>

class QLabel;

namespace goodsight {

class ChartCard;
class ClassBars;
class MixUpList;
class StatTile;
class ThumbnailLoader;

/// The figures that a manager reads first, the weakest products and what is mixed up most.
class EvaluationOverview : public QWidget {
    Q_OBJECT
public:
    explicit EvaluationOverview(ThumbnailLoader& thumbnails, QWidget* parent = nullptr);

    void show(const Evaluation& evaluation);

Q_SIGNALS:
    void cellChosen(int truth, int taken);
    void failed(const goodsight::Error& error);

private:
    using QWidget::show;
    QLabel* m_headline;
    QLabel* m_data;
    std::array<StatTile*, 4> m_tiles;
    ClassBars* m_worst;
    ChartCard* m_worstCard;
    QLabel* m_mixTitle;
    MixUpList* m_mixUps;
};

} // namespace goodsight
