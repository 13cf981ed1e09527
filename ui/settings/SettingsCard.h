#pragma once

#include <QFrame>

class QLabel;
class QVBoxLayout;

namespace goodsight {

/// A card of the settings page: a heading, then rows with words at the left and a control at the right.
class SettingsCard : public QFrame {
    Q_OBJECT
public:
    explicit SettingsCard(QWidget* parent = nullptr);

    void setHeading(const QString& text);

    struct Row {
        QLabel* title;
        QLabel* text;
        QLabel* note; ///< hidden while empty
        QWidget* control;
        QFrame* line; ///< above it; null in the first row

        void setVisible(bool visible) const;
        void setTexts(const QString& titleText, const QString& textText) const;
        /// A second line of small print; `faded` where it is out of date.
        void setNote(const QString& noteText, bool faded = false) const;
    };
    /// `control` gets the object name, its note that with "Note" behind it.
    Row addRow(QWidget* control, const QString& objectName);
    [[nodiscard]] QVBoxLayout* column() { return m_column; }

private:
    QVBoxLayout* m_column;
    QLabel* m_heading;
};

} // namespace goodsight
