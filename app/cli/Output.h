#pragma once

#include "core/base/Error.h"

#include <QJsonObject>
#include <QString>

namespace goodsight::cli {

/// One JSON object as one line of UTF-8 on stdout, flushed, so that a reader sees it at once.
void printJson(const QJsonObject& object);
/// One line of text on stdout.
void printLine(const QString& line);
/// True once something that was printed on stdout did not arrive: a full disk, a reader that went away.
[[nodiscard]] bool outputLost();
/// One line of text on stderr: progress, hints.
void printNote(const QString& line);
/// An error for a person, on stderr: message and hint.
void printError(const Error& error);
/// `{KEY: subject, "error": {…}}` on stdout; KEY is "file" or "entry".
void printErrorJson(const QString& key, const QString& subject, const Error& error);

/// For a job's progress: a line on stderr whenever something new is done, or a tenth more of it.
class Progress {
public:
    void operator()(qint64 done, qint64 total, const QString& what);

private:
    QString m_what;
    int m_tenth = -1;
};

} // namespace goodsight::cli
