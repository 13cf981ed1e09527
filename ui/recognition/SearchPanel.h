#pragma once

#include <QFrame>

class QLabel;
class QLineEdit;
class QListWidget;
class QListWidgetItem;

namespace goodsight {

class KeyButton;
class LabelIndex;

/// Finds any product by name, code or pinyin; Enter takes the marked hit. The last row makes a new product.
class SearchPanel : public QFrame {
    Q_OBJECT
public:
    explicit SearchPanel(const LabelIndex& labels, QWidget* parent = nullptr);

    /// Puts the cursor into the field and types `text` there.
    void startTyping(const QString& text = {});
    /// Empties the field and gives the focus back.
    void clear();
    [[nodiscard]] bool searching() const;
    /// Makes a new product of what is typed; with nothing typed, asks for a name.
    void askForName();

Q_SIGNALS:
    void picked(const QString& labelId);
    void newProduct(const QString& name);
    /// The field went from empty to not, or back.
    void searchingChanged(bool searching);
    void dismissed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void refresh();
    void take(QListWidgetItem* item);

    const LabelIndex& m_labels;
    QLabel* m_prompt;
    QLineEdit* m_field;
    KeyButton* m_new;
    QListWidget* m_hits;
    bool m_searching = false;
    bool m_naming = false; ///< the person asked for a new product and types its name
};

} // namespace goodsight
