#pragma once

#include "ui/evaluation/Evaluation.h"

#include <QListWidget>

namespace goodsight {

/// The pairs of products that are mixed up most, fullest first; Enter or a click shows their photos.
class MixUpList : public QListWidget {
    Q_OBJECT
public:
    explicit MixUpList(QWidget* parent = nullptr);

    void show(const Evaluation& evaluation, int count);

Q_SIGNALS:
    void cellChosen(int truth, int taken);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    using QWidget::show;
};

} // namespace goodsight
