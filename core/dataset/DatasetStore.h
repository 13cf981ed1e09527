#pragma once

#include "core/base/Result.h"
#include "core/labels/Label.h"

#include <QDateTime>
#include <QList>
#include <QObject>

#include <functional>
#include <memory>

namespace goodsight {

/// What a person did with a photo.
enum class PhotoState { Unseen, Accepted, Corrected, Imported };

/// One candidate that was shown, kept with the answer.
struct ShownCandidate {
    QString labelId;
    double confidence = 0;
};

/// The model's answer as it was shown, kept for later evaluation.
struct ShownPrediction {
    QString model;
    QString modelFingerprint;
    QString backend;
    QList<ShownCandidate> top;
};

/// A photo to put into a project: a file, or encoded bytes with a suffix.
struct PhotoData {
    QString path;
    QByteArray bytes;
    QString suffix; ///< "png", … when bytes hold the photo
    QString source; ///< "file", "clipboard", "camera", "import", …
};

/// A person's answer for a photo.
struct Answer {
    PhotoData photo;
    QString labelId;
    PhotoState state = PhotoState::Accepted;
    ShownPrediction prediction;
};

/// One row of a project's list.
struct PhotoRow {
    qint64 id = 0;
    QString sha256;
    QString file;    ///< absolute path of the picture
    QString labelId; ///< empty while unseen
    PhotoState state = PhotoState::Unseen;
    QString split; ///< "", "train", "val", "test"
    QString source;
    QDateTime capturedAt;
    QDateTime labelledAt;
};

/// Which photos a page wants.
struct PhotoQuery {
    QString text;             ///< label or file name contains; empty: all
    QString labelId;          ///< only this label; empty: all
    QList<PhotoState> states; ///< empty: all
    qint64 offset = 0;
    qint64 limit = 200;
};

/// Numbers of a project.
struct ProjectStats {
    qint64 photos = 0;
    qint64 unseen = 0;
    qint64 accepted = 0;
    qint64 corrected = 0;
    qint64 imported = 0;
    QList<std::pair<QString, qint64>> perLabel; ///< label id, photos; most first
};

/// A project on disk, `<name>.goodsight/`: SQLite (WAL) with one writer connection on a thread of its own,
/// and the photos by content hash below images/.
///
/// Made and used from one thread (the window's, or a test's). The …Async calls return at once and answer on
/// that thread; the others wait for the writer.
class DatasetStore : public QObject {
    Q_OBJECT
public:
    enum class Access { ReadWrite, ReadOnly };
    Q_ENUM(Access)

    /// Opens or creates the project. Errors: "locked" (the message names the holder's process and machine),
    /// "read-only", "disk-full", "newer-version", "bad-project".
    [[nodiscard]] static Result<std::unique_ptr<DatasetStore>> open(const QString& dir,
                                                                    Access access = Access::ReadWrite);
    ~DatasetStore() override;

    [[nodiscard]] QString dir() const;
    [[nodiscard]] Access access() const;

    /// Keeps the answer: image, annotation, prediction shown and journal entry in one transaction, committed
    /// (and safe from SIGKILL) before `done` is called with the photo's row. Same bytes again: the same
    /// image.
    void answerAsync(const Answer& answer, const std::function<void(Result<PhotoRow>)>& done);
    [[nodiscard]] Result<PhotoRow> answer(const Answer& answer);
    /// Adds a photo without a label (camera capture, import of unlabelled folders).
    [[nodiscard]] Result<PhotoRow> addPhoto(const PhotoData& photo);

    /// Takes the newest journal entry back that is not undone; gives the photo as it is now. Works across
    /// restarts. Error "nothing-to-undo".
    [[nodiscard]] Result<PhotoRow> undo();
    void undoAsync(const std::function<void(Result<PhotoRow>)>& done);
    [[nodiscard]] bool canUndo() const;

    /// Labels of the project, with stable ids. Adding is a journal entry too.
    [[nodiscard]] QList<Label> labels() const;
    /// Adds labels that the project does not know yet (the model's classes); no journal entry.
    [[nodiscard]] Result<void> ensureLabels(const QList<Label>& labels);
    /// A new product by a name in either language; gives the label with its new stable id.
    [[nodiscard]] Result<Label> createLabel(const QString& name);

    [[nodiscard]] Result<QList<PhotoRow>> photos(const PhotoQuery& query) const;
    [[nodiscard]] Result<qint64> count(const PhotoQuery& query) const;
    [[nodiscard]] Result<ProjectStats> stats() const;

Q_SIGNALS:
    /// Something in the project changed (an answer, an undo, a label); pages ask again.
    void changed();

private:
    class Private;
    explicit DatasetStore(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace goodsight
