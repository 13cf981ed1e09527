#include "app/cli/Output.h"

#include <QJsonDocument>

#include <cstdio>

namespace goodsight::cli {

namespace {
void write(FILE* stream, QByteArray line)
{
    line.append('\n');
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stream);
    std::fflush(stream);
}
} // namespace

void printJson(const QJsonObject& object)
{
    write(stdout, QJsonDocument(object).toJson(QJsonDocument::Compact));
}

void printLine(const QString& line)
{
    write(stdout, line.toUtf8());
}

void printNote(const QString& line)
{
    write(stderr, line.toUtf8());
}

void printError(const Error& error)
{
    printNote(error.hint.isEmpty() ? error.message : error.message + u' ' + error.hint);
}

void printErrorJson(const QString& key, const QString& subject, const Error& error)
{
    printJson({{key, subject}, {QStringLiteral("error"), error.toJson()}});
}

} // namespace goodsight::cli
