#include "ui/recognition/RecognitionController.h"

#include "ui/shell/ProjectSession.h"

#include <QFileInfo>

#include <algorithm>

namespace goodsight {

namespace {

const QString kLiveView = QStringLiteral("camera");

/// A pause longer than this is the person's coffee, not the pace of the work.
constexpr qint64 kLongestAnswerMilliseconds = 60'000;

} // namespace

RecognitionController::RecognitionController(RecognitionService& service, ProjectSession& project,
                                             QObject* parent)
    : QObject(parent)
    , m_service(service)
    , m_project(project)
{
    connect(&service, &RecognitionService::recognized, this, &RecognitionController::onRecognized);
    connect(&service, &RecognitionService::failed, this, &RecognitionController::onFailed);
    connect(&service, &RecognitionService::dropped, this, &RecognitionController::onDropped);
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

void RecognitionController::addBytes(const QByteArray& bytes, const QString& suffix, const QString& name,
                                     const QString& origin)
{
    QueueItem item;
    item.source.bytes = bytes;
    item.source.name = name;
    item.source.suffix = suffix;
    item.origin = origin;
    std::vector<QueueItem> items;
    items.push_back(std::move(item));
    add(std::move(items));
}

void RecognitionController::add(std::vector<QueueItem> items)
{
    if (items.empty())
        return;
    for (QueueItem& item : items)
        item.serial = m_nextSerial++;
    if (unfinished() == 0) {
        const bool saving = std::any_of(m_items.begin(), m_items.end(), [](const QueueItem& item) {
            return item.state == ItemState::Saving;
        });
        if (!saving)
            m_items.clear();
        m_current = -1;
        m_answers = 0;
        m_answerTime = 0;
    }
    const bool showAtOnce = m_current < 0 || items.size() == 1;
    const auto where = items.size() == 1 && m_current >= 0 ? m_items.begin() + m_current + 1 : m_items.end();
    const int first = static_cast<int>(where - m_items.begin());
    m_items.insert(where, std::make_move_iterator(items.begin()), std::make_move_iterator(items.end()));
    Q_EMIT queueChanged();
    if (showAtOnce)
        setCurrent(first);
    else
        prefetch();
}

const QueueItem* RecognitionController::current() const
{
    return m_current < 0 ? nullptr : &item(m_current);
}

int RecognitionController::unfinished() const
{
    return static_cast<int>(std::count_if(m_items.begin(), m_items.end(), [](const QueueItem& item) {
        return !item.finished() && item.state != ItemState::Saving;
    }));
}

qint64 RecognitionController::remainingMilliseconds() const
{
    return m_answers < 2 ? -1 : m_answerTime / m_answers * unfinished();
}

int RecognitionController::indexOfRequest(quint64 request) const
{
    const auto found = std::find_if(m_items.begin(), m_items.end(),
                                    [&](const QueueItem& item) { return item.request == request; });
    return found == m_items.end() ? -1 : static_cast<int>(found - m_items.begin());
}

int RecognitionController::indexOfSerial(quint64 serial) const
{
    const auto found = std::find_if(m_items.begin(), m_items.end(),
                                    [&](const QueueItem& item) { return item.serial == serial; });
    return found == m_items.end() ? -1 : static_cast<int>(found - m_items.begin());
}

int RecognitionController::nextUnfinished(int after) const
{
    for (int step = 1; step <= count(); ++step) {
        const int index = (after + step) % count();
        const QueueItem& candidate = item(index);
        if (!candidate.finished() && candidate.state != ItemState::Saving)
            return index;
    }
    return -1;
}

void RecognitionController::setState(int index, ItemState state)
{
    m_items[static_cast<std::size_t>(index)].state = state;
    Q_EMIT itemChanged(index);
    if (index == m_current)
        Q_EMIT currentChanged();
}

void RecognitionController::setCurrent(int index)
{
    if (index < 0 || index >= count())
        return;
    m_current = index;
    m_pace.start();
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
    QueueItem& wanted = m_items[static_cast<std::size_t>(index)];
    // Without a view: an answer that comes late still fills its place in the queue.
    wanted.request = m_service.request(wanted.source);
    wanted.error.reset();
    if (wanted.state == ItemState::Waiting || wanted.state == ItemState::Failed)
        setState(index, ItemState::Recognizing);
}

void RecognitionController::prefetch()
{
    if (m_current < 0)
        return;
    const int next = nextUnfinished(m_current);
    if (next < 0 || next == m_current || item(next).request != 0 || item(next).serial == m_prefetchedSerial)
        return;
    m_prefetchedSerial = item(next).serial;
    m_prefetched = {};
    startRecognition(next);
}

void RecognitionController::onRecognized(quint64 request, const Recognition& recognition, const QImage& photo)
{
    if (request == m_liveRequest) {
        m_liveRequest = 0;
        Q_EMIT liveRecognized(recognition);
        return;
    }
    const int index = indexOfRequest(request);
    if (index < 0)
        return;
    QueueItem& item = m_items[static_cast<std::size_t>(index)];
    item.request = 0;
    item.recognition = recognition;
    if (item.thumbnailFile.isEmpty() && item.thumbnail.isNull())
        item.thumbnail = photo.scaled(192, 192, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
    if (index == m_current)
        m_photo = photo;
    else if (item.serial == m_prefetchedSerial)
        m_prefetched = photo;
    setState(index, item.state == ItemState::Recognizing ? ItemState::Ready : item.state);
    prefetch();
}

void RecognitionController::onFailed(quint64 request, const Error& error)
{
    if (request == m_liveRequest) {
        m_liveRequest = 0;
        return;
    }
    const int index = indexOfRequest(request);
    if (index < 0)
        return;
    QueueItem& item = m_items[static_cast<std::size_t>(index)];
    item.request = 0;
    item.error = error;
    setState(index, item.finished() ? item.state : ItemState::Failed);
    prefetch();
}

void RecognitionController::onDropped(quint64 request)
{
    if (request == m_liveRequest) {
        m_liveRequest = 0;
        return;
    }
    const int index = indexOfRequest(request);
    if (index < 0)
        return;
    QueueItem& item = m_items[static_cast<std::size_t>(index)];
    item.request = 0;
    if (item.state == ItemState::Recognizing)
        setState(index, ItemState::Waiting);
}

void RecognitionController::accept(int rank)
{
    const QueueItem* shown = current();
    if (shown && shown->recognition && shown->state != ItemState::Saving && rank >= 0 &&
        rank < shown->recognition->top.size())
        store(m_current, shown->recognition->top.at(rank).id);
}

void RecognitionController::answer(const QString& labelId)
{
    const QueueItem* shown = current();
    // A photo that can't be read is not worth a label; a slow or missing model is no reason to wait.
    if (shown && !labelId.isEmpty() && shown->state != ItemState::Saving && shown->state != ItemState::Failed)
        store(m_current, labelId);
}

void RecognitionController::answerNew(const QString& name)
{
    if (!current() || name.trimmed().isEmpty())
        return;
    if (!m_project.writable()) {
        answer(QStringLiteral("-"));
        return;
    }
    const Result<Label> label = m_project.store()->createLabel(name.trimmed());
    if (label)
        answer(label->id);
    else
        Q_EMIT noticed(label.error());
}

void RecognitionController::store(int index, const QString& labelId)
{
    if (!m_project.writable()) {
        Q_EMIT noticed(m_project.error().value_or(
            Error{QStringLiteral("read-only"),
                  tr("This project is open for reading only; the answer was not saved."),
                  tr("Close the other window, or choose another project in Settings.")}));
        return;
    }
    const QueueItem& item = m_items[static_cast<std::size_t>(index)];
    Answer answer;
    answer.photo.path = item.source.path;
    answer.photo.bytes = item.source.bytes;
    answer.photo.suffix = item.source.suffix;
    answer.photo.source = item.origin;
    answer.labelId = labelId;
    bool first = false;
    if (item.recognition) {
        const Recognition& r = *item.recognition;
        first = !r.top.isEmpty() && r.top.first().id == labelId;
        answer.prediction.model = r.model;
        answer.prediction.modelFingerprint = r.modelFingerprint;
        answer.prediction.backend = r.backend;
        for (const Candidate& candidate : r.top)
            answer.prediction.top.append({candidate.id, candidate.confidence});
    }
    const ItemState answered = first ? ItemState::Accepted : ItemState::Corrected;
    answer.state = first ? PhotoState::Accepted : PhotoState::Corrected;
    if (m_pace.isValid()) {
        m_answerTime += std::min(m_pace.elapsed(), kLongestAnswerMilliseconds);
        ++m_answers;
    }
    const quint64 serial = item.serial;
    setState(index, ItemState::Saving);
    m_project.store()->answerAsync(answer, [this, serial, labelId, answered](const Result<PhotoRow>& row) {
        onStored(serial, labelId, answered, row);
    });
}

void RecognitionController::onStored(quint64 serial, const QString& labelId, ItemState answered,
                                     const Result<PhotoRow>& row)
{
    const int index = indexOfSerial(serial);
    if (!row) {
        if (index >= 0)
            setState(index, item(index).recognition ? ItemState::Ready : ItemState::Failed);
        Q_EMIT noticed(row.error());
        return;
    }
    if (index < 0)
        return;
    QueueItem& item = m_items[static_cast<std::size_t>(index)];
    item.labelId = labelId;
    item.photoId = row->id;
    setState(index, answered);
    Q_EMIT saved(index);
    if (index == m_current)
        advance();
}

void RecognitionController::advance()
{
    const int next = nextUnfinished(m_current);
    if (next >= 0)
        setCurrent(next);
    else
        Q_EMIT currentChanged();
}

void RecognitionController::skip()
{
    const QueueItem* shown = current();
    if (!shown || shown->state == ItemState::Saving)
        return;
    if (!shown->finished())
        setState(m_current, ItemState::Skipped);
    advance();
}

void RecognitionController::undo()
{
    if (!m_project.writable())
        return;
    m_project.store()->undoAsync([this](const Result<PhotoRow>& row) { onUndone(row); });
}

void RecognitionController::onUndone(const Result<PhotoRow>& row)
{
    if (!row) {
        Q_EMIT noticed(row.error());
        return;
    }
    if (row->id == 0) { // an import or a label was taken back: no photo to go to
        Q_EMIT undone({});
        return;
    }
    const auto found = std::find_if(m_items.begin(), m_items.end(),
                                    [&](const QueueItem& item) { return item.photoId == row->id; });
    QString before;
    if (found != m_items.end()) {
        before = std::exchange(found->labelId, {});
        found->state = found->recognition ? ItemState::Ready : ItemState::Waiting;
        const int index = static_cast<int>(found - m_items.begin());
        Q_EMIT itemChanged(index);
        setCurrent(index);
    } else if (!row->file.isEmpty()) {
        addFiles({row->file}, row->source);
    }
    Q_EMIT undone(before);
}

void RecognitionController::clearRest()
{
    for (const QueueItem& item : m_items) {
        if (item.request != 0)
            m_service.cancel(item.request);
    }
    std::erase_if(m_items,
                  [](const QueueItem& item) { return !item.finished() && item.state != ItemState::Saving; });
    m_current = m_items.empty() ? -1 : count() - 1;
    m_photo = {};
    m_prefetched = {};
    m_prefetchedSerial = 0;
    Q_EMIT queueChanged();
    if (m_current >= 0)
        setCurrent(m_current);
    else
        Q_EMIT currentChanged();
}

void RecognitionController::recognizeAgain()
{
    for (int index = 0; index < count(); ++index) {
        QueueItem& item = m_items[static_cast<std::size_t>(index)];
        if (item.finished() || item.state == ItemState::Saving || item.state == ItemState::Waiting)
            continue;
        if (item.request != 0)
            m_service.cancel(std::exchange(item.request, 0));
        item.recognition.reset();
        setState(index, ItemState::Waiting);
    }
    m_prefetched = {};
    m_prefetchedSerial = 0;
    if (m_current >= 0 && item(m_current).state == ItemState::Waiting)
        startRecognition(m_current);
}

void RecognitionController::recognizeLive(const QImage& frame)
{
    PhotoSource source;
    source.image = frame;
    m_liveRequest = m_service.request(source, kLiveView);
}

} // namespace goodsight
