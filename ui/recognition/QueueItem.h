#pragma once

#include "core/base/Error.h"
#include "core/dataset/AutomaticNote.h"
#include "core/dataset/DatasetStore.h"
#include "core/inference/Recognition.h"

#include <optional>

namespace goodsight {

/// What has become of one photo of the queue.
enum class ItemState { Waiting, Recognizing, Ready, Failed, Saving, Accepted, Corrected, Automatic, Skipped };

/// One photo of the queue.
struct QueueItem {
    PhotoSource source;
    QString origin; ///< "file", "clipboard", "camera", "sample": kept with the answer
    ItemState state = ItemState::Waiting;
    std::optional<Recognition> recognition;
    std::optional<Error> error;         ///< why it could not be recognised
    bool oneOfMany = false;             ///< came together with other photos
    std::optional<AutomaticNote> audit; ///< the person's answer tests the AutomaticRule
    bool byRule = false;                ///< the answer that is being saved, or was, is the AutomaticRule's
    /// The photo itself is readable, only no model could answer: a person still can.
    bool answerable = true;
    QString labelId;       ///< the answer
    QString newName;       ///< name that was typed, where the answer made a product
    QString thumbnailFile; ///< file that a thumbnail can be made of; empty: use `thumbnail`
    QImage thumbnail;
    qint64 photoId = 0;         ///< in the project, once saved
    bool embeddingKept = false; ///< the answer went into the project with what the network made of the photo
    quint64 serial = 0;         ///< identity of the item, whatever its index becomes
    quint64 request = 0;        ///< running recognition; 0: none
    quint64 ahead = 0;          ///< running request of RecognitionAhead; 0: none
    bool triedAhead = false;    ///< ahead of the person it could not be recognised
    bool announced = false;     ///< RecognitionController::recognized() told of `recognition`
    bool outdated = false;      ///< something was learnt since `request` was made

    [[nodiscard]] bool answered() const
    {
        return state == ItemState::Accepted || state == ItemState::Corrected || state == ItemState::Automatic;
    }
    [[nodiscard]] bool finished() const { return answered() || state == ItemState::Skipped; }
    /// Nothing is left to do here for the person, or nothing for now.
    [[nodiscard]] bool settled() const { return finished() || state == ItemState::Saving; }
};

/// What the project keeps when `item` is answered with the label `labelId`, or with a new product `newName`;
/// with `note` where the AutomaticRule answers, or audits the person's answer, unless another model has
/// recognised the photo since.
[[nodiscard]] Answer answerOf(const QueueItem& item, const QString& labelId, const QString& newName,
                              const std::optional<AutomaticNote>& note);

} // namespace goodsight
