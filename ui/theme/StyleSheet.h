#pragma once

#include "ui/theme/Theme.h"

#include <QString>

namespace goodsight {

/// The application's style sheet in the colours of `colors`. Widgets choose a look by these dynamic
/// properties: `kind`: "primary", "plain", "danger" on buttons; "title", "section", "secondary", "small" on
/// labels; "card" on frames; "banner", "banner-weak" on frames.
[[nodiscard]] QString styleSheet(const ThemeColors& colors);

} // namespace goodsight
