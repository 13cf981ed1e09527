#pragma once

#include "core/base/Result.h"

#include <QImage>
#include <QList>
#include <QMetaType>
#include <QString>

#include <vector>

namespace goodsight {

/// One product that the photo may show.
struct Candidate {
    QString id; ///< stable label id
    QString zh;
    QString en;
    double confidence = 0; ///< softmax after temperature, 0..1
};

/// Where the time of one photo went, milliseconds.
struct RecognitionTimes {
    double decode = 0;
    double preprocess = 0;
    double network = 0;
};

/// The answer for one photo: a plain value.
struct Recognition {
    QString model;            ///< name of the model that answered
    QString modelFingerprint; ///< of its weights
    QString backend;          ///< name of the backend that ran
    QList<Candidate> top;     ///< best first
    bool needsReview = false; ///< first candidate below the review threshold
    bool small = false;       ///< the photo is smaller than comfortable
    QSize originalSize;       ///< pixels of the photo, upright
    /// Of the encoded bytes that were decoded, in lower-case hexadecimal; empty where the photo was a picture
    /// that never was a file (a camera frame).
    QString sha256;
    RecognitionTimes times;
    std::vector<float> embedding; ///< 512 numbers
    std::vector<float> logits;    ///< one per class, before temperature
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
