#pragma once

#include "core/base/Result.h"
#include "core/dataset/AutomaticNote.h"
#include "core/dataset/ModelRecord.h"
#include "core/dataset/Split.h"
#include "core/dataset/TimedAnswer.h"
#include "core/labels/Label.h"

#include <QDateTime>
#include <QHash>
#include <QList>
#include <QObject>
#include <QSize>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace goodsight {

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

/// A photo to put into a project: a file, or encoded bytes with a suffix. Where both are given the bytes are
/// kept and the path only names them.
struct PhotoData {
    QString path;
    QByteArray bytes;
    QString suffix;       ///< "png", … when bytes hold the photo
    QString source;       ///< "file", "clipboard", "camera", "import", …
    bool inPlace = false; ///< only note where the file at `path` is, copy nothing
    QSize pixels;         ///< upright, where known
    /// Hash of the bytes that were shown, in hexadecimal: where the file holds others by now, nothing is kept
    /// and the error is "photo-changed". Empty: whatever the file holds.
    QString sha256;
};

/// An answer for a photo.
struct Answer {
    PhotoData photo;
    QString labelId;
    /// Where labelId is empty: the label with this name, made together with the answer where there is none,
    /// and taken back together with it.
    QString newLabelName;
    /// PhotoState::Automatic goes with a note that is no audit, and with no other.
    PhotoState state = PhotoState::Accepted;
    std::optional<AutomaticNote> automatic; ///< kept in the same transaction
    ShownPrediction prediction;
    /// What a network made of the photo, kept in the same transaction; empty: nothing is.
    std::vector<float> embedding;
    QString backbone; ///< of `embedding`, as keepEmbeddings() takes it
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
    QString name; ///< the file's name when it came; empty for the clipboard and the camera
};

/// One entry of a project's journal.
struct EditRow {
    qint64 id = 0;
    /// "answer", "automatic" (an answer that was taken without a person), "add", "import", "new-label",
    /// "rename-label", "merge-labels", "undo", "redo"
    QString kind;
    QDateTime at;
    bool undone = false;
    qint64 target = 0; ///< the entry that an "undo" or "redo" was about
    qint64 photos = 0; ///< photos that it changed
    QString sha256;    ///< the photo, where it was one
    QString labelId;   ///< the label, where it was one
};

/// A photo of an import.
struct ImportItem {
    PhotoData photo;
    QString labelName; ///< id, Chinese or English name; a new label where there is none; empty: unseen
};

/// What became of an imported photo.
struct ImportOutcome {
    QString sha256;
    QString labelId;
    bool added = false;    ///< false: the project had these bytes already
    bool labelled = false; ///< false: no label was given, or a person's answer stays
    std::optional<Error> error;
};

/// What a network made of one photo.
struct KeptEmbedding {
    QString sha256;
    std::vector<float> embedding;
};

/// A photo's perceptual hash, as a project keeps it.
struct KeptHash {
    QString sha256;
    std::optional<quint64> hash; ///< nothing: looked at, and nothing to compare
};

/// Which photos a page wants.
struct PhotoQuery {
    QString text;             ///< label or file name contains; empty: all
    QString labelId;          ///< only this label; empty: all
    QList<PhotoState> states; ///< empty: all
    qint64 offset = 0;
    qint64 limit = 200; ///< -1: all, as they were at one moment

    /// All photos that a person or an import gave a label, in one piece, so that none is read twice or missed
    /// while answers come; automatic answers are nobody's.
    [[nodiscard]] static PhotoQuery labelled();
};

/// How many photos each part has.
struct PartCounts {
    qint64 train = 0;
    qint64 val = 0;
    qint64 test = 0;

    [[nodiscard]] qint64& of(Part part)
    {
        return part == Part::Train ? train : part == Part::Val ? val : test;
    }
    friend bool operator==(const PartCounts&, const PartCounts&) = default;
};

/// Numbers of a project.
struct ProjectStats {
    qint64 photos = 0;
    qint64 unseen = 0;
    qint64 accepted = 0;
    qint64 corrected = 0;
    qint64 imported = 0;
    qint64 automatic = 0;
    /// Label id, photos; most first. Of photos that people labelled: those that can be learnt from.
    QList<std::pair<QString, qint64>> perLabel;
    PartCounts parts; ///< of labelled photos that were split; the others have no part yet
    QHash<QString, PartCounts> partsPerLabel; ///< by label id
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
    /// Whether `dir` holds a project, of whatever version.
    [[nodiscard]] static bool exists(const QString& dir);
    ~DatasetStore() override;

    [[nodiscard]] QString dir() const;
    [[nodiscard]] Access access() const;

    /// Keeps the answer: image, annotation, prediction shown and journal entry in one transaction, committed
    /// (and safe from SIGKILL) before `done` is called with the photo's row; changed() follows. Same bytes
    /// again: the same image. Errors: "label-unknown", "label-name-missing", "bad-answer", "known-already"
    /// (an automatic answer for a photo that the project has: what a person did with it would be written
    /// over), the photo's
    /// ("not-found", "unreadable", "empty-file", "too-large", "photo-changed"), "disk-full", "read-only";
    /// then nothing is kept, a new label neither.
    void answerAsync(const Answer& answer, const std::function<void(Result<PhotoRow>)>& done);
    [[nodiscard]] Result<PhotoRow> answer(const Answer& answer);
    /// Adds a photo without a label (camera capture, import of unlabelled folders).
    [[nodiscard]] Result<PhotoRow> addPhoto(const PhotoData& photo);
    void addPhotoAsync(const PhotoData& photo, const std::function<void(Result<PhotoRow>)>& done);

    /// Another label for a photo of the project, as an answer without a prediction. Errors: "photo-unknown",
    /// "label-unknown".
    [[nodiscard]] Result<PhotoRow> label(const QString& sha256, const QString& labelId);

    /// Part of an import; any thread, waits for the writer. `edit` is 0 before the first part and names the
    /// one journal entry of all parts afterwards. A photo's own error is in its outcome; the Result fails
    /// where nothing of this part was kept ("disk-full", "read-only").
    [[nodiscard]] Result<QList<ImportOutcome>> importPhotos(qint64& edit, const QList<ImportItem>& items);

    /// Keeps what a network made of photos (EmbeddingTable reads it); photos that the project lacks are
    /// passed over. No journal entry: it is a cache. Any thread, waits for the writer. Errors: "disk-full",
    /// "read-only".
    [[nodiscard]] Result<void> keepEmbeddings(const QString& backbone,
                                              const QList<KeptEmbedding>& embeddings);
    void keepEmbeddingsAsync(const QString& backbone, const QList<KeptEmbedding>& embeddings,
                             const std::function<void(Result<void>)>& done);

    /// Gives each photo that people labelled and that has no part one (splitStratified()), and leaves all
    /// others where they are; gives how many got which. `groups`: sha256 to the number of the photo's group;
    /// photos that are not in it are in none (SplitJob finds the groups). One transaction, no journal entry.
    /// Any thread, waits for the writer. Errors: "bad-split" (the shares), "disk-full", "read-only".
    [[nodiscard]] Result<PartCounts> split(const SplitOptions& options,
                                           const QHash<QString, qint64>& groups = {});

    /// Keeps what PictureHash made of photos; no journal entry: it is a cache. Any thread, waits for the
    /// writer. Errors: "disk-full", "read-only".
    [[nodiscard]] Result<void> keepHashes(const QList<KeptHash>& hashes);

    /// Writes a trained model down, as a candidate; gives it with its id and time. Any thread, waits for the
    /// writer. Errors: "model-name-taken", "disk-full", "read-only".
    [[nodiscard]] Result<ModelRecord> registerModel(const ModelRecord& model);
    /// Every model of the project, newest first.
    [[nodiscard]] Result<QList<ModelRecord>> models() const;
    /// The newest model with this fingerprint, its parent, and so on, as far as the project knows them.
    [[nodiscard]] Result<QList<ModelRecord>> lineage(const QString& fingerprint) const;
    /// Candidate → shadow or rejected; shadow → promoted or rejected. A promoted model remembers `inUse`, the
    /// one that it replaces. Errors: "model-unknown", "model-stage" (another step), "disk-full", "read-only".
    [[nodiscard]] Result<ModelRecord> moveModel(qint64 id, ModelStage stage, const ModelRef& inUse = {});
    /// One click back: the model that was promoted last becomes rejected; gives the one that it replaced.
    /// Error "nothing-to-take-back".
    [[nodiscard]] Result<ModelRef> takeModelBack();

    /// Keeps what a model in the shadow said of photos beside the one in use, whose fingerprint is `against`.
    /// Passed over: photos that the project lacks, and those that were answered before the model was made,
    /// since it may have learnt from them. Any thread, waits for the writer. Errors: "disk-full",
    /// "read-only".
    [[nodiscard]] Result<void> keepShadow(qint64 model, const QString& against,
                                          const QList<ShadowAnswer>& answers);
    void keepShadowAsync(qint64 model, const QString& against, const QList<ShadowAnswer>& answers,
                         const std::function<void(Result<void>)>& done);
    /// What was kept, newest photo first, with the label that the photo has now. `onlyDiffering`: where the
    /// two named different products. limit -1: all.
    [[nodiscard]] Result<QList<ShadowPhoto>> shadowPhotos(qint64 model, const QString& against,
                                                          bool onlyDiffering = false, qint64 limit = -1,
                                                          qint64 offset = 0) const;

    /// The answers that count, imported ones too, oldest first, `limit` of them after `after` (the last of
    /// the page before; nothing: from the beginning). Automatic ones are nobody's: a prior that learnt from
    /// them would learn what the model says.
    [[nodiscard]] Result<QList<TimedAnswer>> answers(const std::optional<TimedAnswer>& after = std::nullopt,
                                                     qint64 limit = 1000) const;

    /// What has come of the automatic answers by this model, and of their audits, since then.
    [[nodiscard]] Result<AutomaticTally> automaticTally(const QString& modelFingerprint,
                                                        const QDateTime& since) const;
    /// A number of this project's own that stays for ever, for what must not be guessed from a photo alone
    /// (AuditPlan).
    [[nodiscard]] quint64 seed() const;

    /// Takes a person's newest step back that is not undone: the newest journal entry but for automatic
    /// answers, which may have come since and stay. Gives the photo as it is now. Works across restarts. A
    /// photo whose answer is taken back stays in the project, unseen or with the label it had; one that was
    /// only added or imported leaves it (PhotoRow::id is 0 then, and where the entry was not about one photo:
    /// an import, a label). Error "nothing-to-undo".
    [[nodiscard]] Result<PhotoRow> undo();
    void undoAsync(const std::function<void(Result<PhotoRow>)>& done);
    /// Takes the automatic answer back that counts for the photo; it stays in the project, unseen. Error
    /// "nothing-to-undo": none counts.
    [[nodiscard]] Result<PhotoRow> undoAutomatic(const QString& sha256);
    void undoAutomaticAsync(const QString& sha256, const std::function<void(Result<PhotoRow>)>& done);
    [[nodiscard]] bool canUndo() const;
    /// The entry that undo() would take back: what it was and how many photos it changed. Cheap: a few rows
    /// found by key.
    [[nodiscard]] std::optional<EditRow> nextUndo() const;
    /// Does again what undo() or undoAutomatic() took back last, as long as there is nothing new since, an
    /// automatic answer neither. Error "nothing-to-redo".
    [[nodiscard]] Result<PhotoRow> redo();
    void redoAsync(const std::function<void(Result<PhotoRow>)>& done);
    [[nodiscard]] bool canRedo() const;
    /// The journal, newest first.
    [[nodiscard]] Result<QList<EditRow>> history(qint64 limit = 100, qint64 offset = 0) const;

    /// Labels of the project, with stable ids. Adding is a journal entry too.
    [[nodiscard]] QList<Label> labels() const;
    /// Adds labels that the project does not know yet (the model's classes); no journal entry.
    [[nodiscard]] Result<void> ensureLabels(const QList<Label>& labels);
    /// A new product by a name in either language; gives the label with its new stable id, or the one that
    /// has this name already.
    [[nodiscard]] Result<Label> createLabel(const QString& name);
    /// The label with this id, Chinese name, English name or article number; merged ones followed.
    [[nodiscard]] std::optional<Label> findLabel(const QString& name) const;
    /// Other names for a label; its id stays. Errors: "label-unknown", "label-name-missing".
    [[nodiscard]] Result<Label> renameLabel(const QString& id, const QString& zh, const QString& en);
    /// Makes `from` another id of `into`; photos of both are `into`'s. Errors: "label-unknown",
    /// "label-merge-itself".
    [[nodiscard]] Result<Label> mergeLabels(const QString& from, const QString& into);

    [[nodiscard]] Result<QList<PhotoRow>> photos(const PhotoQuery& query) const;
    [[nodiscard]] Result<qint64> count(const PhotoQuery& query) const;
    [[nodiscard]] Result<ProjectStats> stats() const;
    /// The photo of these bytes. Error "photo-unknown".
    [[nodiscard]] Result<PhotoRow> photo(const QString& sha256) const;

Q_SIGNALS:
    /// Something in the project changed (an answer, an undo, a label); pages ask again.
    void changed();
    /// labels() gives something else than before (a label was made, renamed, merged, or that was undone or
    /// done again); just before changed().
    void labelsChanged();

private:
    class Private;
    explicit DatasetStore(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace goodsight
