#pragma once

#include <QImage>
#include <QVariantAnimation>
#include <QWidget>

namespace goodsight {

/// The card that shows the camera's picture: fitted, aspect kept, rounded corners, at the screen's own
/// resolution. Colours: Midlight around the picture, Base where there is none, Mid for the hairline.
class LivePicture : public QWidget {
    Q_OBJECT
public:
    explicit LivePicture(QWidget* parent = nullptr);

    /// Shown from the next repaint on; a null image empties the card.
    void setImage(const QImage& image);
    [[nodiscard]] const QImage& image() const { return m_image; }
    /// A short line over the lower left corner of the picture, with a dot before it; empty for none.
    void setCaption(const QString& caption);
    [[nodiscard]] QString caption() const { return m_caption; }
    /// Where the picture lies in the widget, in device-independent pixels; empty without a picture.
    [[nodiscard]] QRectF pictureRect() const;
    /// A short white blink: the picture was taken.
    void flash();

    [[nodiscard]] QSize sizeHint() const override { return {640, 480}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintCaption(QPainter& painter) const;

    QImage m_image;
    QString m_caption;
    QVariantAnimation m_flash;
};

} // namespace goodsight
