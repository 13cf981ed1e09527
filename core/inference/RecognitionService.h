#pragma once

#include "core/imaging/ImageDecoder.h"
#include "core/inference/AnswerStep.h"
#include "core/inference/Backend.h"
#include "core/inference/Recognition.h"
#include "core/inference/TestTimeAugmentation.h"
#include "core/labels/Label.h"

#include <QObject>

#include <functional>
#include <memory>

namespace goodsight {

class Recognizer;

/// What the service needs to know to load a model and answer with it.
struct RecognitionConfig {
    QString modelFile; ///< path of a ModelPackage
    QString backend = QStringLiteral("auto");
    int threads = 2;
    double reviewThreshold = 0.5;
    int topCount = 3;
    DecodeLimits limits;
    Augmentation augmentation = Augmentation::Off;
    bool calibrated = true; ///< see RecognizeOptions
};

/// What the status bar shows of a loaded model.
struct LoadedModel {
    QString name;
    QString titleZh;
    QString titleEn;
    QString backend;
    int classes = 0;
    int threads = 0;
    double loadMilliseconds = 0;
    QString fingerprint;                         ///< of the weights
    QList<Label> labels;                         ///< the model's classes, in the order of its logits
    QString file;                                ///< its package
    std::shared_ptr<const ModelPackage> package; ///< without weights
};

/// Long side of the pictures that the service gives for showing: a large photo decoded takes hundreds of
/// megabytes, which the window neither needs nor can draw fast.
inline constexpr int kDisplaySide = 2048;

/// Recognition in the background: owns a QThread on which the model is loaded, warmed up and run.
///
/// All calls come from the thread that this object lives in (the window's) and return at once; all signals
/// arrive there, later than the call that caused them. Every request ends in exactly one of recognized(),
/// failed() or dropped(), unless the service itself is destroyed first: then no more signals come.
///
/// A request with a view goes before those without, except that one without is let through after each, so
/// that live pictures do not starve a queue. What nobody looks at yet (requestAhead()) goes last, and
/// whatever else is asked for interrupts it between two photos or passes.
class RecognitionService : public QObject {
    Q_OBJECT
public:
    /// Identifies one request; never reused.
    using RequestId = quint64;

    /// Loads what a configuration asks for; on the service's thread.
    using RecognizerFactory = std::function<Result<std::unique_ptr<Recognizer>>(const RecognitionConfig&)>;

    explicit RecognitionService(QObject* parent = nullptr);
    /// With another way of loading models, for tests of slow, failing and throwing ones.
    explicit RecognitionService(RecognizerFactory factory, QObject* parent = nullptr);
    /// Drops what waits, lets the running network pass end, joins the thread.
    ~RecognitionService() override;

    /// Loads a model (again), or only takes the new numbers when file and backend are unchanged.
    /// Requests that wait, and those made meanwhile, are answered with it; before the first call they wait.
    /// Ends in modelLoaded() or modelFailed(); a newer call replaces one that has not begun, and one signal
    /// answers both. When loading fails the model loaded before stays; without one, requests fail with the
    /// same error.
    void configure(const RecognitionConfig& config);

    /// Steps that every photo whose network pass has not begun is answered with, whatever the model; they
    /// replace those before. No photo is answered with some of the old and some of the new.
    void setSteps(AnswerSteps steps);

    /// Asks for `photo`. With a `view` (any name, e.g. "main", "camera") a newer request of the same view
    /// supersedes an older one that has not been answered yet; an empty view never supersedes (queues,
    /// background work).
    RequestId request(const PhotoSource& photo, const QString& view = {});
    /// Asks for a file that nobody looks at yet: as request(), but last of all, many in one pass (see
    /// recognizeFiles()), and recognized() brings a null picture. When request() asks for it later, only the
    /// picture is decoded: the last few thousand embeddings are remembered.
    RequestId requestAhead(const QString& file);
    /// When a request has its turn.
    enum class Turn { Soon, Last };
    /// Asks what the steps now make of an answer that was given: as request(), without a network pass, and
    /// recognized() brings a null picture. Where another model is loaded by then, or it has no head of its
    /// own, the answer stays what it was.
    RequestId answerAgain(const Recognition& answer, Turn turn = Turn::Soon);
    /// Drops one request when it has not been answered yet; it ends in dropped().
    void cancel(RequestId id);
    /// Drops everything that waits.
    void cancelAll();

Q_SIGNALS:
    void modelLoaded(const goodsight::LoadedModel& model);
    void modelFailed(const goodsight::Error& error);
    /// `photo` is an upright copy of the picture that was recognised, for showing: at most kDisplaySide
    /// pixels on its long side, whatever the photo has (Recognition::originalSize).
    void recognized(quint64 id, const goodsight::Recognition& recognition, const QImage& photo);
    void failed(quint64 id, const goodsight::Error& error);
    void dropped(quint64 id);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace goodsight

Q_DECLARE_METATYPE(goodsight::LoadedModel)
