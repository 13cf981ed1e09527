#pragma once

#include "core/imaging/ImageDecoder.h"
#include "core/inference/AnswerStep.h"
#include "core/inference/Backend.h"
#include "core/inference/Head.h"
#include "core/inference/Recognition.h"
#include "core/inference/TestTimeAugmentation.h"
#include "core/model/ModelPackage.h"

#include <memory>
#include <span>
#include <vector>

namespace goodsight {

/// What may differ from photo to photo with one loaded model.
struct RecognizeOptions {
    int topCount = 3;             ///< candidates wanted; clamped to the model's classes
    double reviewThreshold = 0.5; ///< below it the first candidate asks for a person, 0..1
    DecodeLimits limits;
    bool exact = false; ///< see PrepareOptions
    bool hash = true;   ///< give the photo's sha256
    Augmentation augmentation = Augmentation::Off;
    bool calibrated = true; ///< softmax with the model's temperature; otherwise with 1
};

/// How preparePhoto() works.
struct PrepareOptions {
    DecodeLimits limits;
    /// Every pixel of the file is decoded and turned upright before anything is made smaller: the bytes are
    /// torchvision's. Otherwise a large JPEG is decoded at a fraction of its size and turned last, which
    /// gives the same answers several times faster.
    bool exact = false;
    bool keepPhoto = false; ///< keep a picture for showing
    bool hash = true;       ///< compute sha256
    /// Other than Off: keep what more views are cut from, and measure quality.
    Augmentation augmentation = Augmentation::Off;
};

/// A photo made ready for the network.
struct PreparedPhoto {
    QImage photo;             ///< upright RGB picture, perhaps smaller than the photo; null when not kept
    QSize originalSize;       ///< pixels of the photo, upright
    QString sha256;           ///< of the encoded bytes, hexadecimal; empty for a picture
    bool small = false;       ///< smaller than comfortable
    std::vector<float> input; ///< 3 x 224 x 224 floats, NCHW, normalised
    QImage square;            ///< viewSquare(); null where no views were asked for
    ImageQuality quality;     ///< measured where views were asked for
    RecognitionTimes times;   ///< decode, preprocess, and the beginning of augment
};

/// Decodes `source`, resizes, crops and normalises it. Any thread, many at once. Errors: the decoder's;
/// "not-an-image" when `source` holds nothing.
[[nodiscard]] Result<PreparedPhoto> preparePhoto(const PhotoSource& source, const PreprocessSpec& spec,
                                                 const PrepareOptions& options);

/// SHA-256 of a photo's bytes in lower-case hexadecimal: its name wherever it is kept.
[[nodiscard]] QString contentHash(const QByteArray& bytes);

/// One loaded model and the backend that runs it: photos in, answers out. One thread at a time.
class Recognizer {
public:
    /// Loads `modelFile`, makes the backend (checked against the golden outputs) and warms it up.
    /// Errors: ModelPackage::load's, createBackend's, "bad-model".
    [[nodiscard]] static Result<std::unique_ptr<Recognizer>> open(const QString& modelFile, BackendKind kind,
                                                                  int threads);

    /// Takes a model and a backend made for it. The weights are let go: the backend has its own.
    Recognizer(ModelPackage package, std::unique_ptr<Backend> backend, int threads);

    /// The model, without its weights.
    [[nodiscard]] const ModelPackage& model() const { return m_package; }
    [[nodiscard]] QString backendName() const { return m_backend->name(); }
    /// Threads in use, 1..cores.
    [[nodiscard]] int threads() const { return m_threads; }
    void setThreads(int threads);
    /// What happens to every answer from now on between the head and the person; none: nothing.
    void setSteps(AnswerSteps steps) { m_steps = std::move(steps); }

    /// Answers for `photos`, in their order, in one pass through the network; each gets an equal share of its
    /// time. With an augmentation, photos that were prepared with one are looked at again in their other
    /// views, and logits (so embeddings, too: the head is linear) are averaged. Errors: the backend's;
    /// "backend-failed" when a logit is not finite.
    [[nodiscard]] Result<std::vector<Recognition>> recognize(std::span<const PreparedPhoto> photos,
                                                             const RecognizeOptions& options);
    /// The answer for a photo whose embedding is known; `known` carries what else is (hash, size, times). One
    /// view.
    /// Errors: "backend-failed" where the model has no head or the embedding does not fit.
    [[nodiscard]] Result<Recognition> recognizeEmbedding(std::span<const float> embedding,
                                                         const PreparedPhoto& known,
                                                         const RecognizeOptions& options) const;
    /// What the steps and `options` now make of `before`, an answer of this model (with its views, where it
    /// was the mean of some). Errors: recognizeEmbedding()'s.
    [[nodiscard]] Result<Recognition> answerAgain(const Recognition& before,
                                                  const RecognizeOptions& options) const;
    /// Key of this model's embeddings in an EmbeddingCache; empty where they cannot be kept.
    [[nodiscard]] QString embeddingKey(bool exact) const;
    /// preparePhoto() and a batch of one.
    [[nodiscard]] Result<Recognition> recognize(const PhotoSource& source, const RecognizeOptions& options);

private:
    [[nodiscard]] Result<BackendOutput> run(std::span<const float> input, std::size_t batch);
    [[nodiscard]] Result<void> addViews(const PreparedPhoto& photo, std::span<float> logits,
                                        std::span<float> embedding);
    [[nodiscard]] Recognition answer(std::span<const float> embedding, std::span<const float> logits,
                                     const PreparedPhoto& photo, const RecognizeOptions& options) const;

    ModelPackage m_package;
    Head m_head;
    std::unique_ptr<Backend> m_backend;
    AnswerSteps m_steps;
    int m_threads = 1;
};

/// `threads` clamped to 1..cores of this machine; 0 and below mean all cores.
[[nodiscard]] int usableThreads(int threads);

} // namespace goodsight
