#pragma once

#include <QString>

namespace goodsight {

/// A file system that a test mounts over a folder, and unmounts at its end. Only root on Linux may: otherwise
/// mounted() is false, and the test is skipped with kNoMount.
class Mount {
public:
    /// An empty file system in memory of `kilobytes`.
    static Mount memory(const QString& folder, int kilobytes);
    /// `folder` itself, such that nothing below it can be written.
    static Mount readOnly(const QString& folder);
    ~Mount();
    Mount(const Mount&) = delete;
    Mount& operator=(const Mount&) = delete;

    [[nodiscard]] bool mounted() const { return m_mounted; }

private:
    Mount(QString folder, bool mounted);
    QString m_folder;
    bool m_mounted;
};

inline constexpr const char* kNoMount = "skipped: mounting a file system needs root on Linux";

} // namespace goodsight
