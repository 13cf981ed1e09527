#pragma once

#include "core/base/Job.h"
#include "core/dataset/DatasetStore.h"

namespace goodsight {

/// What an export did.
struct ExportReport {
    qint64 written = 0;
    qint64 present = 0; ///< were there already, byte for byte
    qint64 unseen = 0;  ///< have no label, and so no folder
    qint64 failed = 0;
};

/// Copies the labelled photos of a project to `OUT/<label id>/<name>`, which every training program reads.
/// What is there is never written over: a photo whose name is taken by other bytes gets "-2" and so on.
///
/// Reads the project beside its writer; needs no DatasetStore.
class ImageFolderExport : public Job {
public:
    /// A photo is done with: where it is now, or why it is not. Worker thread.
    using OnPhoto = std::function<void(const PhotoRow& photo, const Result<QString>& target)>;
    using OnFinished = std::function<void(const Result<void>& result, const ExportReport& report)>;

    ImageFolderExport(QString projectDir, QString out, OnPhoto onPhoto, OnFinished onFinished);

    [[nodiscard]] QString title() const override;
    /// A photo that cannot be written is told as "unwritable", and the rest is done. Errors: those of opening
    /// the project; "not-a-folder"; "disk-full" and a disk that is "read-only" (the rest would fail too).
    Result<void> process(Control& control) override;
    void finish(const Result<void>& result) override;

private:
    [[nodiscard]] Result<QString> copy(const PhotoRow& photo);

    QString m_projectDir;
    QString m_out;
    OnPhoto m_onPhoto;
    OnFinished m_onFinished;
    ExportReport m_report;
};

/// A file name that every system takes, near to `name`: no path separators, control characters or characters
/// that Windows keeps, no name of a device, no dot or space at the end, at most 120 characters before the
/// suffix and 241 bytes in all. Empty stays empty.
[[nodiscard]] QString portableFileName(const QString& name);

} // namespace goodsight
