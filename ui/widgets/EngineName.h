#pragma once

#include <QString>

namespace goodsight {

/// What a person reads for a backend's name ("onednn-int8", …, "auto"), in their language; the name itself
/// for another one. UI thread.
[[nodiscard]] QString engineTitle(const QString& backend);

} // namespace goodsight
