#pragma once

#include <QListWidget>

namespace goodsight {

class ThumbnailLoader;

/// Photos side by side, each with a caption; Enter or a double click opens one. Only what is visible is
/// loaded.
class PhotoStrip : public QListWidget {
    Q_OBJECT
public:
    struct Photo {
        QString file;
        QString caption;
    };

    explicit PhotoStrip(ThumbnailLoader& thumbnails, QWidget* parent = nullptr);

    void setPhotos(const QList<Photo>& photos);

Q_SIGNALS:
    void openRequested(const QString& file);
};

} // namespace goodsight
