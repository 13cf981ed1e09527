#pragma once

#include "core/base/Job.h"
#include "core/inference/EmbeddingCache.h"
#include "core/inference/Recognizer.h"

#include <QStringList>

#include <functional>
#include <memory>

namespace goodsight {

/// How a batch of photos is worked through.
struct BatchOptions {
    RecognizeOptions recognize;
    /// Photos in one pass through the network. 1 gives each photo its own time and uses the least memory.
    int batchSize = 8;
    /// Asked before each photo is decoded, on several threads, and before each pass through the network; true
    /// ends the work. May be empty.
    std::function<bool()> stopRequested;
    /// Where embeddings of photos seen before are found, without decoding them, and new ones are put; their
    /// answers have neither size nor `small`. Only written to where an augmentation may need the photo. May
    /// be null.
    std::shared_ptr<EmbeddingCache> cache;
};

/// The answer, or why there is none, for the file at `index` of the list.
struct BatchItem {
    qsizetype index = 0;
    QString file;
    Result<Recognition> result;
};

/// Recognises `files` and hands each answer to `onItem`, in the list's order, as soon as it is there.
///
/// Files are read ahead by a thread of their own (PhotoReader). Decoding and the network take turns on the
/// same threads, as many as the recognizer uses: on a computer whose cores are busy with either, running both
/// at once would only make them wait for each other. The first batch is one photo, so that something is seen
/// at once. What waits is bounded, whatever the number of files. A photo that fails does not stop the others;
/// a batch that memory does not suffice for is halved, and so are those after it. The thread of `recognizer`;
/// `onItem` runs on it. Returns the number of failed photos.
qsizetype recognizeFiles(Recognizer& recognizer, const QStringList& files, const BatchOptions& options,
                         const std::function<void(const BatchItem&)>& onItem);

/// recognizeFiles() as a Job with progress and Cancel.
class BatchRecognitionJob : public Job {
public:
    /// `onItem` is called on the worker thread; `onFinished` (may be empty) on the starting one.
    BatchRecognitionJob(std::shared_ptr<Recognizer> recognizer, QStringList files, BatchOptions options,
                        std::function<void(const BatchItem&)> onItem,
                        std::function<void(const Result<void>&)> onFinished = {});

    [[nodiscard]] QString title() const override;
    Result<void> process(Control& control) override;
    void finish(const Result<void>& result) override;

private:
    const std::shared_ptr<Recognizer> m_recognizer;
    const QStringList m_files;
    const BatchOptions m_options;
    const std::function<void(const BatchItem&)> m_onItem;
    const std::function<void(const Result<void>&)> m_onFinished;
};

} // namespace goodsight
