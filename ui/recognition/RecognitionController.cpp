#include "ui/recognition/RecognitionController.h"

#include "ui/shell/ProjectSession.h"

#include <QFileInfo>

#include <utility>

namespace goodsight {

namespace {

const QString kLiveView = QStringLiteral("camera");

/// What an answer of the project makes of its photo.
ItemState answeredState(PhotoState state)
{
    return state == PhotoState::Accepted    ? ItemState::Accepted
           : state == PhotoState::Automatic ? ItemState::Automatic
                                            : ItemState::Corrected;
}

} // namespace

RecognitionController::RecognitionController(RecognitionService& service, ProjectSession& project,
                                             QObject* parent)
    : QObject(parent)
    , m_service(service)
    , m_project(project)
    , m_ahead(service, m_queue)
    , m_undo(project, m_queue)
{
    connect(&service, &RecognitionService::recognized, this, &RecognitionController::onRecognized);
    connect(&service, &RecognitionService::failed, this, &RecognitionController::onFailed);
    connect(&service, &RecognitionService::dropped, this, &RecognitionController::onDropped);
    connect(&service, &RecognitionService::modelLoaded, this, [this] { m_modelReady = true; });
    connect(&project, &ProjectSession::opened, this, &RecognitionController::onProjectOpened);
    connect(&m_undo, &UndoSteps::skipTakenBack, this, &RecognitionController::onSkipTakenBack);
    connect(&m_undo, &UndoSteps::clearTakenBack, this, &RecognitionController::onClearTakenBack);
    connect(&m_undo, &UndoSteps::journalMoved, this, &RecognitionController::onJournalMoved);
    connect(&m_undo, &UndoSteps::failed, this, &RecognitionController::noticed);
    connect(&m_undo, &UndoSteps::wouldTake, this, &RecognitionController::undoWouldTake);
}

RecognitionController::~RecognitionController() = default;

void RecognitionController::addFiles(const QStringList& files, const QString& origin)
{
    std::vector<QueueItem> items;
    items.reserve(static_cast<std::size_t>(files.size()));
    for (const QString& file : files) {
        QueueItem item;
        item.source.path = file;
        item.source.name = QFileInfo(file).fileName();
        item.origin = origin;
        item.thumbnailFile = file;
        items.push_back(std::move(item));
    }
    add(std::move(items));
}

quint64 RecognitionController::addBytes(const QByteArray& bytes, const QString& suffix, const QString& name,
                                        const QString& origin)
{
    QueueItem item;
    item.source.bytes = bytes;
    item.source.name = name;
    item.source.suffix = suffix;
    item.origin = origin;
    std::vector<QueueItem> items;
    items.push_back(std::move(item));
    return add(std::move(items));
}

quint64 RecognitionController::add(std::vector<QueueItem> items)
{
    if (items.empty())
        return 0;
    m_stepped = false;
    if (unfinished() == 0) {
        m_queue.removeAllButSaving();
        m_pace.reset();
    }
    const bool single = items.size() == 1;
    for (QueueItem& item : items)
        item.oneOfMany = !single;
    const bool showAtOnce = m_queue.current() < 0 || single;
    const int first = single && m_queue.current() >= 0 ? m_queue.current() + 1 : count();
    m_queue.insert(first, std::move(items));
    const quint64 serial = item(first).serial;
    Q_EMIT queueChanged();
    if (showAtOnce)
        show(first);
    else
        prefetch();
    return serial;
}

const QueueItem* RecognitionController::current() const
{
    return m_queue.current() < 0 ? nullptr : &item(m_queue.current());
}

qint64 RecognitionController::remainingMilliseconds() const
{
    return m_pace.millisecondsFor(unfinished());
}

void RecognitionController::setState(int index, ItemState state)
{
    m_queue.at(index).state = state;
    Q_EMIT itemChanged(index);
    if (index == m_queue.current())
        Q_EMIT currentChanged();
}

void RecognitionController::setCurrent(int index)
{
    m_stepped = false;
    show(index);
}

void RecognitionController::show(int index)
{
    if (index < 0 || index >= count())
        return;
    m_queue.setCurrent(index);
    m_pace.shown();
    const QueueItem& shown = item(index);
    if (m_prefetchedSerial == shown.serial && !m_prefetched.isNull()) {
        m_photo = std::exchange(m_prefetched, {});
    } else {
        m_photo = {};
        // Also for answered photos: the picture itself is shown again.
        if (shown.request == 0 && shown.state != ItemState::Failed)
            startRecognition(index);
    }
    Q_EMIT currentChanged();
    if (!m_photo.isNull())
        prefetch();
}

void RecognitionController::startRecognition(int index)
{
    QueueItem& wanted = m_queue.at(index);
    m_ahead.leave(wanted);
    // Without a view: an answer that comes late still fills its place in the queue.
    wanted.request = m_service.request(wanted.source);
    wanted.error.reset();
    wanted.answerable = true;
    if (wanted.state == ItemState::Waiting || wanted.state == ItemState::Failed)
        setState(index, ItemState::Recognizing);
}

void RecognitionController::prefetch()
{
    if (m_queue.current() < 0)
        return;
    const int next = m_queue.nextUnsettled(m_queue.current());
    if (next >= 0 && next != m_queue.current() && item(next).request == 0 &&
        item(next).state != ItemState::Failed && item(next).serial != m_prefetchedSerial) {
        m_prefetchedSerial = item(next).serial;
        m_prefetched = {};
        startRecognition(next);
    }
    m_ahead.refill();
}

void RecognitionController::forgetPictures()
{
    m_photo = {};
    m_prefetched = {};
    m_prefetchedSerial = 0;
}

void RecognitionController::onRecognized(quint64 request, const Recognition& recognition, const QImage& photo)
{
    if (request == m_liveRequest) {
        m_liveRequest = 0;
        Q_EMIT liveRecognized(recognition);
        return;
    }
    if (const auto ahead = m_ahead.recognized(request, recognition)) {
        if (*ahead >= 0)
            Q_EMIT itemChanged(*ahead);
        return;
    }
    const int index = m_queue.indexOfRequest(request);
    if (index < 0)
        return;
    QueueItem& item = m_queue.at(index);
    item.request = 0;
    // An answered photo keeps the prediction that was shown when it was answered.
    const bool wanted = !item.settled() || !item.recognition;
    if (wanted)
        item.recognition = recognition;
    if (item.thumbnailFile.isEmpty() && item.thumbnail.isNull() && !photo.isNull())
        item.thumbnail = photo.scaled(192, 192, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
    if (photo.isNull()) { // an answer that was asked for again
        if (index == m_queue.current() && m_photo.isNull())
            startRecognition(index);
    } else if (index == m_queue.current()) {
        m_photo = photo;
    } else if (item.serial == m_prefetchedSerial) {
        m_prefetched = photo;
    }
    if (std::exchange(item.outdated, false))
        answerItemAgain(item);
    setState(index, item.state == ItemState::Recognizing ? ItemState::Ready : item.state);
    if (wanted && !photo.isNull())
        announce(index);
    if (item.answered() && !item.embeddingKept)
        keepLate(index);
    prefetch();
}

void RecognitionController::announce(int index)
{
    if (item(index).recognition && !std::exchange(m_queue.at(index).announced, true))
        Q_EMIT recognized(index);
}

void RecognitionController::keepLate(int index)
{
    QueueItem& item = m_queue.at(index);
    item.embeddingKept = true;
    const Recognition& r = *item.recognition;
    if (m_project.writable() && !r.sha256.isEmpty() && !r.embeddingKey.isEmpty()) {
        m_project.store()->keepEmbeddingsAsync(r.embeddingKey, {{r.sha256, r.embedding}},
                                               [this](const Result<void>& kept) {
                                                   if (!kept)
                                                       Q_EMIT noticed(kept.error());
                                               });
    }
    Q_EMIT recognizedLate(index);
}

int RecognitionController::endedWithout(quint64 request)
{
    if (request == m_liveRequest) {
        m_liveRequest = 0;
        return -1;
    }
    if (const auto ahead = m_ahead.failed(request)) {
        if (*ahead >= 0)
            Q_EMIT itemChanged(*ahead);
        return -1;
    }
    const int index = m_queue.indexOfRequest(request);
    if (index >= 0)
        m_queue.at(index).request = 0;
    return index;
}

void RecognitionController::onFailed(quint64 request, const Error& error)
{
    const int index = endedWithout(request);
    if (index < 0)
        return;
    QueueItem& item = m_queue.at(index);
    item.outdated = false;
    item.error = error;
    // Without a model every request fails with the model's error: the photo is not to blame.
    item.answerable = !m_modelReady;
    setState(index, item.settled() ? item.state : ItemState::Failed);
    prefetch();
}

void RecognitionController::onDropped(quint64 request)
{
    const int index = endedWithout(request);
    if (index < 0)
        return;
    QueueItem& item = m_queue.at(index);
    if (item.state == ItemState::Recognizing)
        setState(index, ItemState::Waiting);
}

void RecognitionController::onProjectOpened()
{
    // What was answered lies in the project before; an answer on its way there has lost its callback.
    m_undo.forget();
    for (int index = 0; index < count(); ++index) {
        QueueItem& item = m_queue.at(index);
        item.photoId = 0;
        if (item.state == ItemState::Saving)
            setState(index, item.recognition ? ItemState::Ready : ItemState::Waiting);
    }
    Q_EMIT currentChanged();
}

bool RecognitionController::canAnswer() const
{
    const QueueItem* shown = current();
    return shown && shown->state != ItemState::Saving &&
           (shown->state != ItemState::Failed || shown->answerable);
}

bool RecognitionController::accept(int rank)
{
    if (!canAnswer() || !current()->recognition || rank < 0 || rank >= current()->recognition->top.size())
        return false;
    return store(currentIndex(), current()->recognition->top.at(rank).id, {}, current()->audit);
}

bool RecognitionController::answer(const QString& labelId)
{
    // A slow or missing model is no reason to wait; a photo that can't be read is not worth a label.
    return canAnswer() && !labelId.isEmpty() && store(currentIndex(), labelId, {}, current()->audit);
}

bool RecognitionController::answerNew(const QString& name)
{
    return canAnswer() && !name.trimmed().isEmpty() &&
           store(currentIndex(), {}, name.trimmed(), current()->audit);
}

void RecognitionController::answerByRule(int index, const AutomaticNote& note)
{
    if (note.audit)
        m_queue.at(index).audit = note;
    else
        store(index, note.labelId, {}, note);
}

bool RecognitionController::store(int index, const QString& labelId, const QString& newName,
                                  const std::optional<AutomaticNote>& note)
{
    if (!m_project.writable()) {
        Q_EMIT noticed(m_project.error().value_or(
            Error{QStringLiteral("read-only"),
                  tr("This project is open for reading only; the answer was not saved."),
                  tr("Close the other window, or choose another project in Settings.")}));
        return false;
    }
    QueueItem& item = m_queue.at(index);
    const Answer answer = answerOf(item, labelId, newName, note);
    item.byRule = answer.state == PhotoState::Automatic;
    if (!item.byRule) {
        m_pace.answered();
        m_stepped = true;
    }
    item.newName = newName;
    item.embeddingKept = item.recognition.has_value();
    const ItemState before = item.state;
    const quint64 serial = item.serial;
    setState(index, ItemState::Saving);
    announce(index); // known ahead, and answered before its picture came
    m_project.store()->answerAsync(
        answer, [this, serial, before](const Result<PhotoRow>& row) { onStored(serial, before, row); });
    return true;
}

void RecognitionController::onStored(quint64 serial, ItemState before, const Result<PhotoRow>& row)
{
    const int index = m_queue.indexOfSerial(serial);
    if (!row) {
        if (index >= 0) {
            const bool changed = row.error().code == u"photo-changed";
            if (changed) {
                m_queue.at(index).recognition.reset();
                m_queue.at(index).announced = false;
            }
            setState(index, changed ? ItemState::Waiting : before);
            if (changed)
                startRecognition(index);
        }
        Q_EMIT noticed(row.error());
        return;
    }
    if (row->state != PhotoState::Automatic)
        m_undo.answered();
    if (index < 0)
        return;
    QueueItem& item = m_queue.at(index);
    item.labelId = row->labelId;
    item.photoId = row->id;
    setState(index, answeredState(row->state));
    Q_EMIT saved(index);
    if (item.recognition && !item.embeddingKept)
        keepLate(index);
    advance(serial);
}

void RecognitionController::advance(quint64 from)
{
    const QueueItem* shown = current();
    if (shown && shown->serial == from) {
        const int next = m_queue.nextUnsettled(m_queue.current());
        if (next >= 0)
            show(next);
        else
            Q_EMIT currentChanged();
    }
    Q_EMIT left(from);
}

void RecognitionController::skip()
{
    const QueueItem* shown = current();
    if (!shown || shown->state == ItemState::Saving)
        return;
    const quint64 serial = shown->serial;
    if (!shown->finished()) {
        m_undo.skipped(serial);
        m_stepped = true;
        setState(m_queue.current(), ItemState::Skipped);
    }
    advance(serial);
}

bool RecognitionController::isAutomaticNext() const
{
    const QueueItem* shown = current();
    return shown && shown->state == ItemState::Automatic && shown->photoId != 0 && shown->recognition &&
           !m_stepped;
}

bool RecognitionController::undoTakesCurrent() const
{
    const QueueItem* shown = current();
    return isAutomaticNext() || (shown && shown->answered() && m_undo.takesBack(shown->photoId));
}

void RecognitionController::undo(bool confirmed)
{
    const bool automatic = isAutomaticNext();
    m_stepped = true;
    if (automatic)
        m_undo.undoAutomatic(current()->recognition->sha256);
    else
        m_undo.undo(confirmed);
}

void RecognitionController::redo()
{
    m_stepped = false; // what it brings back, undo takes back again
    m_undo.redo();
}

void RecognitionController::onSkipTakenBack(quint64 serial)
{
    const int index = m_queue.indexOfSerial(serial);
    const bool failed = item(index).error.has_value();
    setState(index, failed                    ? ItemState::Failed
                    : item(index).recognition ? ItemState::Ready
                                              : ItemState::Waiting);
    show(index);
    Q_EMIT undone({});
}

void RecognitionController::onClearTakenBack(std::vector<QueueItem> items)
{
    const int first = count();
    m_queue.insert(first, std::move(items));
    Q_EMIT queueChanged();
    show(first);
    Q_EMIT undone({});
}

void RecognitionController::onJournalMoved(const PhotoRow& row)
{
    if (row.id == 0) { // an import or a label: no photo to go to
        Q_EMIT undone({});
        return;
    }
    QString before;
    if (const int index = m_queue.indexOfPhoto(row.id); index >= 0) {
        QueueItem& item = m_queue.at(index);
        before = std::exchange(item.labelId, row.labelId);
        item.newName.clear();
        setState(index, !row.labelId.isEmpty() ? answeredState(row.state)
                        : item.recognition     ? ItemState::Ready
                                               : ItemState::Waiting);
        show(index);
    } else if (!row.file.isEmpty()) {
        addFiles({row.file}, row.source);
        m_stepped = true; // the undo was the person's last act
        if (const int added = m_queue.current(); added >= 0)
            m_queue.at(added).photoId = row.id;
    }
    Q_EMIT undone(before);
}

void RecognitionController::clearRest()
{
    for (int index = 0; index < count(); ++index) {
        QueueItem& item = m_queue.at(index);
        if (item.settled())
            continue;
        m_ahead.leave(item);
        if (item.request != 0)
            m_service.cancel(std::exchange(item.request, 0));
        if (item.state == ItemState::Recognizing)
            item.state = ItemState::Waiting;
    }
    std::vector<QueueItem> cleared = m_queue.takeUnsettled();
    if (!cleared.empty()) {
        m_undo.cleared(std::move(cleared));
        m_stepped = true;
    }
    forgetPictures();
    Q_EMIT queueChanged();
    if (m_queue.current() >= 0)
        show(m_queue.current());
    else
        Q_EMIT currentChanged();
    Q_EMIT left(0);
}

void RecognitionController::recognizeAgain()
{
    m_ahead.stop();
    for (int index = 0; index < count(); ++index) {
        QueueItem& item = m_queue.at(index);
        if (item.settled() || item.state == ItemState::Waiting)
            continue;
        if (item.request != 0)
            m_service.cancel(std::exchange(item.request, 0));
        item.recognition.reset();
        item.announced = false;
        setState(index, ItemState::Waiting);
    }
    m_prefetched = {};
    m_prefetchedSerial = 0;
    if (current() && current()->state == ItemState::Waiting)
        startRecognition(m_queue.current());
}

void RecognitionController::answerItemAgain(QueueItem& item)
{
    if (!item.settled() && item.recognition && item.request == 0)
        item.request = m_service.answerAgain(*item.recognition);
}

void RecognitionController::answerAgain()
{
    for (int index = 0; index < count(); ++index) {
        QueueItem& item = m_queue.at(index);
        if (index != m_queue.current() && item.serial != m_prefetchedSerial && item.request == 0) {
            m_ahead.answerAgain(item);
            continue;
        }
        item.outdated = item.request != 0;
        answerItemAgain(item);
    }
}

void RecognitionController::retryFailed()
{
    m_ahead.stop();
    for (int index = 0; index < count(); ++index) {
        if (item(index).state == ItemState::Failed)
            startRecognition(index);
    }
}

void RecognitionController::recognizeLive(const QImage& frame)
{
    PhotoSource source;
    source.image = frame;
    m_liveRequest = m_service.request(source, kLiveView);
}

} // namespace goodsight
