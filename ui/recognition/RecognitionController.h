#pragma once

#include "core/dataset/DatasetStore.h"
#include "core/inference/RecognitionService.h"

#include <QElapsedTimer>
#include <QObject>

#include <optional>
#include <vector>

namespace goodsight {

class ProjectSession;

/// What has become of one photo of the queue.
enum class ItemState { Waiting, Recognizing, Ready, Failed, Saving, Accepted, Corrected, Skipped };

/// One photo of the queue.
struct QueueItem {
    PhotoSource source;
    QString origin; ///< "file", "clipboard", "camera", "sample": kept with the answer
    ItemState state = ItemState::Waiting;
    std::optional<Recognition> recognition;
    std::optional<Error> error; ///< why it could not be recognised or saved
    QString labelId;            ///< the person's answer
    QString thumbnailFile;      ///< file that a thumbnail can be made of; empty: use `thumbnail`
    QImage thumbnail;
    qint64 photoId = 0;  ///< in the project, once saved
    quint64 serial = 0;  ///< identity of the item, whatever its index becomes
    quint64 request = 0; ///< running recognition; 0: none

    [[nodiscard]] bool answered() const
    {
        return state == ItemState::Accepted || state == ItemState::Corrected;
    }
    [[nodiscard]] bool finished() const { return answered() || state == ItemState::Skipped; }
};

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
    void addBytes(const QByteArray& bytes, const QString& suffix, const QString& name, const QString& origin);

    [[nodiscard]] int count() const { return static_cast<int>(m_items.size()); }
    [[nodiscard]] int currentIndex() const { return m_current; }
    [[nodiscard]] const QueueItem* current() const;
    [[nodiscard]] const QueueItem& item(int index) const { return m_items[static_cast<std::size_t>(index)]; }
    /// The current photo as it was recognised; null until then.
    [[nodiscard]] const QImage& currentPhoto() const { return m_photo; }
    [[nodiscard]] int unfinished() const;
    /// Milliseconds that the rest of the queue will take at this person's pace; -1 while unknown.
    [[nodiscard]] qint64 remainingMilliseconds() const;

    void setCurrent(int index);
    /// Accepts candidate `rank` (0 first) of the current photo.
    void accept(int rank);
    /// Answers with any label; accepted when it is the first candidate, corrected otherwise.
    void answer(const QString& labelId);
    /// Makes a new product by name and answers with it.
    void answerNew(const QString& name);
    void skip();
    /// Takes the last answer back and shows its photo again.
    void undo();
    /// Forgets the unfinished rest of the queue.
    void clearRest();
    /// Recognises the unanswered photos anew (another model).
    void recognizeAgain();

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
    void undone(const QString& labelId);
    /// Something that the person should read (saving failed, nothing to undo).
    void noticed(const goodsight::Error& error);
    void liveRecognized(const goodsight::Recognition& recognition);

private:
    void add(std::vector<QueueItem> items);
    void startRecognition(int index);
    void prefetch();
    void advance();
    [[nodiscard]] int nextUnfinished(int after) const;
    [[nodiscard]] int indexOfRequest(quint64 request) const;
    [[nodiscard]] int indexOfSerial(quint64 serial) const;
    void setState(int index, ItemState state);
    void onRecognized(quint64 request, const Recognition& recognition, const QImage& photo);
    void onFailed(quint64 request, const Error& error);
    void onDropped(quint64 request);
    void store(int index, const QString& labelId);
    void onStored(quint64 serial, const QString& labelId, ItemState answered, const Result<PhotoRow>& row);
    void onUndone(const Result<PhotoRow>& row);

    RecognitionService& m_service;
    ProjectSession& m_project;
    std::vector<QueueItem> m_items;
    quint64 m_nextSerial = 1;
    int m_current = -1;
    QImage m_photo;
    QImage m_prefetched; ///< photo of the item that is likely to be shown next
    quint64 m_prefetchedSerial = 0;
    quint64 m_liveRequest = 0;
    QElapsedTimer m_pace;
    qint64 m_answerTime = 0;
    int m_answers = 0;
};

} // namespace goodsight
