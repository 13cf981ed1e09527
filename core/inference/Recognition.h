#pragma once

#include "core/base/Result.h"

#include <QImage>
#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>
#include <vector>

namespace goodsight {

/// How far one step after the head moved a candidate.
struct CandidateMove {
    QString step;      ///< AnswerStep::name()
    int from = 0;      ///< place before, from 1 on; 0 where the step brought the product in
    int to = 0;        ///< place after
    double change = 0; ///< of its probability, -1..1
    QString reason;    ///< for a person, translated; may be empty
};

/// Change of a probability from which on a person is told of it: half a point.
inline constexpr double kWorthTelling = 0.005;

/// One product that the photo may show.
struct Candidate {
    QString id; ///< stable label id
    QString zh;
    QString en;
    double confidence = 0; ///< softmax after temperature and all steps, 0..1
    /// The same before the steps; 0 for a product that the model does not know.
    double plainConfidence = 0;
    /// Of the steps that moved its place or its probability (by kWorthTelling), or say why they did not, in
    /// their order.
    QList<CandidateMove> moves;
};

/// How far the prior changed its probability, -1..1.
[[nodiscard]] double priorChange(const Candidate& candidate);

/// What an open-set score says of a photo.
struct UnknownVerdict {
    double score = 0;     ///< how surely it shows one of the products; more is surer
    double threshold = 0; ///< below it the photo counts as unknown
    [[nodiscard]] bool unknown() const { return score < threshold; }
};

/// Where the time of one photo went, milliseconds.
struct RecognitionTimes {
    double decode = 0;
    double preprocess = 0;
    double network = 0;
    /// Looking whether the photo needs more views, making them and running them; 0 where nobody asked for
    /// any.
    double augment = 0;
    double look = 0; ///< of augment: looking whether it needs more, which Auto does with every photo
};

/// The answer for one photo: a plain value.
struct Recognition {
    QString model;            ///< name of the model that answered
    QString modelFingerprint; ///< of its weights
    QString backend;          ///< name of the backend that ran
    QList<Candidate> top;     ///< best first
    bool needsReview = false; ///< first candidate below the review threshold, or unknown
    /// Whether the photo shows none of the products; empty where no step judges it.
    std::optional<UnknownVerdict> unknown;
    bool small = false; ///< the photo is smaller than comfortable
    QSize originalSize; ///< pixels of the photo, upright
    /// Of the encoded bytes that were decoded, in lower-case hexadecimal; empty where the photo was a picture
    /// that never was a file (a camera frame).
    QString sha256;
    RecognitionTimes times;
    int views = 1; ///< views of the photo that the answer is the mean of
    /// Whether isDoubtful() said so; false where no augmentation was asked for.
    bool doubtful = false;
    std::vector<float> embedding; ///< 512 numbers, of the centre alone
    /// The mean over the views, where there were several; empty otherwise.
    std::vector<float> viewsEmbedding;
    /// Of `embedding`: what it depends on besides the photo (embeddingKey()); empty where it cannot be kept.
    QString embeddingKey;
    std::vector<float> logits; ///< one per class, before temperature; the mean over the views
};

/// Where a photo comes from: a file, or bytes or a picture that never was one.
struct PhotoSource {
    QString path; ///< file to read; empty when bytes or image hold the photo, or the file `bytes` came from
    QByteArray bytes; ///< encoded picture (pasted, dragged from a browser, read already)
    QString suffix;   ///< file name suffix of `bytes`, "png", "jpg"
    QImage image;     ///< decoded picture (camera frame, clipboard)
    QString name;     ///< what messages call it when path is empty
};

} // namespace goodsight

Q_DECLARE_METATYPE(goodsight::Recognition)
