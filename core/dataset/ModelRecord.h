#pragma once

#include <QDateTime>
#include <QJsonObject>
#include <QString>

namespace goodsight {

/// How far a trained model has come.
enum class ModelStage {
    Candidate, ///< trained
    InShadow,  ///< runs beside the model in use, unseen
    Promoted,  ///< was put into use
    Rejected,  ///< turned down, or taken back
};

/// A model by what the library calls it and by what it is.
struct ModelRef {
    QString name;
    QString fingerprint;

    friend bool operator==(const ModelRef&, const ModelRef&) = default;
};

/// A model that was trained in a project, and everything that it came from.
struct ModelRecord {
    qint64 id = 0;       ///< given by the project
    QString name;        ///< of the package; one a project
    QString fingerprint; ///< of its weights
    QString file;        ///< below the project's models/, or wherever it was installed
    QString parent;      ///< fingerprint of the model that training began from
    QString data;        ///< TrainingSet::fingerprint()
    QJsonObject plan;
    quint32 seed = 0;
    QJsonObject metrics;
    QDateTime at; ///< given by the project
    ModelStage stage = ModelStage::Candidate;
    QDateTime promotedAt;
    ModelRef replaced; ///< what was in use before it was promoted
};

/// What a model in the shadow and the one in use said of a photo: the first label of each.
struct ShadowAnswer {
    QString sha256;
    QString oldLabel;
    double oldConfidence = 0;
    QString newLabel;
    double newConfidence = 0;
};

/// The same with what the photo is, where somebody has said it.
struct ShadowPhoto {
    ShadowAnswer said; ///< merged labels followed
    QString labelId;   ///< empty: no person has answered yet
};

} // namespace goodsight
