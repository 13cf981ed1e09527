#pragma once

#include "ui/evaluation/Evaluation.h"

#include <QWidget>

class QLabel;

namespace goodsight {

class ChartCard;
class EmbeddingMapView;
class KeyButton;
class ThumbnailLoader;

/// The map of embeddings, and whether the newest photos differ from those before.
class MapPanel : public QWidget {
    Q_OBJECT
public:
    explicit MapPanel(ThumbnailLoader& thumbnails, QWidget* parent = nullptr);

    void show(const EvaluationPtr& evaluation);

Q_SIGNALS:
    void failed(const goodsight::Error& error);

private:
    using QWidget::show;
    EmbeddingMapView* m_map;
    ChartCard* m_card;
    QLabel* m_empty;
    KeyButton* m_clear;
    QLabel* m_driftTitle;
    QLabel* m_drift;
};

} // namespace goodsight
