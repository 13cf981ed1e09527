#pragma once

#include <QString>

namespace goodsight {

/// True for a file name that Windows keeps for a device ("con", "LPT1"), whatever suffix follows.
[[nodiscard]] bool isDeviceName(const QString& name);

} // namespace goodsight
