#pragma once

#include <QAbstractButton>

namespace goodsight {

/// One recipe to choose: its name, what it does, how long it takes. Exclusive with its siblings.
class PresetCard : public QAbstractButton {
    Q_OBJECT
public:
    explicit PresetCard(const QString& preset, QWidget* parent = nullptr);

    [[nodiscard]] const QString& preset() const { return m_preset; }
    /// Text of the estimate ("about 3 min"); empty: none.
    void setEstimate(const QString& text);
    [[nodiscard]] QSize sizeHint() const override { return {320, 84}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, 84}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    QString m_preset;
    QString m_estimate;
};

} // namespace goodsight
