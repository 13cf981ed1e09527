#pragma once

#include <QWidget>

#include <initializer_list>

class QAbstractButton;
class QButtonGroup;

namespace goodsight {

/// The buttons in a page's header that choose which of its views is shown. One of them is down.
class ViewTabs : public QWidget {
    Q_OBJECT
public:
    /// A tab for each of `names`, the object names of the buttons. The page gives them texts.
    explicit ViewTabs(std::initializer_list<QLatin1String> names, QWidget* parent = nullptr);

    [[nodiscard]] QAbstractButton& tab(int view) const;
    /// Marks it as shown.
    void setShown(int view);

Q_SIGNALS:
    /// The person wants to see a view.
    void chosen(int view);

private:
    QButtonGroup* m_tabs;
};

} // namespace goodsight
