#include "app/cli/Output.h"

#include <QJsonDocument>

#include <atomic>
#include <cstdio>

namespace goodsight::cli {

namespace {

std::atomic_bool g_outputLost = false;

bool write(FILE* stream, QByteArray line)
{
    line.append('\n');
    const auto size = static_cast<std::size_t>(line.size());
    return std::fwrite(line.constData(), 1, size, stream) == size && std::fflush(stream) == 0;
}

void print(const QByteArray& line)
{
    if (!write(stdout, line))
        g_outputLost = true;
}

} // namespace

bool outputLost()
{
    return g_outputLost;
}

void printJson(const QJsonObject& object)
{
    print(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

void printLine(const QString& line)
{
    print(line.toUtf8());
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

void Progress::operator()(qint64 done, qint64 total, const QString& what)
{
    const int tenth = total > 0 ? static_cast<int>(done * 10 / total) : 0;
    if (what == m_what && tenth == m_tenth)
        return;
    m_what = what;
    m_tenth = tenth;
    printNote(total > 0 ? QStringLiteral("%1: %2 %").arg(what).arg(tenth * 10) : what);
}

} // namespace goodsight::cli
