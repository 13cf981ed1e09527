#pragma once

#include "core/dataset/DatasetStore.h"
#include "core/inference/RecognitionService.h"
#include "ui/recognition/AnswerPace.h"
#include "ui/recognition/PhotoQueue.h"
#include "ui/recognition/RecognitionAhead.h"
#include "ui/recognition/UndoSteps.h"

#include <QObject>

#include <optional>
#include <vector>

namespace goodsight {

class ProjectSession;

/// The correction loop without a window: a queue of photos, the answer of the model for the current one, and
/// the person's answers on their way into the project. UI thread.
class RecognitionController : public QObject {
    Q_OBJECT
public:
    RecognitionController(RecognitionService& service, ProjectSession& project, QObject* parent = nullptr);
    ~RecognitionController() override;

    /// Adds photos. When nothing in the queue is unfinished, they start a new queue. One photo is shown at
    /// once; many wait behind what is there.
    void addFiles(const QStringList& files, const QString& origin = QStringLiteral("file"));
    /// Adds an encoded picture that has no file; gives its serial.
    quint64 addBytes(const QByteArray& bytes, const QString& suffix, const QString& name,
                     const QString& origin);

    [[nodiscard]] int count() const { return m_queue.count(); }
    [[nodiscard]] int currentIndex() const { return m_queue.current(); }
    [[nodiscard]] const QueueItem* current() const;
    [[nodiscard]] const QueueItem& item(int index) const { return m_queue.at(index); }
    /// The current photo as it was recognised; null until then.
    [[nodiscard]] const QImage& currentPhoto() const { return m_photo; }
    [[nodiscard]] int unfinished() const { return m_queue.unsettled(); }
    /// A photo of the queue is on its way through the network.
    [[nodiscard]] bool isRecognizing() const { return m_queue.isAnyRequested() || m_ahead.isBusy(); }
    /// Milliseconds that the rest of the queue will take at this person's pace; -1 while unknown.
    [[nodiscard]] qint64 remainingMilliseconds() const;

    /// Goes to a photo, as the person wants.
    void setCurrent(int index);
    /// Accepts candidate `rank` (0 first) of the current photo. These three are false when the photo can't be
    /// answered now (none, being saved, unreadable) and nothing happened.
    bool accept(int rank);
    /// Answers with any label; accepted when it is the first candidate, corrected otherwise.
    bool answer(const QString& labelId);
    /// Makes a new product by name and answers with it, in one step.
    bool answerNew(const QString& name);
    void skip();
    /// The AutomaticRule's decision on item `index`, which is recognised and waits: answers it in the
    /// person's stead, or keeps it as an audit, to be written down with the person's answer.
    void answerByRule(int index, const AutomaticNote& note);

    /// Takes the person's newest step back: a skip or a cleared queue of this session, else the newest step
    /// in the project's journal, whoever made it and whenever; automatic answers that came since stay. Where
    /// the photo that is shown was answered by the rule and the person has done nothing since they went there
    /// or brought photos, that answer is taken back instead. An import waits for confirmation:
    /// undoWouldTake() is emitted and nothing happens until undo(true).
    void undo(bool confirmed = false);
    /// Does again what undo() took back from the journal last.
    void redo();
    /// Something is there for undo(): cheap, asks the journal's end only.
    [[nodiscard]] bool canUndo() const { return isAutomaticNext() || m_undo.canUndo(); }
    /// undo() would take back the answer for the current photo: cheap, too.
    [[nodiscard]] bool undoTakesCurrent() const;

    /// Forgets the unfinished rest of the queue; undo() brings it back.
    void clearRest();
    /// Recognises the unanswered photos anew (another model).
    void recognizeAgain();
    /// Asks again what the unanswered photos show, without the network and while the old answers stay on the
    /// screen: something was learnt.
    void answerAgain();
    /// Tries the photos again that failed (their errors are in the language of that time).
    void retryFailed();

    /// Wants the newest camera frame recognised; the answer comes as liveRecognized().
    void recognizeLive(const QImage& frame);

Q_SIGNALS:
    /// Another photo, or another state of the current one.
    void currentChanged();
    void itemChanged(int index);
    /// Photos were added or removed.
    void queueChanged();
    /// The answer for item `index` is committed to the project.
    void saved(int index);
    /// Item `index` has its answer from the network and is shown, or about to be, for the first time.
    void recognized(int index);
    /// Item `index` was answered before it was recognised, and is now.
    void recognizedLate(int index);
    /// The person is done with this photo (saved, skipped or cleared) and it is not shown any more, or it was
    /// the last.
    void left(quint64 serial);
    /// An undo happened; `labelId` is the label that went, empty where it was not about one answer.
    void undone(const QString& labelId);
    /// undo() would take back something large; ask, then undo(true).
    void undoWouldTake(const goodsight::EditRow& edit);
    /// Something that the person should read (saving failed, nothing to undo).
    void noticed(const goodsight::Error& error);
    void liveRecognized(const goodsight::Recognition& recognition);

private:
    quint64 add(std::vector<QueueItem> items);
    void show(int index);
    [[nodiscard]] bool isAutomaticNext() const;
    void startRecognition(int index);
    void prefetch();
    void forgetPictures();
    void advance(quint64 from);
    void setState(int index, ItemState state);
    void answerItemAgain(QueueItem& item);
    void announce(int index);
    void keepLate(int index);
    void onRecognized(quint64 request, const Recognition& recognition, const QImage& photo);
    /// `request` brought no answer: the index of the item that waited for it, -1 where none in the queue did.
    int endedWithout(quint64 request);
    void onFailed(quint64 request, const Error& error);
    void onDropped(quint64 request);
    void onProjectOpened();
    [[nodiscard]] bool canAnswer() const;
    bool store(int index, const QString& labelId, const QString& newName,
               const std::optional<AutomaticNote>& note);
    void onStored(quint64 serial, ItemState before, const Result<PhotoRow>& row);
    void onSkipTakenBack(quint64 serial);
    void onClearTakenBack(std::vector<QueueItem> items);
    void onJournalMoved(const PhotoRow& row);

    RecognitionService& m_service;
    ProjectSession& m_project;
    PhotoQueue m_queue;
    RecognitionAhead m_ahead;
    UndoSteps m_undo;
    bool m_stepped = false; ///< the person's last act was a step that undo() knows, not going to a photo
    bool m_modelReady = false;
    QImage m_photo;
    QImage m_prefetched; ///< photo of the item that is likely to be shown next
    quint64 m_prefetchedSerial = 0;
    quint64 m_liveRequest = 0;
    AnswerPace m_pace;
};

} // namespace goodsight
