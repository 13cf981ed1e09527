#pragma once

#include "core/base/Job.h"
#include "core/dataset/DatasetStore.h"
#include "core/imaging/ImageDecoder.h"

namespace goodsight {

/// What to bring into a project.
struct ImportRequest {
    QString path;                            ///< a photo or a folder
    QString format = QStringLiteral("auto"); ///< or one of importFormats()
    bool inPlace = false;                    ///< note where the photos are instead of copying them
    DecodeLimits limits = {};
};

/// What an import did.
struct ImportReport {
    qint64 found = 0;    ///< photos seen
    qint64 added = 0;    ///< of these, new to the project
    qint64 labelled = 0; ///< got a label
    qint64 failed = 0;   ///< could not be read or decoded
    qint64 edit = 0;     ///< the journal entry; 0: nothing was changed
};

/// Imports photos as one journal entry, in parts, so that answers given meanwhile do not wait. Each photo is
/// decoded once to be sure that it is one; those that fail are told and the rest is done. A stop leaves what
/// was done so far, undoable as one.
class ImportJob : public Job {
public:
    /// A photo is done with: what became of it, or its error. Worker thread.
    using OnPhoto = std::function<void(const QString& file, const ImportOutcome& outcome)>;
    /// Called on the starting thread at the end, also after a stop or a failure.
    using OnFinished = std::function<void(const Result<void>& result, const ImportReport& report)>;

    /// `store` outlives the job.
    ImportJob(DatasetStore& store, ImportRequest request, OnPhoto onPhoto, OnFinished onFinished);

    [[nodiscard]] QString title() const override;
    /// Errors: those of listImport(); "disk-full", "read-only" of the project.
    Result<void> process(Control& control) override;
    void finish(const Result<void>& result) override;

private:
    Result<void> keep(QList<ImportItem>& part);
    void tell(const QString& file, const ImportOutcome& outcome);

    DatasetStore& m_store;
    ImportRequest m_request;
    OnPhoto m_onPhoto;
    OnFinished m_onFinished;
    ImportReport m_report;
};

} // namespace goodsight
