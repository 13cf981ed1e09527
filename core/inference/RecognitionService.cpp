#include "core/inference/RecognitionService.h"

#include "core/inference/Guard.h"
#include "core/inference/Recognizer.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QHash>
#include <QThread>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace goodsight {

namespace {

struct Request {
    RecognitionService::RequestId id = 0;
    PhotoSource photo;
    QString view;
    std::optional<Recognition> before; ///< the answer that is asked for again; there is no photo then
};

Result<std::unique_ptr<Recognizer>> openModel(const RecognitionConfig& config)
{
    const auto kind = backendKindFromName(config.backend);
    if (!kind)
        return fail(kind.error());
    return Recognizer::open(config.modelFile, *kind, config.threads);
}

/// A copy within kDisplaySide; small pictures as they are.
QImage displayCopy(const QImage& photo)
{
    const QSize size =
        photo.size().scaled(kDisplaySide, kDisplaySide, Qt::KeepAspectRatio).expandedTo({1, 1});
    if (photo.width() <= size.width() && photo.height() <= size.height())
        return photo;
    // Smooth scaling widens the pixels of its whole source to four bytes: a huge photo is thinned out first.
    const QSize enough = size * 3;
    const bool huge = photo.width() > enough.width() && photo.height() > enough.height();
    const QImage source = huge ? photo.scaled(enough, Qt::IgnoreAspectRatio, Qt::FastTransformation) : photo;
    return source.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

/// What tells that a model file is another one than before.
struct FileState {
    QString path;
    QDateTime modified;
    qint64 size = 0;

    explicit FileState(const QString& file = {})
        : path(file)
        , modified(QFileInfo(file).lastModified())
        , size(QFileInfo(file).size())
    {}
    friend bool operator==(const FileState&, const FileState&) = default;
};

} // namespace

class RecognitionService::Private {
public:
    Private(RecognitionService* service, RecognizerFactory loader)
        : q(service)
        , factory(std::move(loader))
    {}

    // Owner's thread: the requests that have not had their signal, with their views. It alone decides whether
    // a result that arrives is still wanted, so each request ends exactly once.
    QHash<RequestId, QString> alive;
    QHash<QString, RequestId> newest;
    RequestId lastId = 0;

    // Both threads, under the mutex.
    std::mutex mutex;
    std::condition_variable wake;
    std::deque<Request> viewed;
    std::deque<Request> queued;
    std::optional<RecognitionConfig> pendingConfig;
    AnswerSteps steps;
    RequestId running = 0; ///< set back to 0 when somebody dropped it
    bool ending = false;

    std::unique_ptr<QThread> thread;

    /// Owner's thread. Ends `id` with dropped(), if it has not ended yet.
    void drop(RequestId id)
    {
        const auto found = alive.constFind(id);
        if (found == alive.cend())
            return;
        if (newest.value(*found) == id)
            newest.remove(*found);
        alive.erase(found);
        {
            const std::lock_guard lock(mutex);
            const auto isIt = [id](const Request& request) { return request.id == id; };
            std::erase_if(viewed, isIt);
            std::erase_if(queued, isIt);
            if (running == id)
                running = 0;
        }
        post([this, id] { Q_EMIT q->dropped(id); });
    }

    /// The loop of the service's thread.
    void work()
    {
        bool viewedLast = false;
        for (;;) {
            std::optional<RecognitionConfig> config;
            Request request;
            {
                std::unique_lock lock(mutex);
                while (!ending && !pendingConfig && (!configured || (viewed.empty() && queued.empty())))
                    wake.wait(lock);
                if (ending)
                    break;
                config = std::exchange(pendingConfig, std::nullopt);
                if (!config) {
                    viewedLast = queued.empty() || (!viewed.empty() && !viewedLast);
                    std::deque<Request>& line = viewedLast ? viewed : queued;
                    request = std::move(line.front());
                    line.pop_front();
                    running = request.id;
                }
            }
            if (config)
                load(*config);
            else
                answer(request);
        }
        // The engine goes where it was used. The mutex shows a thread sanitizer that it has gone; QThread's
        // own end of a thread cannot be seen.
        recognizer.reset();
        const std::lock_guard lock(mutex);
        running = 0;
    }

private:
    template <typename Function>
    void post(Function function)
    {
        QMetaObject::invokeMethod(q, std::move(function), Qt::QueuedConnection);
    }

    [[nodiscard]] bool stillWanted(RequestId id)
    {
        const std::lock_guard lock(mutex);
        return running == id && !ending;
    }

    [[nodiscard]] AnswerSteps stepsNow()
    {
        const std::lock_guard lock(mutex);
        return steps;
    }

    void load(const RecognitionConfig& config)
    {
        QElapsedTimer timer;
        timer.start();
        const FileState state(config.modelFile);
        configured = true;
        if (recognizer && state == loadedFile && config.backend == loaded.backend) {
            if (config.threads != loaded.threads)
                recognizer->setThreads(config.threads);
        } else {
            auto made = guarded([&] { return factory(config); });
            if (!made) {
                loadError = made.error();
                post([this, error = made.error()] { Q_EMIT q->modelFailed(error); });
                return;
            }
            recognizer = std::move(*made);
            loadedFile = state;
            loadMilliseconds = static_cast<double>(timer.nsecsElapsed()) / 1e6;
        }
        loaded = config;
        const ModelPackage& model = recognizer->model();
        QList<Label> labels;
        for (const ModelClass& one : model.classes)
            labels.append({one.id, one.zh, one.en, {}});
        const LoadedModel shown{model.name,
                                model.titleZh,
                                model.titleEn,
                                recognizer->backendName(),
                                static_cast<int>(model.classes.size()),
                                recognizer->threads(),
                                loadMilliseconds,
                                model.fingerprint,
                                labels,
                                config.modelFile,
                                std::make_shared<const ModelPackage>(model)};
        post([this, shown] { Q_EMIT q->modelLoaded(shown); });
    }

    void answer(const Request& request)
    {
        QImage photo;
        auto result = guarded([&] { return recognize(request, photo); });
        {
            const std::lock_guard lock(mutex);
            if (std::exchange(running, 0) != request.id)
                return;
        }
        post([this, id = request.id, view = request.view, result = std::move(result), photo] {
            if (!alive.remove(id))
                return;
            if (newest.value(view) == id)
                newest.remove(view);
            if (result)
                Q_EMIT q->recognized(id, *result, photo);
            else
                Q_EMIT q->failed(id, result.error());
        });
    }

    Result<Recognition> recognize(const Request& request, QImage& photo)
    {
        if (!recognizer)
            return fail(loadError);
        if (request.before && (request.before->modelFingerprint != recognizer->model().fingerprint ||
                               request.before->embeddingKey.isEmpty()))
            return *request.before;
        RecognizeOptions options;
        options.topCount = loaded.topCount;
        options.reviewThreshold = loaded.reviewThreshold;
        options.limits = loaded.limits;
        options.augmentation = loaded.augmentation;
        options.calibrated = loaded.calibrated;
        if (request.before) {
            recognizer->setSteps(stepsNow());
            return recognizer->answerAgain(*request.before, options);
        }
        auto prepared = preparePhoto(request.photo, recognizer->model().preprocessing,
                                     {options.limits, false, true, true, options.augmentation});
        if (!prepared)
            return fail(prepared.error());
        // Decoding a large photo takes longer than a person needs to choose another one.
        if (!stillWanted(request.id))
            return fail("cancelled", {});
        recognizer->setSteps(stepsNow());
        auto answers = recognizer->recognize(std::span(&*prepared, 1), options);
        if (!answers)
            return fail(answers.error());
        photo = displayCopy(std::exchange(prepared->photo, {}));
        return std::move(answers->front());
    }

    RecognitionService* const q;
    const RecognizerFactory factory;

    // The service's thread only.
    std::unique_ptr<Recognizer> recognizer;
    RecognitionConfig loaded;
    FileState loadedFile;
    Error loadError;
    double loadMilliseconds = 0;
    bool configured = false;
};

RecognitionService::RecognitionService(QObject* parent)
    : RecognitionService(openModel, parent)
{}

RecognitionService::RecognitionService(RecognizerFactory factory, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(factory)))
{
    d->thread.reset(QThread::create([this] { d->work(); }));
    d->thread->setObjectName(QStringLiteral("goodsight-recognition"));
    d->thread->start();
}

RecognitionService::~RecognitionService()
{
    {
        const std::lock_guard lock(d->mutex);
        d->ending = true;
    }
    d->wake.notify_all();
    d->thread->wait();
    const std::lock_guard lock(d->mutex);
}

void RecognitionService::configure(const RecognitionConfig& config)
{
    {
        const std::lock_guard lock(d->mutex);
        d->pendingConfig = config;
    }
    d->wake.notify_all();
}

void RecognitionService::setSteps(AnswerSteps steps)
{
    const std::lock_guard lock(d->mutex);
    d->steps.swap(steps);
}

RecognitionService::RequestId RecognitionService::request(const PhotoSource& photo, const QString& view)
{
    const RequestId id = ++d->lastId;
    if (!view.isEmpty()) {
        if (const RequestId older = d->newest.value(view))
            d->drop(older);
        d->newest.insert(view, id);
    }
    d->alive.insert(id, view);
    {
        const std::lock_guard lock(d->mutex);
        (view.isEmpty() ? d->queued : d->viewed).push_back({id, photo, view, {}});
    }
    d->wake.notify_all();
    return id;
}

RecognitionService::RequestId RecognitionService::answerAgain(const Recognition& answer)
{
    const RequestId id = ++d->lastId;
    d->alive.insert(id, {});
    {
        const std::lock_guard lock(d->mutex);
        d->queued.push_back({id, {}, {}, answer});
    }
    d->wake.notify_all();
    return id;
}

void RecognitionService::cancel(RequestId id)
{
    d->drop(id);
}

void RecognitionService::cancelAll()
{
    QList<RequestId> ids = d->alive.keys();
    std::sort(ids.begin(), ids.end());
    for (const RequestId id : ids)
        d->drop(id);
}

} // namespace goodsight
