#pragma once

#include "core/dataset/ModelRecord.h"

#include <QListWidget>

namespace goodsight {

class ThumbnailLoader;

/// Photos of which two models say different things: what the old one said, the new one, and the person. A
/// click or Enter opens one. Only the thumbnails that are visible are loaded.
class DifferenceList : public QListWidget {
    Q_OBJECT
public:
    /// One photo with its names for people.
    struct Difference {
        QString file;
        QString oldName;
        double oldConfidence = 0;
        QString newName;
        double newConfidence = 0;
        QString answer; ///< the person's; empty: none yet
        bool oldRight = false;
        bool newRight = false;
    };

    explicit DifferenceList(ThumbnailLoader& thumbnails, QWidget* parent = nullptr);

    /// `compared`: photos were compared at all, so that none differs where there are none to show.
    void show(const QList<Difference>& differences, bool compared);

Q_SIGNALS:
    void openRequested(const QString& file);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    using QWidget::show;

    bool m_compared = false;
};

} // namespace goodsight
