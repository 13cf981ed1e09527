#pragma once

#include <QPushButton>

namespace goodsight {

/// A push button that prints the key that does the same, as a small badge after its text.
class KeyButton : public QPushButton {
    Q_OBJECT
public:
    explicit KeyButton(QWidget* parent = nullptr);

    /// Text of the badge, e.g. "Enter"; empty: no badge. The caller makes the key work.
    void setKeyHint(const QString& hint);
    [[nodiscard]] QString keyHint() const { return m_hint; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] int badgeWidth() const;
    QString m_hint;
};

} // namespace goodsight
