#pragma once

#include <QStyledItemDelegate>

namespace goodsight {

class LabelIndex;
class PhotoListModel;
class ThumbnailLoader;

/// Draws one photo of the gallery: thumbnail, product, a mark for how its label came.
class PhotoDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    PhotoDelegate(const PhotoListModel& model, const LabelIndex& labels, ThumbnailLoader& thumbnails,
                  QObject* parent = nullptr);

    static constexpr QSize kCell{150, 184};
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const PhotoListModel& m_model;
    const LabelIndex& m_labels;
    ThumbnailLoader& m_thumbnails;
};

/// The translated word for a state: "Confirmed", "Corrected", …
[[nodiscard]] QString photoStateText(int state);

} // namespace goodsight
