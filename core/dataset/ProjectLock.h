#pragma once

#include "core/base/Result.h"

#include <memory>

class QLockFile;

namespace goodsight {

/// One writer at a time on a project folder. The lock of a program that died is taken over.
class ProjectLock {
public:
    /// Errors: "locked" (names program, process, machine and since when), "read-only", "disk-full".
    [[nodiscard]] static Result<std::unique_ptr<ProjectLock>> take(const QString& projectDir);
    ~ProjectLock();

    /// True when the lock was left behind by a program that did not end by itself.
    [[nodiscard]] bool tookOver() const { return m_tookOver; }

private:
    ProjectLock(std::unique_ptr<QLockFile> file, bool tookOver);
    std::unique_ptr<QLockFile> m_file;
    bool m_tookOver;
};

} // namespace goodsight
