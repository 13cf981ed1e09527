#pragma once

#include "core/base/Job.h"
#include "core/dataset/DatasetStore.h"
#include "core/dataset/NearDuplicates.h"

namespace goodsight {

struct SplitRequest {
    SplitOptions split;
    GroupOptions groups;
};

struct SplitReport {
    qint64 photos = 0;     ///< with a label
    qint64 hashed = 0;     ///< for the first time
    qint64 unreadable = 0; ///< missing or damaged: in no group of near-duplicates this time
    qint64 grouped = 0;    ///< share a group with another photo
    PartCounts given;      ///< photos that got a part now
};

/// Splits a project: hashes the labelled photos that were not hashed before, finds near-duplicates and
/// sessions, and gives photos without a part one (DatasetStore::split()). Stopped while hashing, it has
/// changed no part, and goes on from there the next time.
class SplitJob : public Job {
public:
    using OnFinished = std::function<void(const Result<void>& result, const SplitReport& report)>;

    /// `store` must outlive the job.
    SplitJob(DatasetStore& store, const SplitRequest& request, OnFinished onFinished);

    [[nodiscard]] QString title() const override;
    /// Errors: those of opening the project and of DatasetStore::split().
    Result<void> process(Control& control) override;
    void finish(const Result<void>& result) override;

private:
    struct Photo;
    [[nodiscard]] Result<void> hash(std::vector<Photo>& photos, Control& control);

    DatasetStore& m_store;
    SplitRequest m_request;
    OnFinished m_onFinished;
    SplitReport m_report;
};

} // namespace goodsight
