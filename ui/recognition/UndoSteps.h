#pragma once

#include "core/dataset/DatasetStore.h"
#include "ui/recognition/QueueItem.h"

#include <QObject>

#include <vector>

namespace goodsight {

class PhotoQueue;
class ProjectSession;

/// What the next undo takes back: a skip or a cleared queue of this session, else the newest step of a person
/// in the project's journal, whoever made it and whenever (DatasetStore::undo()). Automatic answers are no
/// steps; one is taken back by its photo. For RecognitionController. UI thread.
class UndoSteps : public QObject {
    Q_OBJECT
public:
    UndoSteps(ProjectSession& project, const PhotoQueue& queue, QObject* parent = nullptr);

    /// An answer of the person was committed.
    void answered();
    void skipped(quint64 serial);
    void cleared(std::vector<QueueItem> items);
    /// Another project: its journal has nothing of this session's.
    void forget();

    /// Says what is taken back by one of the signals. While the journal takes an entry back, a second call
    /// waits: what comes next is known when that is done. An entry of many photos waits for `confirmed`.
    void undo(bool confirmed);
    /// The same for the automatic answer that counts for this photo.
    void undoAutomatic(const QString& sha256);
    /// Does again what undo() took back from the journal last.
    void redo();
    /// Something is there for undo(): cheap, asks the journal's end only.
    [[nodiscard]] bool canUndo() const;
    /// undo() would take back an answer for this photo: cheap, too.
    [[nodiscard]] bool takesBack(qint64 photoId) const;

Q_SIGNALS:
    void skipTakenBack(quint64 serial);
    void clearTakenBack(std::vector<goodsight::QueueItem> items);
    /// The journal took an entry back or did one again; the photo as it is now.
    void journalMoved(const goodsight::PhotoRow& photo);
    /// It could not.
    void failed(const goodsight::Error& error);
    /// undo() would take back something large; ask, then undo(true).
    void wouldTake(const goodsight::EditRow& edit);

private:
    /// A step that is taken back without the journal, or an answer in the journal.
    struct Step {
        enum class Kind { Answer, Skip, Clear } kind;
        quint64 serial = 0;
        std::vector<QueueItem> cleared;
    };

    void takeBack(Step step);
    void onUndone(const Result<PhotoRow>& row, bool ownStep);
    /// Whether the newest step is one that the journal does not know.
    [[nodiscard]] bool endsOutsideJournal() const;
    void tell(const Result<PhotoRow>& row);

    ProjectSession& m_project;
    const PhotoQueue& m_queue;
    std::vector<Step> m_steps; ///< of this session, newest last
    bool m_undoing = false;    ///< the journal takes an entry back
    int m_asked = 0;           ///< meanwhile
};

} // namespace goodsight
