#pragma once

#include <QList>
#include <QWidget>

class QAbstractButton;
class QButtonGroup;
class QVBoxLayout;

namespace goodsight {

/// The column of pages at the left. Ctrl+1 … Ctrl+9 choose too.
class NavRail : public QWidget {
    Q_OBJECT
public:
    explicit NavRail(QWidget* parent = nullptr);

    /// Adds an entry; its index is the order of adding. `atBottom`: below the stretch.
    int addEntry(const QString& objectName, const QString& icon, bool atBottom = false);
    void setText(int index, const QString& text);
    void setCurrent(int index);
    [[nodiscard]] int current() const;

Q_SIGNALS:
    void chosen(int index);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QButtonGroup* m_group;
    QVBoxLayout* m_column;
    int m_top = 0;
};

} // namespace goodsight
