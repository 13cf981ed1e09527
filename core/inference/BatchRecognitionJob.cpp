#include "core/inference/BatchRecognitionJob.h"

#include "core/inference/Guard.h"
#include "core/inference/InferenceText.h"
#include "core/inference/PhotoReader.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace goodsight {

namespace {

/// A photo for the network, or one that the cache knew.
struct Ready {
    PreparedPhoto photo;
    std::optional<std::vector<float>> embedding;
};
using Prepared = Result<Ready>;
using Answers = std::vector<Result<Recognition>>;

/// Batches that are decoded before the network runs: more balance the threads better, and wait longer.
constexpr qsizetype kBatchesAhead = 2;

/// The work on one list of files.
class Run {
public:
    Run(Recognizer& recognizer, const QStringList& files, const BatchOptions& options,
        const std::function<void(const BatchItem&)>& onItem)
        : m_recognizer(recognizer)
        , m_files(files)
        , m_options(options)
        , m_onItem(onItem)
        , m_reader(files, options.recognize.limits)
        , m_batch(std::max(1, options.batchSize))
        , m_key(options.cache ? recognizer.embeddingKey(options.recognize.exact) : QString())
    {}

    qsizetype all()
    {
        qsizetype size = 1;
        for (qsizetype begin = 0; begin < m_files.size() && !stopped(); begin += size) {
            size = begin == 0 ? 1 : std::min(kBatchesAhead * m_batch, m_files.size() - begin);
            answer(begin, prepare(begin, size));
        }
        return m_failures;
    }

private:
    [[nodiscard]] bool stopped() const { return m_options.stopRequested && m_options.stopRequested(); }

    /// `count` photos from `begin` on; those that were not reached when the work was stopped are empty.
    std::vector<std::optional<Prepared>> prepare(qsizetype begin, qsizetype count)
    {
        std::vector<Result<QByteArray>> read;
        for (qsizetype i = 0; i < count; ++i)
            read.push_back(m_reader.take());
        std::vector<Ready> known = lookUp(read);
        std::vector<std::optional<Prepared>> prepared(static_cast<std::size_t>(count));
        // The team of threads that runs the network, too: one of their own would compete with its spinning.
#pragma omp parallel for schedule(dynamic, 1) num_threads(m_recognizer.threads())
        for (qsizetype i = 0; i < count; ++i) {
            const auto at = static_cast<std::size_t>(i);
            if (!read[at])
                prepared[at] = fail(read[at].error());
            else if (known[at].embedding)
                prepared[at] = std::move(known[at]);
            else if (!stopped())
                prepared[at] = guarded(
                    [&] { return decode(m_files[begin + i], std::move(*read[at]), known[at].photo.sha256); });
        }
        return prepared;
    }

    /// What the cache knows of each photo; its hash in any case, where there is a cache.
    std::vector<Ready> lookUp(const std::vector<Result<QByteArray>>& read)
    {
        std::vector<Ready> known(read.size());
        if (m_key.isEmpty())
            return known;
        const auto count = std::ssize(read);
#pragma omp parallel for schedule(dynamic, 1) num_threads(m_recognizer.threads())
        for (std::ptrdiff_t i = 0; i < count; ++i) {
            const auto at = static_cast<std::size_t>(i);
            if (read[at])
                known[at].photo.sha256 = contentHash(*read[at]);
        }
        // More views need the photo itself.
        if (m_options.recognize.augmentation != Augmentation::Off)
            return known;
        // On one thread: what stands behind the cache may be a database connection.
        for (Ready& one : known)
            one.embedding = m_options.cache->find(one.photo.sha256, m_key);
        return known;
    }

    /// Any thread. `sha256`: the hash, where it is known.
    [[nodiscard]] Prepared decode(const QString& file, QByteArray bytes, const QString& sha256) const
    {
        PhotoSource source;
        source.path = file;
        source.bytes = std::move(bytes);
        const bool hash = m_options.recognize.hash && sha256.isEmpty();
        auto photo = preparePhoto(source, m_recognizer.model().preprocessing,
                                  {m_options.recognize.limits, m_options.recognize.exact, false, hash,
                                   m_options.recognize.augmentation});
        if (!photo)
            return fail(photo.error());
        if (!sha256.isEmpty())
            photo->sha256 = sha256;
        return Ready{std::move(*photo), std::nullopt};
    }

    void answer(qsizetype begin, std::vector<std::optional<Prepared>> prepared)
    {
        const auto count = static_cast<qsizetype>(prepared.size());
        for (qsizetype from = 0; from < count; from += m_batch) {
            if (stopped())
                return;
            const qsizetype to = std::min(from + m_batch, count);
            std::vector<PreparedPhoto> photos;
            for (qsizetype i = from; i < to; ++i) {
                auto& photo = prepared[static_cast<std::size_t>(i)];
                if (photo && *photo && !(*photo)->embedding)
                    photos.push_back(std::move((*photo)->photo));
            }
            Answers answers;
            answers.reserve(photos.size());
            recognize(photos, answers);
            keep(answers);
            auto next = answers.begin();
            for (qsizetype i = from; i < to; ++i) {
                const auto& photo = prepared[static_cast<std::size_t>(i)];
                if (!photo)
                    return;
                Result<Recognition> result = !*photo               ? fail(photo->error())
                                             : (*photo)->embedding ? fromCache(**photo)
                                                                   : std::move(*next++);
                const BatchItem item{begin + i, m_files[begin + i], std::move(result)};
                m_failures += item.result ? 0 : 1;
                m_onItem(item);
            }
        }
    }

    [[nodiscard]] Result<Recognition> fromCache(const Ready& ready) const
    {
        return guarded([&] {
            return m_recognizer.recognizeEmbedding(*ready.embedding, ready.photo, m_options.recognize);
        });
    }

    void keep(const Answers& answers) const
    {
        if (m_key.isEmpty())
            return;
        for (const Result<Recognition>& one : answers) {
            if (one)
                m_options.cache->insert(one->sha256, m_key, one->embedding);
        }
    }

    /// One pass for all that fit the memory; where a pass fails for another reason, one by one, so that a
    /// photo only fails for its own.
    void recognize(std::span<const PreparedPhoto> photos, Answers& answers)
    {
        if (const std::size_t part = m_fits; photos.size() > part) {
            recognize(photos.first(part), answers);
            recognize(photos.subspan(part), answers);
            return;
        }
        auto together = guarded([&] { return m_recognizer.recognize(photos, m_options.recognize); });
        if (together) {
            for (Recognition& one : *together)
                answers.emplace_back(std::move(one));
            return;
        }
        if (photos.size() <= 1) {
            answers.push_back(fail(together.error()));
            return;
        }
        if (together.error().code == u"out-of-memory") {
            m_fits = photos.size() / 2;
            recognize(photos, answers);
            return;
        }
        for (std::size_t i = 0; i < photos.size(); ++i)
            recognize(photos.subspan(i, 1), answers);
    }

    Recognizer& m_recognizer;
    const QStringList& m_files;
    const BatchOptions& m_options;
    const std::function<void(const BatchItem&)>& m_onItem;
    PhotoReader m_reader;
    const qsizetype m_batch;
    const QString m_key; ///< of the cache; empty without one
    std::size_t m_fits =
        std::numeric_limits<std::size_t>::max(); ///< photos of a pass that memory suffices for
    qsizetype m_failures = 0;
};

} // namespace

qsizetype recognizeFiles(Recognizer& recognizer, const QStringList& files, const BatchOptions& options,
                         const std::function<void(const BatchItem&)>& onItem)
{
    return Run(recognizer, files, options, onItem).all();
}

BatchRecognitionJob::BatchRecognitionJob(std::shared_ptr<Recognizer> recognizer, QStringList files,
                                         BatchOptions options, std::function<void(const BatchItem&)> onItem,
                                         std::function<void(const Result<void>&)> onFinished)
    : m_recognizer(std::move(recognizer))
    , m_files(std::move(files))
    , m_options(std::move(options))
    , m_onItem(std::move(onItem))
    , m_onFinished(std::move(onFinished))
{}

QString BatchRecognitionJob::title() const
{
    return InferenceText::tr("Recognising photos");
}

Result<void> BatchRecognitionJob::process(Control& control)
{
    BatchOptions options = m_options;
    options.stopRequested = [&] {
        return control.stopRequested() || (m_options.stopRequested && m_options.stopRequested());
    };
    recognizeFiles(*m_recognizer, m_files, options, [&](const BatchItem& item) {
        m_onItem(item);
        control.progress(item.index + 1, m_files.size(), quotedName(item.file));
    });
    if (options.stopRequested())
        return fail(cancelledError());
    return {};
}

void BatchRecognitionJob::finish(const Result<void>& result)
{
    if (m_onFinished)
        m_onFinished(result);
}

} // namespace goodsight
