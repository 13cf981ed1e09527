#pragma once

#include "core/base/Job.h"

#include <QStringList>

namespace goodsight {

/// Collects the photos below some files and folders, sorted within each folder, links to folders not
/// followed.
class FolderWalkJob : public Job {
public:
    /// `done` gets what was found, on the starting thread; also after a stop (what was found until then).
    FolderWalkJob(QStringList paths, std::function<void(const QStringList&, const Result<void>&)> done);

    [[nodiscard]] QString title() const override;
    Result<void> process(Control& control) override;
    void finish(const Result<void>& result) override;

private:
    QStringList m_paths;
    QStringList m_found;
    std::function<void(const QStringList&, const Result<void>&)> m_done;
};

} // namespace goodsight
