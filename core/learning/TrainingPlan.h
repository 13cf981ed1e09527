#pragma once

#include "core/base/Result.h"
#include "core/imaging/Augmentation.h"

#include <QJsonObject>
#include <QList>

#include <vector>

namespace goodsight {

/// The layers that a stage changes: this one and all that follow it.
enum class TrainedPart { Fc, Layer4, Layer3, All };

enum class OptimiserKind {
    Sgd,   ///< with Nesterov momentum
    Adam,  ///< weight decay as L2 (Kingma and Ba 2015)
    AdamW, ///< decoupled weight decay (Loshchilov and Hutter 2019)
    /// fc alone, in one go: fitLinearHead() on all kept views, the penalty chosen by cross-validation. One
    /// epoch; rates, batches, mixup and the like say nothing.
    Lbfgs,
};

/// How the learning rate goes over the steps of a stage.
enum class ScheduleKind {
    OneCycle, ///< up and down along cosines (Smith and Topin 2019; PyTorch's OneCycleLR)
    Cosine,   ///< down to 0 along a cosine (Loshchilov and Hutter 2017)
    Constant,
};

/// What batch norm does in the layers that a stage trains. The start has none: it is folded.
enum class BatchNormKind {
    Folded, ///< none; a layer that got one in an earlier stage keeps it
    /// Each convolution gets a batch norm that gives what it gave, by the statistics of the first views;
    /// folded again at the end of the run.
    Fresh,
};

/// What the convolutions of a pass that trains compute in; weights, gradients and averages are float32.
enum class PassPrecision {
    Float32,
    Bfloat16, ///< where the processor multiplies bfloat16 itself (cpu::hasBfloat16()), else Float32
};

/// Weights of the parts of the loss; 0 leaves a part out.
struct LossWeights {
    double label = 1;     ///< cross-entropy with the labels
    double teacher = 0;   ///< T^2 KL(teacher || student), softened by `temperature` (Hinton et al. 2015)
    double embedding = 0; ///< 1 - cosine between the projected embedding and the teacher's
    /// KL between what the start's own 1000-class fc reads from the embedding and the teacher's ImageNet
    /// answers: keeps the embedding in the space that the start was made for.
    double imagenet = 0;
    double temperature = 2;

    friend bool operator==(const LossWeights&, const LossWeights&) = default;
};

/// One stage of a run.
struct TrainingStage {
    TrainedPart part = TrainedPart::Layer4;
    OptimiserKind optimiser = OptimiserKind::AdamW;
    double learningRate = 1e-3; ///< largest, of layer4 and fc
    double earlierFactor = 0.3; ///< of the rate for layer3; once more (squared) for the layers before it
    double headFactor = 1;      ///< of the rate for fc
    double weightDecay = 0;     ///< of the weights; biases and batch norm are left alone
    double momentum = 0.9;      ///< of SGD
    ScheduleKind schedule = ScheduleKind::OneCycle;
    double warmup = 0.2; ///< share of the steps in which OneCycle rises
    int epochs = 5;
    int batch = 32;
    /// Views of a photo in one epoch: the kept ones in turn, or new ones.
    int viewsPerEpoch = 1;
    /// New random views in every epoch instead of the kept ones; dearer, since the frozen layers run each
    /// time.
    bool freshViews = false;
    double mirror = 0; ///< share of rows mirrored anew each time, kept activations too
    /// Smallest side of the square that is cut out of what enters layer3 or layer4, another one each time, as
    /// a share of its side: a random crop that costs nothing, where the layers before have run once. 1: none.
    double crop = 1;
    double labelSmoothing = 0.1;
    double mixup = 0; ///< alpha of the Beta distribution (Zhang et al. 2018), on what enters the layers
    double classBalance = 0; ///< 0: photos count the same; 1: classes do; between: by n^-x
    double averageDecay = 0; ///< of the moving average of the weights, which is what is kept; 0: none
    BatchNormKind batchNorm = BatchNormKind::Folded;
    LossWeights loss;

    friend bool operator==(const TrainingStage&, const TrainingStage&) = default;
};

/// A whole recipe: what a run does is this, the start, and the photos.
struct TrainingPlan {
    QString preset;  ///< its name, for people
    QString start;   ///< name or file of the model to start from; empty: chosen by whoever starts the run
    QString teacher; ///< file of a teacher's answers (TeacherAnswers); empty: none
    quint32 seed = 1;
    int threads = 0;                                  ///< 0: all cores. Part of the result's bits
    PassPrecision precision = PassPrecision::Float32; ///< part of the result's bits
    int side =
        224; ///< of the views that are trained on, pixels, a multiple of 32; val is seen at the model's
    int viewsPerPhoto = 2; ///< kept for each photo
    bool plainView = true; ///< the first of them is the plain one
    AugmentationSpec augmentation;
    std::vector<TrainingStage> stages;

    friend bool operator==(const TrainingPlan&, const TrainingPlan&) = default;

    /// "quick", "thorough" or "classic" (layer4 and fc by Adam at 1e-4 in 5 epochs of new views). Error
    /// "unknown-preset".
    [[nodiscard]] static Result<TrainingPlan> fromPreset(const QString& name);
    [[nodiscard]] static QStringList presets();

    /// Reads what toJson() writes. Strict: a key that it does not know, a value of another kind and a number
    /// that makes no sense are Errors "bad-plan" that name the field ("stages[1].learning_rate"). What is
    /// left out has the default above; there must be a stage.
    [[nodiscard]] static Result<TrainingPlan> fromJson(const QJsonObject& json);
    /// The same from a file. Errors: also "not-found", "unreadable".
    [[nodiscard]] static Result<TrainingPlan> fromFile(const QString& path);
    [[nodiscard]] QJsonObject toJson() const;
    /// Learns from the teacher's answers in `file`, too: where no stage does, every stage by steps on kept
    /// views does so as much as from the labels.
    void setTeacher(const QString& file);
    /// Ok when every number makes sense; else "bad-plan".
    [[nodiscard]] Result<void> check() const;

    /// Whether the kept view `view` (from 0) of each photo is the plain one.
    [[nodiscard]] bool isPlain(int view) const { return plainView && view == 0; }
    /// Seed of randomView() for a view of a photo, told by the sha256 of its bytes.
    [[nodiscard]] std::uint64_t viewSeed(const QString& sha256, int view) const;
};

} // namespace goodsight
