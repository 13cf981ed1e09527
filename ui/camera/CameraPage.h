#pragma once

#include <QWidget>

class QLabel;
class QTimer;

namespace goodsight {

class Banner;
class CameraView;
class CandidateColumn;
class KeyButton;
class RecognitionController;
class Settings;

/// The camera with what it sees recognised as it moves. Space takes the picture into the queue and the
/// project.
class CameraPage : public QWidget {
    Q_OBJECT
public:
    CameraPage(RecognitionController& controller, Settings& settings, QWidget* parent = nullptr);

    /// The live view, for tests.
    [[nodiscard]] CameraView& view() { return *m_view; }

Q_SIGNALS:
    void leaveRequested();
    /// A picture was taken and is the queue's current photo now; `bytes` is what the project should keep.
    void captured(const QByteArray& bytes, const QString& suffix, quint64 serial);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void retranslate();
    void take(const QImage& frame);

    RecognitionController& m_controller;
    CameraView* m_view;
    CandidateColumn* m_live;
    QLabel* m_title;
    QLabel* m_hint;
    KeyButton* m_back;
    QTimer* m_again;
};

} // namespace goodsight
