#pragma once

#include <QPushButton>

namespace goodsight {

/// A 44-pixel button that prints its key. Painted by hand from the palette alone: Highlight for the one
/// filled button of a page, an outline for the others.
class CaptureButton : public QPushButton {
    Q_OBJECT
public:
    enum class Look { Filled, Outlined };

    explicit CaptureButton(Look look, QWidget* parent = nullptr);

    /// What is printed as a key cap after the text; empty for none.
    void setKeyName(const QString& name);
    [[nodiscard]] QString keyName() const { return m_keyName; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QFont textFont() const;
    [[nodiscard]] QFont keyFont() const;
    [[nodiscard]] int keyWidth() const;

    Look m_look;
    QString m_keyName;
};

} // namespace goodsight
