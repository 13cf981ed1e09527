#pragma once

#include <QFrame>

class QLabel;

namespace goodsight {

/// One figure large, with what it is and what it means in plain words.
class StatTile : public QFrame {
    Q_OBJECT
public:
    explicit StatTile(QWidget* parent = nullptr);

    void setTexts(const QString& figure, const QString& title, const QString& meaning);

private:
    QLabel* m_figure;
    QLabel* m_title;
    QLabel* m_meaning;
};

} // namespace goodsight
