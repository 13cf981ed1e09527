#pragma once

#include "core/base/Result.h"

#include <QIODevice>
#include <QList>
#include <QStringList>

namespace goodsight {

/// One record of a CSV table.
struct CsvRecord {
    int line = 0; ///< line of the file where the record begins, counted from 1
    QStringList fields;
};

/// Largest table that readCsv takes, in bytes.
inline constexpr qint64 kCsvLimit = 64 * 1024 * 1024;

/// Reads a whole table as RFC 4180 has it: commas, fields quoted with `"` where needed, `""` for a quote.
/// A byte order mark and any of LF, CRLF, CR are taken; empty lines are skipped; text must be UTF-8.
/// `device` is open for reading; `source` is what messages call it. Errors: "bad-csv" (with the line),
/// "unreadable".
[[nodiscard]] Result<QList<CsvRecord>> readCsv(QIODevice& device, const QString& source);

} // namespace goodsight
