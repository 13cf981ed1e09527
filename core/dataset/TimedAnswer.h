#pragma once

#include <QDateTime>
#include <QString>

namespace goodsight {

/// What a person did with a photo; Automatic: nobody, the answer was taken without one (AutomaticNote).
enum class PhotoState { Unseen, Accepted, Corrected, Imported, Automatic };

/// An answer of a person or an import that counts, for those who learn from the order of answers; never
/// Automatic.
struct TimedAnswer {
    qint64 id = 0; ///< of the annotation
    QString labelId;
    QDateTime at;
    QString source; ///< of the photo: "camera", "file", "import", …
    PhotoState state = PhotoState::Accepted;
    QString sha256; ///< of the photo
};

} // namespace goodsight
