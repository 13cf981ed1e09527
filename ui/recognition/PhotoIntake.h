#pragma once

#include "core/base/JobRunner.h"

#include <QObject>
#include <QStringList>

class QMimeData;
class QWidget;

namespace goodsight {

class RecognitionController;

/// Every way by which photos come in, except the camera: files, folders, the clipboard, a drop, the samples.
/// Folders are walked and pictures without a file encoded on worker threads. UI thread.
class PhotoIntake : public QObject {
    Q_OBJECT
public:
    explicit PhotoIntake(RecognitionController& controller, QObject* parent = nullptr);

    /// True when `data` holds something that take() can use.
    [[nodiscard]] static bool canTake(const QMimeData* data);
    /// Takes files, folders or a picture out of a drop or the clipboard.
    void take(const QMimeData* data, const QString& origin);
    void takePaths(const QStringList& paths, const QString& origin);
    void paste();
    void chooseFiles(QWidget* parent);
    void chooseFolder(QWidget* parent);
    /// Adds the pictures that come with the program.
    void takeSamples();

    [[nodiscard]] bool busy() const { return m_jobs.busy(); }
    void cancel() { m_jobs.cancelAll(); }

Q_SIGNALS:
    /// A folder is being walked; `found` photos so far.
    void walking(qint64 found);
    void walked();
    /// Nothing usable, with the reason.
    void refused(const goodsight::Error& error);

private:
    void refuseData();

    RecognitionController& m_controller;
    JobRunner m_jobs;     ///< walks through folders
    JobRunner m_encoding; ///< of pasted pictures
    QString m_lastDir;
};

} // namespace goodsight
