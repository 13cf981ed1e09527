#pragma once

#include <QStringList>

#include <functional>

class QObject;

namespace goodsight {

/// Whether the system lets this program use cameras.
enum class CameraAccess { Granted, Denied, Undetermined };

/// Asks the system, without a dialog. On Linux: Denied when there are camera nodes in /dev and none can be
/// opened for reading and writing. Elsewhere: Qt's permission, where this Qt has one.
[[nodiscard]] CameraAccess systemCameraAccess();

/// Shows the system's dialog where there is one, then calls `done` on `context`'s thread. Calls it at once
/// where there is nothing to ask.
void requestCameraAccess(QObject* context, const std::function<void(CameraAccess)>& done);

/// The rule for camera nodes: Denied when there is at least one and `usable` accepts none.
[[nodiscard]] CameraAccess accessToNodes(const QStringList& nodes,
                                         const std::function<bool(const QString&)>& usable);

} // namespace goodsight
