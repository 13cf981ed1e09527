#pragma once

#include <QStringList>

namespace goodsight::cli {

inline constexpr const char* kProjectUsage =
    "project init|import|export|list|label|undo|history|split|stats|verify … (project alone lists them)";

/// Makes, fills, reads, edits and checks a project. Returns an ExitStatus.
int project(const QStringList& arguments);

} // namespace goodsight::cli
