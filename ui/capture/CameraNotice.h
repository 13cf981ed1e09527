#pragma once

#include <QWidget>

class QLabel;

namespace goodsight {

class CaptureButton;

/// What stands in the card when there is no picture: an icon, a sentence, a hint, and a button to try again.
class CameraNotice : public QWidget {
    Q_OBJECT
public:
    explicit CameraNotice(QWidget* parent = nullptr);

    /// Shows itself with this. `crossedOut`: the camera is missing, rather than on its way. Empty hint: no
    /// line.
    void tell(const QString& sentence, const QString& hint, bool crossedOut, bool canRetry);
    void setRetryText(const QString& text);

Q_SIGNALS:
    void retryClicked();

protected:
    void changeEvent(QEvent* event) override;

private:
    void colorHint();

    QWidget* m_icon = nullptr;
    QLabel* m_sentence = nullptr;
    QLabel* m_hint = nullptr;
    CaptureButton* m_retry = nullptr;
};

} // namespace goodsight
