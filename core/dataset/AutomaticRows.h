#pragma once

#include "core/dataset/AutomaticNote.h"
#include "core/dataset/Sql.h"

#include <QDateTime>

/// What a project keeps of automatic answers, asked and written in the caller's Session.
namespace goodsight::automaticrows {

/// SQL that is true for a row `images` whose counting answer was taken without a person.
[[nodiscard]] QString isAutomatic();
/// SQL that is true for a row `i` of images that a person, or the folder that it came from, gave its label.
/// Only such labels are learnt from and measured with: a model that learnt from its own answers would make
/// its mistakes firmer, and measured with them it would always be right.
[[nodiscard]] QString labelledByPeople();

/// Writes the note down beside the annotation that `edit` made.
void keep(sql::Session& session, qint64 edit, qint64 image, qint64 annotation, const AutomaticNote& note);
/// DatasetStore::automaticTally().
[[nodiscard]] AutomaticTally tally(sql::Session& session, const QString& modelFingerprint,
                                   const QDateTime& since);

} // namespace goodsight::automaticrows
