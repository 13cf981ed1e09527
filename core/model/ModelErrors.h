#pragma once

#include "core/base/Result.h"

#include <string>

class QFileDevice;

/// Sentences that the readers of model files share.
namespace goodsight::modelerrors {

/// "not-found" when there is no such file, else "unreadable" with the system's reason.
[[nodiscard]] Error cannotOpen(const QString& path, const QFileDevice& file);
/// "unreadable": the system's reason after a read that failed.
[[nodiscard]] Error cannotRead(const QString& path, const QString& reason);
/// "truncated": the file ends before its contents do.
[[nodiscard]] Error truncated(const QString& path);
/// "bad-model": `what` is a translated clause such as "its header is not JSON".
[[nodiscard]] Error bad(const QString& path, const QString& what);
/// "wrong-architecture": `what` names the first tensor that does not fit.
[[nodiscard]] Error wrongArchitecture(const QString& path, const QString& what);
/// "bad-model": the tensor `name` has another number of values than its shape says.
[[nodiscard]] Error wrongShape(const QString& path, const std::string& name);
/// "unwritable", or "disk-full" when the file system has no room, with the system's reason.
[[nodiscard]] Error cannotWrite(const QString& path, const QFileDevice& file);
/// "unwritable" for another reason, the system's.
[[nodiscard]] Error cannotWrite(const QString& path, const QString& reason);

} // namespace goodsight::modelerrors
