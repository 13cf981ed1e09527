#pragma once

#include <QString>

#include <functional>

namespace goodsight::testsupport {

/// Root of the repository that this test was built from.
[[nodiscard]] QString sourceDir();
/// `sharedDir()/relative`, or empty where the folder beside the repository is absent: then
/// `GTEST_SKIP() << testsupport::kNoShared;`
[[nodiscard]] QString shared(const QString& relative);
inline constexpr const char* kNoShared = "skipped: ../shared is not beside the repository";

/// Runs the event loop until `condition` holds; false after `milliseconds`.
[[nodiscard]] bool waitFor(const std::function<bool()>& condition, int milliseconds = 10'000);

} // namespace goodsight::testsupport
