#pragma once

#include "core/base/Error.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace goodsight {

/// One sentence that wants attention, with what to do about it and perhaps a button.
class Banner : public QFrame {
    Q_OBJECT
public:
    enum class Look { Info, Warning, Failure };

    explicit Banner(QWidget* parent = nullptr);

    void show(Look look, const QString& text, const QString& hint = {});
    void show(const Error& error);
    /// A button at the end; empty: none.
    void setAction(const QString& text);
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void actionTriggered();

protected:
    void changeEvent(QEvent* event) override;

private:
    using QFrame::show;
    void drawIcon();
    QLabel* m_icon;
    QLabel* m_text;
    QLabel* m_hint;
    QPushButton* m_action;
    Look m_look = Look::Info;
};

} // namespace goodsight
