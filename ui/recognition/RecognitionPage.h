#pragma once

#include <QWidget>

class QBoxLayout;
class QLabel;
class QScrollArea;
class QStackedWidget;
class QTimer;

namespace goodsight {

class Banner;
class CandidateCard;
class CandidateColumn;
class EmptyState;
class FilmStrip;
class KeyButton;
class LabelIndex;
class PhotoIntake;
class PhotoView;
class RecognitionController;
class SearchPanel;
class Settings;
class ThumbnailLoader;
struct Error;
struct QueueItem;

/// The page of the main job: a photo, three candidates, one key.
class RecognitionPage : public QWidget {
    Q_OBJECT
public:
    RecognitionPage(RecognitionController& controller, PhotoIntake& intake, const LabelIndex& labels,
                    Settings& settings, ThumbnailLoader& thumbnails, QWidget* parent = nullptr);

    /// A sentence above the candidates until it is replaced or cleared (empty).
    void notice(const Error& error);
    /// A sentence above everything until the person has read it.
    void warn(const Error& error);

Q_SIGNALS:
    /// The person wants the camera.
    void cameraRequested();
    /// A line for the status bar, e.g. what was saved.
    void said(const QString& text);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void build(QBoxLayout* page);
    void retranslate();
    void refresh();
    void refreshButtons();
    void refreshQueue();
    void setDropTarget(bool on);
    [[nodiscard]] QString answerName(const QueueItem& item) const;
    void leaveSearch();

    RecognitionController& m_controller;
    PhotoIntake& m_intake;
    const LabelIndex& m_labels;
    QLabel* m_title;
    KeyButton* m_undo;
    KeyButton* m_open;
    KeyButton* m_camera;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    QWidget* m_work;
    PhotoView* m_photo;
    CandidateColumn* m_candidates;
    SearchPanel* m_search;
    QScrollArea* m_scroll;
    KeyButton* m_skip;
    KeyButton* m_confirm;
    QWidget* m_queue;
    QLabel* m_position;
    QLabel* m_remaining;
    KeyButton* m_cancelQueue;
    FilmStrip* m_strip;
    Banner* m_intakeBanner;
    /// What the button of m_intakeBanner does.
    enum class BannerAction { CancelWalk, Undo, Close } m_bannerAction = BannerAction::CancelWalk;
};

} // namespace goodsight
