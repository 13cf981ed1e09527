#include "core/inference/RecognitionService.h"

#include "core/inference/BatchRecognitionJob.h"
#include "core/inference/EmbeddingCache.h"
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
#include <vector>

namespace goodsight {

namespace {

/// Embeddings that are remembered, 2 KB each.
constexpr std::size_t kRemembered = 4096;
/// Photos of a pass while nobody waits. Few: somebody may want another photo meanwhile.
constexpr int kAheadBatch = 4;
/// Photos of which one look at the line makes a run of passes.
constexpr std::size_t kAheadRun = 256;

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
    std::deque<Request> ahead;  ///< those of a run stay until they are answered
    bool aheadOutdated = false; ///< the run's photos or steps are not those any more that are wanted
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
            aheadOutdated = std::erase_if(ahead, isIt) > 0 || aheadOutdated;
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
            std::vector<Request> run;
            {
                std::unique_lock lock(mutex);
                while (!ending && !pendingConfig && (!configured || (!anybodyWaits() && ahead.empty())))
                    wake.wait(lock);
                if (ending)
                    break;
                config = std::exchange(pendingConfig, std::nullopt);
                if (!config && !anybodyWaits() && !ahead.front().before) {
                    run = filesAhead();
                    aheadOutdated = false;
                } else if (!config) {
                    viewedLast = queued.empty() || (!viewed.empty() && !viewedLast);
                    std::deque<Request>& line = !anybodyWaits() ? ahead : viewedLast ? viewed : queued;
                    request = std::move(line.front());
                    line.pop_front();
                    running = request.id;
                }
            }
            if (config)
                load(*config);
            else if (!run.empty())
                answerAhead(run);
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

    /// Under the mutex.
    [[nodiscard]] bool anybodyWaits() const { return !viewed.empty() || !queued.empty(); }

    /// Under the mutex: the files at the front of the line.
    [[nodiscard]] std::vector<Request> filesAhead() const
    {
        std::vector<Request> run;
        for (const Request& one : ahead) {
            if (one.before || run.size() == kAheadRun)
                break;
            run.push_back(one);
        }
        return run;
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
        deliver(request, std::move(result), photo);
    }

    void deliver(const Request& request, Result<Recognition> result, const QImage& photo)
    {
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

    /// Answers `run` until somebody waits or wants something else; what is left stays in the line.
    void answerAhead(const std::vector<Request>& run)
    {
        const auto ended = [this](const Request& request, Result<Recognition> result) {
            {
                const std::lock_guard lock(mutex);
                if (std::erase_if(ahead, [&](const Request& one) { return one.id == request.id; }) == 0)
                    return;
            }
            deliver(request, std::move(result), {});
        };
        QStringList files;
        for (const Request& one : run)
            files.append(one.photo.path);
        BatchOptions batch;
        batch.recognize = options();
        batch.batchSize = kAheadBatch;
        batch.cache = cache;
        batch.stopRequested = [this] {
            const std::lock_guard lock(mutex);
            return ending || pendingConfig || anybodyWaits() || aheadOutdated;
        };
        const auto done = guarded([&]() -> Result<void> {
            if (!recognizer)
                return fail(loadError);
            recognizer->setSteps(stepsNow());
            recognizeFiles(*recognizer, files, batch, [&](const BatchItem& item) {
                ended(run[static_cast<std::size_t>(item.index)], item.result);
            });
            return {};
        });
        if (!done) {
            for (const Request& one : run)
                ended(one, fail(done.error()));
        }
    }

    [[nodiscard]] RecognizeOptions options() const
    {
        RecognizeOptions options;
        options.topCount = loaded.topCount;
        options.reviewThreshold = loaded.reviewThreshold;
        options.limits = loaded.limits;
        options.augmentation = loaded.augmentation;
        options.calibrated = loaded.calibrated;
        return options;
    }

    Result<Recognition> recognize(const Request& request, QImage& photo)
    {
        if (!recognizer)
            return fail(loadError);
        if (request.before && (request.before->modelFingerprint != recognizer->model().fingerprint ||
                               request.before->embeddingKey.isEmpty()))
            return *request.before;
        const RecognizeOptions options = this->options();
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
        auto answer = recognizePrepared(*prepared, options);
        if (answer)
            photo = displayCopy(std::exchange(prepared->photo, {}));
        return answer;
    }

    Result<Recognition> recognizePrepared(const PreparedPhoto& prepared, const RecognizeOptions& options)
    {
        // More views need the network anyway; a camera's frame never comes again.
        const bool oneView = options.augmentation == Augmentation::Off && !prepared.sha256.isEmpty();
        const QString key = oneView ? recognizer->embeddingKey(options.exact) : QString();
        if (!key.isEmpty()) {
            if (const auto known = cache->find(prepared.sha256, key))
                return recognizer->recognizeEmbedding(*known, prepared, options);
        }
        auto answers = recognizer->recognize(std::span(&prepared, 1), options);
        if (!answers)
            return fail(answers.error());
        Recognition& answer = answers->front();
        if (!key.isEmpty())
            cache->insert(answer.sha256, key, answer.embedding);
        return std::move(answer);
    }

    RecognitionService* const q;
    const RecognizerFactory factory;

    // The service's thread only.
    std::unique_ptr<Recognizer> recognizer;
    const std::shared_ptr<EmbeddingCache> cache = std::make_shared<EmbeddingCache>(kRemembered);
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
    d->aheadOutdated = true;
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

RecognitionService::RequestId RecognitionService::requestAhead(const QString& file)
{
    const RequestId id = ++d->lastId;
    d->alive.insert(id, {});
    PhotoSource photo;
    photo.path = file;
    {
        const std::lock_guard lock(d->mutex);
        d->ahead.push_back({id, photo, {}, {}});
    }
    d->wake.notify_all();
    return id;
}

RecognitionService::RequestId RecognitionService::answerAgain(const Recognition& answer, Turn turn)
{
    const RequestId id = ++d->lastId;
    d->alive.insert(id, {});
    {
        const std::lock_guard lock(d->mutex);
        (turn == Turn::Soon ? d->queued : d->ahead).push_back({id, {}, {}, answer});
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
