#pragma once

#include "core/base/Error.h"
#include "core/dataset/AutomaticNote.h"
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
    bool outdated = false;      ///< something was learnt since `request` was made

    [[nodiscard]] bool answered() const
    {
        return state == ItemState::Accepted || state == ItemState::Corrected || state == ItemState::Automatic;
    }
    [[nodiscard]] bool finished() const { return answered() || state == ItemState::Skipped; }
    /// Nothing is left to do here for the person, or nothing for now.
    [[nodiscard]] bool settled() const { return finished() || state == ItemState::Saving; }
};

} // namespace goodsight
