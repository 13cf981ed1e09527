#pragma once

class QFileDevice;

namespace goodsight {

/// Sends what was written to `file` so far to the disk itself and waits for it, where the system offers that;
/// so that closing a large file does not wait for all of it at once. Any thread.
void flushToDisk(QFileDevice& file);

} // namespace goodsight
