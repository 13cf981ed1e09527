#include "core/inference/Recognizer.h"

#include "core/base/Memory.h"
#include "core/inference/EmbeddingCache.h"
#include "core/inference/InferenceText.h"
#include "core/inference/ResNet18Graph.h"
#include "core/inference/TemperatureScaling.h"

#include <QCryptographicHash>
#include <QElapsedTimer>

#include <algorithm>
#include <cmath>
#include <thread>
#include <utility>

namespace goodsight {

namespace {

constexpr std::size_t kInputSize = std::size_t{3} * resnet18::kInputSide * resnet18::kInputSide;

double milliseconds(const QElapsedTimer& timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

Result<DecodedImage> fromPicture(const QImage& picture, const QString& name)
{
    DecodedImage decoded;
    decoded.image = picture.convertToFormat(QImage::Format_RGB888);
    decoded.originalSize = picture.size();
    if (decoded.image.isNull()) {
        return fail(
            "out-of-memory",
            InferenceText::tr("There is not enough memory for the picture “%1”.").arg(quotedName(name)),
            InferenceText::tr("Close other programs, or use a smaller photo."));
    }
    return decoded;
}

Result<DecodedImage> decodeHashed(const QByteArray& bytes, const QString& name, const PreprocessSpec& spec,
                                  const PrepareOptions& options, QString& sha256)
{
    auto decoded = options.exact ? decodeBytes(bytes, name, options.limits)
                                 : decodeReduced(bytes, name, sideForRecognition(spec), options.limits);
    if (decoded && options.hash)
        sha256 = contentHash(bytes);
    return decoded;
}

/// A file is read once: what is hashed is what was decoded, whatever becomes of the file meanwhile.
Result<DecodedImage> decode(const PhotoSource& source, const PreprocessSpec& spec,
                            const PrepareOptions& options, QString& sha256)
{
    if (!source.bytes.isEmpty())
        return decodeHashed(source.bytes, source.path.isEmpty() ? source.name : source.path, spec, options,
                            sha256);
    if (!source.path.isEmpty()) {
        const auto bytes = readPicture(source.path, options.limits);
        if (!bytes)
            return fail(bytes.error());
        return decodeHashed(*bytes, source.path, spec, options, sha256);
    }
    if (!source.image.isNull())
        return fromPicture(source.image, source.name);
    return fail("not-an-image", InferenceText::tr("There is no picture in what was given."),
                InferenceText::tr("Choose a photo, or copy a picture again."));
}

tl::unexpected<Error> badAnswer(const QString& backend)
{
    return fail("backend-failed",
                InferenceText::tr("The engine “%1” gave an answer that makes no sense.").arg(backend),
                InferenceText::tr("Choose another engine, or install the model again."));
}

} // namespace

QString contentHash(const QByteArray& bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

int usableThreads(int threads)
{
    const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    return threads < 1 ? cores : std::min(threads, cores);
}

Result<PreparedPhoto> preparePhoto(const PhotoSource& source, const PreprocessSpec& spec,
                                   const PrepareOptions& options)
{
    QElapsedTimer timer;
    timer.start();
    PreparedPhoto prepared;
    auto decoded = decode(source, spec, options, prepared.sha256);
    if (!decoded)
        return fail(decoded.error());
    prepared.times.decode = milliseconds(timer);
    timer.restart();
    const QImage crop = resizeAndCrop(*decoded, spec);
    prepared.input.resize(static_cast<std::size_t>(spec.crop) * static_cast<std::size_t>(spec.crop) * 3);
    normalise(crop, spec, prepared.input.data());
    prepared.times.preprocess = milliseconds(timer);
    if (options.augmentation != Augmentation::Off) {
        timer.restart();
        prepared.square = viewSquare(*decoded, spec);
        prepared.quality = measureQuality(crop, decoded->originalSize);
        prepared.times.augment = prepared.times.look = milliseconds(timer);
    }
    prepared.originalSize = decoded->originalSize;
    prepared.small = decoded->small();
    if (options.keepPhoto) {
        auto shown = upright(decoded->image, decoded->orientation, source.path);
        if (!shown)
            return fail(shown.error());
        prepared.photo = std::move(*shown);
    }
    return prepared;
}

Result<std::unique_ptr<Recognizer>> Recognizer::open(const QString& modelFile, BackendKind kind, int threads)
{
    auto package = ModelPackage::load(modelFile);
    if (!package)
        return fail(package.error());
    if (!isTemperature(package->temperature)) {
        return fail("bad-model",
                    InferenceText::tr("The model “%1” has a temperature of %2, which cannot be used.")
                        .arg(package->name)
                        .arg(package->temperature),
                    InferenceText::tr("Install or import the model again."));
    }
    auto backend = createBackend(kind, *package, usableThreads(threads));
    if (!backend)
        return fail(backend.error());
    // Replaying golden outputs has warmed the backend up; a model without them still has to be.
    if (package->golden.seeds.empty()) {
        const std::vector<float> zeros(kInputSize);
        if (auto first = (*backend)->run(zeros, 1); !first)
            return fail(first.error());
    }
    return std::make_unique<Recognizer>(std::move(*package), std::move(*backend), threads);
}

Recognizer::Recognizer(ModelPackage package, std::unique_ptr<Backend> backend, int threads)
    : m_package(std::move(package))
    , m_head(m_package)
    , m_backend(std::move(backend))
    , m_threads(usableThreads(threads))
{
    m_package.weights.clear();
    memory::giveBack();
}

void Recognizer::setThreads(int threads)
{
    m_threads = usableThreads(threads);
    m_backend->setThreads(m_threads);
}

Recognition Recognizer::answer(std::span<const float> embedding, std::span<const float> logits,
                               const PreparedPhoto& photo, const RecognizeOptions& options) const
{
    AnswerPipeline pipeline(AnswerDraft(m_package, embedding, logits,
                                        softmax(logits, options.calibrated ? m_package.temperature : 1)));
    for (const auto& step : m_steps)
        pipeline.apply(*step);
    Recognition answer;
    answer.model = m_package.name;
    answer.modelFingerprint = m_package.fingerprint;
    answer.backend = m_backend->name();
    answer.top = pipeline.top(options.topCount);
    answer.unknown = pipeline.draft().unknown;
    answer.needsReview = answer.top.first().confidence < options.reviewThreshold ||
                         (answer.unknown && answer.unknown->unknown());
    answer.small = photo.small;
    answer.originalSize = photo.originalSize;
    answer.sha256 = photo.sha256;
    answer.times = photo.times;
    answer.embedding.assign(embedding.begin(), embedding.end());
    answer.embeddingKey = embeddingKey(options.exact);
    answer.logits.assign(logits.begin(), logits.end());
    return answer;
}

QString Recognizer::embeddingKey(bool exact) const
{
    return m_head.isEmpty() ? QString() : goodsight::embeddingKey(m_package, m_backend->name(), exact);
}

Result<Recognition> Recognizer::recognizeEmbedding(std::span<const float> embedding,
                                                   const PreparedPhoto& known,
                                                   const RecognizeOptions& options) const
{
    if (m_head.isEmpty() || embedding.size() != resnet18::kEmbeddingSize)
        return badAnswer(m_backend->name());
    const std::vector<float> logits = m_head.logits(embedding);
    if (!std::all_of(logits.begin(), logits.end(), [](float v) { return std::isfinite(v); }))
        return badAnswer(m_backend->name());
    return answer(embedding, logits, known, options);
}

Result<Recognition> Recognizer::answerAgain(const Recognition& before, const RecognizeOptions& options) const
{
    PreparedPhoto known;
    known.originalSize = before.originalSize;
    known.sha256 = before.sha256;
    known.small = before.small;
    known.times = before.times;
    auto answer = recognizeEmbedding(before.viewsEmbedding.empty() ? before.embedding : before.viewsEmbedding,
                                     known, options);
    if (!answer)
        return fail(answer.error());
    answer->embedding = before.embedding;
    answer->viewsEmbedding = before.viewsEmbedding;
    answer->views = before.views;
    answer->doubtful = before.doubtful;
    return answer;
}

Result<BackendOutput> Recognizer::run(std::span<const float> input, std::size_t batch)
{
    auto output = m_backend->run(input, static_cast<int>(batch));
    if (!output)
        return fail(output.error());
    const auto classes = static_cast<std::size_t>(m_package.classes.size());
    if (classes == 0 || output->logits.size() != batch * classes ||
        output->embeddings.size() != batch * static_cast<std::size_t>(output->embeddingSize) ||
        !std::all_of(output->logits.begin(), output->logits.end(), [](float v) { return std::isfinite(v); }))
        return badAnswer(m_backend->name());
    return output;
}

Result<void> Recognizer::addViews(const PreparedPhoto& photo, std::span<float> logits,
                                  std::span<float> embedding)
{
    const auto output = run(extraViews(photo.input, photo.square, m_package.preprocessing), kExtraViews);
    if (!output)
        return fail(output.error());
    const auto average = [](std::span<float> sum, std::span<const float> more) {
        for (std::size_t i = 0; i < more.size(); ++i)
            sum[i % sum.size()] += more[i];
        for (float& one : sum)
            one /= kExtraViews + 1;
    };
    average(logits, output->logits);
    average(embedding, output->embeddings);
    return {};
}

Result<std::vector<Recognition>> Recognizer::recognize(std::span<const PreparedPhoto> photos,
                                                       const RecognizeOptions& options)
{
    if (photos.empty())
        return std::vector<Recognition>{};
    std::vector<float> joined;
    std::span<const float> input = photos.front().input;
    if (photos.size() > 1) {
        joined.reserve(photos.size() * kInputSize);
        for (const PreparedPhoto& photo : photos)
            joined.insert(joined.end(), photo.input.begin(), photo.input.end());
        input = joined;
    }
    QElapsedTimer timer;
    timer.start();
    auto output = run(input, photos.size());
    if (!output)
        return fail(output.error());
    const double each = milliseconds(timer) / static_cast<double>(photos.size());

    const std::size_t classes = output->logits.size() / photos.size();
    const std::size_t width = output->embeddings.size() / photos.size();
    std::vector<Recognition> answers;
    answers.reserve(photos.size());
    for (std::size_t i = 0; i < photos.size(); ++i) {
        const std::span<float> logits = std::span(output->logits).subspan(i * classes, classes);
        const std::span<float> embedding = std::span(output->embeddings).subspan(i * width, width);
        std::vector<float> centre(embedding.begin(), embedding.end());
        int views = 1;
        timer.restart();
        // Its margin was found for calibrated probabilities, whether those are shown or not.
        const bool doubtful = options.augmentation != Augmentation::Off && !photos[i].square.isNull() &&
                              isDoubtful(photos[i].quality, softmax(logits, m_package.temperature));
        if (doubtful || (options.augmentation == Augmentation::Always && !photos[i].square.isNull())) {
            if (auto added = addViews(photos[i], logits, embedding); !added)
                return fail(added.error());
            views += kExtraViews;
        }
        const double augment = views > 1 ? milliseconds(timer) : 0;
        Recognition one = answer(embedding, logits, photos[i], options);
        if (views > 1)
            one.viewsEmbedding = std::exchange(one.embedding, std::move(centre));
        one.views = views;
        one.doubtful = doubtful;
        one.times.network = each;
        one.times.augment += augment;
        answers.push_back(std::move(one));
    }
    return answers;
}

Result<Recognition> Recognizer::recognize(const PhotoSource& source, const RecognizeOptions& options)
{
    const auto prepared =
        preparePhoto(source, m_package.preprocessing,
                     {options.limits, options.exact, false, options.hash, options.augmentation});
    if (!prepared)
        return fail(prepared.error());
    auto answers = recognize(std::span(&*prepared, 1), options);
    if (!answers)
        return fail(answers.error());
    return std::move(answers->front());
}

} // namespace goodsight
