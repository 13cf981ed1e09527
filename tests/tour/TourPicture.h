#pragma once

#include "tests/support/WindowDriver.h"

namespace goodsight::testsupport {

/// Writes a picture of the window to <build>/tour/NAME.png, and fails where a label is cut off.
void picture(WindowDriver& driver, const char* name);

/// Draws the window and waits until all thumbnails that it asked for are there.
void settleThumbnails(WindowDriver& driver);

/// Path below ../shared/data/grocery, or empty where that is absent or the tour keeps to the rendered samples
/// (GOODSIGHT_TOUR_SAMPLES=1, for pictures that are published).
[[nodiscard]] QString groceryPhotos(const QString& relative);

} // namespace goodsight::testsupport
