#pragma once

#include <QAbstractScrollArea>

namespace goodsight {

class RecognitionController;
class ThumbnailLoader;

/// The queue as a row of thumbnails with a mark for what became of each; a click shows that photo.
/// Only what is visible is loaded.
class FilmStrip : public QAbstractScrollArea {
    Q_OBJECT
public:
    FilmStrip(RecognitionController& controller, ThumbnailLoader& thumbnails, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void updateRange();
    void revealCurrent();
    void retranslate();
    [[nodiscard]] QRect cell(int index) const;

    RecognitionController& m_controller;
    ThumbnailLoader& m_thumbnails;
};

} // namespace goodsight
