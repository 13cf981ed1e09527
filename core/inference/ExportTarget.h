#pragma once

#include "core/base/Result.h"

#include <QString>

namespace goodsight {

/// Where an export and its sidecar (FILE.json) go: first under temporary names in the same folder, which
/// are deleted with this object unless both were placed.
class ExportTarget {
public:
    explicit ExportTarget(const QString& file);
    ~ExportTarget();
    ExportTarget(const ExportTarget&) = delete;
    ExportTarget& operator=(const ExportTarget&) = delete;

    [[nodiscard]] static QString sidecarOf(const QString& file) { return file + QStringLiteral(".json"); }

    /// Whether something can be written there that is not `model` itself, nor another installed model, nor a
    /// pipe or device. Errors: "is-a-folder", "not-a-file", "same-file", "unwritable".
    [[nodiscard]] Result<void> check(const QString& model) const;
    /// The temporary names.
    [[nodiscard]] const QString& file() const { return m_temporary; }
    [[nodiscard]] QString sidecar() const { return sidecarOf(m_temporary); }
    /// `error` with the file's name instead of the temporary one.
    [[nodiscard]] Error named(Error error) const;
    /// Gives both their names, over older files. Error "unwritable": what was there is there.
    [[nodiscard]] Result<void> place();

private:
    QString m_file;
    QString m_temporary;
};

} // namespace goodsight
