#include "core/inference/BatchRecognitionJob.h"

#include "core/inference/Guard.h"
#include "core/inference/InferenceText.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <system_error>
#include <thread>
#include <vector>

namespace goodsight {

namespace {

using Prepared = Result<PreparedPhoto>;

/// Prepares `files` on up to `threads` threads, this one among them.
std::vector<Prepared> prepareAll(const QStringList& files, int threads, const PreprocessSpec& spec,
                                 const DecodeLimits& limits)
{
    const auto count = static_cast<std::size_t>(files.size());
    std::vector<std::optional<Prepared>> places(count);
    std::atomic_size_t next = 0;
    const auto work = [&] {
        for (std::size_t i = next++; i < count; i = next++) {
            PhotoSource source;
            source.path = files[static_cast<qsizetype>(i)];
            places[i] = guarded([&] { return preparePhoto(source, spec, limits, false); });
        }
    };
    {
        std::vector<std::jthread> helpers;
        for (std::size_t i = 1; i < std::min(count, static_cast<std::size_t>(threads)); ++i) {
            try {
                helpers.emplace_back(work);
            } catch (const std::system_error&) {
                break; // no more threads to be had: fewer do the same
            }
        }
        work();
    }
    std::vector<Prepared> prepared;
    prepared.reserve(count);
    for (auto& place : places)
        prepared.push_back(std::move(*place));
    return prepared;
}

/// One pass for all; where that fails, one by one, so that a photo only fails for its own reasons.
std::vector<Result<Recognition>> recognizeAll(Recognizer& recognizer,
                                              const std::vector<PreparedPhoto>& photos,
                                              const RecognizeOptions& options)
{
    std::vector<Result<Recognition>> answers;
    answers.reserve(photos.size());
    auto together = guarded([&] { return recognizer.recognize(photos, options); });
    if (together) {
        for (Recognition& answer : *together)
            answers.emplace_back(std::move(answer));
        return answers;
    }
    if (photos.size() == 1)
        return {fail(together.error())};
    for (const PreparedPhoto& photo : photos) {
        auto alone = guarded([&] { return recognizer.recognize(std::span(&photo, 1), options); });
        if (alone)
            answers.emplace_back(std::move(alone->front()));
        else
            answers.push_back(fail(alone.error()));
    }
    return answers;
}

} // namespace

qsizetype recognizeFiles(Recognizer& recognizer, const QStringList& files, const BatchOptions& options,
                         const std::function<void(const BatchItem&)>& onItem)
{
    qsizetype failures = 0;
    qsizetype size = 1;
    for (qsizetype begin = 0; begin < files.size(); begin += size, size = std::max(1, options.batchSize)) {
        if (options.stopRequested && options.stopRequested())
            break;
        const QStringList batch = files.mid(begin, size);
        auto prepared = prepareAll(batch, recognizer.threads(), recognizer.model().preprocessing,
                                   options.recognize.limits);
        std::vector<PreparedPhoto> photos;
        for (Prepared& photo : prepared) {
            if (photo)
                photos.push_back(std::move(*photo));
        }
        auto answers = recognizeAll(recognizer, photos, options.recognize);
        auto next = answers.begin();
        for (qsizetype i = 0; i < batch.size(); ++i) {
            const Prepared& photo = prepared[static_cast<std::size_t>(i)];
            BatchItem item{begin + i, batch[i], photo ? std::move(*next++) : fail(photo.error())};
            failures += item.result ? 0 : 1;
            onItem(item);
        }
    }
    return failures;
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
