#pragma once

#include "core/base/Job.h"
#include "core/dataset/DatasetStore.h"

namespace goodsight {

/// What is wrong with a project.
struct VerifyFinding {
    /// "photo-missing", "photo-changed" (its bytes are not those of its hash), "unreadable", "bad-database";
    /// "stray-file": in images/, but no photo's. A stray file is no loss and does not count as damage.
    Error error;
    QString file;
    QString sha256; ///< empty for a stray file and the database
};

struct VerifyReport {
    qint64 photos = 0;  ///< looked at
    qint64 damaged = 0; ///< missing, changed, unreadable, or the database itself
    qint64 stray = 0;
};

/// Reads every photo of a project and compares it with its hash, checks the database with SQLite's integrity
/// check, and looks for files that no photo claims. Changes nothing; works beside the writer.
class VerifyJob : public Job {
public:
    using OnFinding = std::function<void(const VerifyFinding& finding)>; ///< worker thread
    using OnFinished = std::function<void(const Result<void>& result, const VerifyReport& report)>;

    VerifyJob(QString projectDir, OnFinding onFinding, OnFinished onFinished);

    [[nodiscard]] QString title() const override;
    /// Errors: those of opening the project.
    Result<void> process(Control& control) override;
    void finish(const Result<void>& result) override;

private:
    void found(const char* code, const QString& message, const QString& hint, const QString& file,
               const QString& sha256);

    QString m_projectDir;
    OnFinding m_onFinding;
    OnFinished m_onFinished;
    VerifyReport m_report;
};

} // namespace goodsight
