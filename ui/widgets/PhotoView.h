#pragma once

#include <QImage>
#include <QWidget>

namespace goodsight {

/// The photo in its panel: fitted, never enlarged past twice its size. A click asks for another one.
class PhotoView : public QWidget {
    Q_OBJECT
public:
    explicit PhotoView(QWidget* parent = nullptr);

    /// Null: an empty panel with `m_waiting` text.
    void setPhoto(const QImage& photo);
    [[nodiscard]] const QImage& photo() const { return m_photo; }
    /// Sentence in the middle while there is no photo ("Recognising…", an error).
    void setMessage(const QString& message, const QString& hint = {});
    /// Lit up while something droppable hovers over the window.
    void setDropTarget(bool on);

Q_SIGNALS:
    void clicked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    QImage m_photo;
    QPixmap m_scaled;
    QString m_message;
    QString m_hint;
    bool m_dropTarget = false;
};

} // namespace goodsight
