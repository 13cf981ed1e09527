#pragma once

#include <QWidget>

class QLabel;

namespace goodsight {

class KeyButton;

/// What the page shows before the first photo: a large place to drop one, and the other ways in.
class EmptyState : public QWidget {
    Q_OBJECT
public:
    explicit EmptyState(QWidget* parent = nullptr);

    void setDropTarget(bool on);

Q_SIGNALS:
    void openFiles();
    void openFolder();
    void paste();
    void camera();
    void sample();

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void drawPicture();

    QLabel* m_picture;
    QLabel* m_title;
    QLabel* m_text;
    KeyButton* m_open;
    KeyButton* m_folder;
    KeyButton* m_paste;
    KeyButton* m_camera;
    KeyButton* m_sample;
    bool m_dropTarget = false;
};

} // namespace goodsight
