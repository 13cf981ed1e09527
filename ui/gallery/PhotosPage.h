#pragma once

#include <QWidget>

class QButtonGroup;
class QLabel;
class QLineEdit;
class QListView;
class QTimer;

namespace goodsight {

class Banner;
class KeyButton;
class LabelIndex;
class PhotoListModel;
class ProjectSession;
class ThumbnailLoader;

/// Everything that the project holds, with how it was labelled. Enter opens a photo to answer it anew.
class PhotosPage : public QWidget {
    Q_OBJECT
public:
    PhotosPage(ProjectSession& project, const LabelIndex& labels, ThumbnailLoader& thumbnails,
               QWidget* parent = nullptr);

Q_SIGNALS:
    /// The person wants to see and answer this file again.
    void openRequested(const QString& file);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void retranslate();
    /// Reads the project again.
    void refresh();
    /// The grid, or why it is empty.
    void showList();
    void openCurrent();

    ProjectSession& m_project;
    PhotoListModel* m_model;
    QLabel* m_title;
    QLineEdit* m_field;
    QButtonGroup* m_filters;
    QListView* m_grid;
    QLabel* m_empty;
    KeyButton* m_open;
    Banner* m_banner;
    QTimer* m_later;
};

} // namespace goodsight
