#pragma once

#include "core/dataset/Split.h"

#include <QString>
#include <QStringList>

/// What each word of `goodsight-cli project` does; gives an ExitStatus.
namespace goodsight::cli {

/// The words after `project WORD`, told apart.
struct ProjectCall {
    QString project; ///< as given
    QString format;
    QStringList rest;
    int limit = 100;
    bool json = false;
    bool reference = false;
    bool makeLabel = false;
    SplitOptions split;
};

/// Makes a project, with the shipped products as its labels.
[[nodiscard]] int initProject(const ProjectCall& call);
/// One line a photo; one journal entry a path.
[[nodiscard]] int importPhotos(const ProjectCall& call);
/// One line a photo.
[[nodiscard]] int exportPhotos(const ProjectCall& call);
/// One line a photo, newest first.
[[nodiscard]] int listPhotos(const ProjectCall& call);
/// Gives a photo another label; prints it as it is then.
[[nodiscard]] int labelPhoto(const ProjectCall& call);
/// Takes the newest journal entry back; prints the photo as it is then.
[[nodiscard]] int undoEdit(const ProjectCall& call);
/// The journal, newest first.
[[nodiscard]] int showHistory(const ProjectCall& call);
/// Gives photos without a part one; one line: how many got which.
[[nodiscard]] int splitPhotos(const ProjectCall& call);
/// One line of numbers.
[[nodiscard]] int showStats(const ProjectCall& call);
/// One line a finding, and one of numbers.
[[nodiscard]] int verifyProject(const ProjectCall& call);
/// Says that bundles are not there yet.
[[nodiscard]] int refuseBundle(const ProjectCall& call);

} // namespace goodsight::cli
