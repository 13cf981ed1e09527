#pragma once

#include "ui/evaluation/Evaluation.h"

#include <QWidget>

class QFrame;
class QLabel;

namespace goodsight {

class ChartCard;
class ConfusionView;
class MixUpList;
class PhotoStrip;
class ThumbnailLoader;

/// The confusion matrix, the fullest wrong cells beside it, and the photos of the chosen cell below.
class ConfusionPanel : public QWidget {
    Q_OBJECT
public:
    explicit ConfusionPanel(ThumbnailLoader& thumbnails, QWidget* parent = nullptr);

    void show(const EvaluationPtr& evaluation);
    void chooseCell(int truth, int taken);

Q_SIGNALS:
    void openRequested(const QString& file);
    void failed(const goodsight::Error& error);

private:
    using QWidget::show;
    EvaluationPtr m_evaluation;
    QList<int> m_classes; ///< of the rows: classes that occur
    ConfusionView* m_matrix;
    ChartCard* m_card;
    QLabel* m_mixTitle;
    MixUpList* m_mixUps;
    QFrame* m_photosCard;
    QLabel* m_photosTitle;
    PhotoStrip* m_strip;
};

} // namespace goodsight
