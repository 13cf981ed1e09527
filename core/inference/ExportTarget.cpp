#include "core/inference/ExportTarget.h"

#include "core/inference/InferenceText.h"
#include "core/model/ModelErrors.h"
#include "core/model/ModelLibrary.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QUuid>

#include <filesystem>

namespace goodsight {

namespace {

std::filesystem::path native(const QString& path)
{
    return path.toStdU16String();
}

/// Unlike QFile::rename, over an older file, and in one step.
Result<void> rename(const QString& from, const QString& to)
{
    std::error_code error;
    std::filesystem::rename(native(from), native(to), error);
    if (error)
        return fail(modelerrors::cannotWrite(to, QString::fromLocal8Bit(error.message())));
    return {};
}

} // namespace

ExportTarget::ExportTarget(const QString& file)
    : m_file(file)
    // Short, whatever the file's own name is: that one may be as long as the file system allows.
    , m_temporary(QFileInfo(file).absolutePath() + QStringLiteral("/.goodsight-") +
                  QUuid::createUuid().toString(QUuid::Id128).left(12) + QStringLiteral(".part"))
{}

ExportTarget::~ExportTarget()
{
    QFile::remove(m_temporary);
    QFile::remove(sidecar());
}

Result<void> ExportTarget::check(const QString& model) const
{
    for (const QString& file : {m_file, sidecarOf(m_file)}) {
        const QFileInfo info(file);
        if (info.isDir() || info.fileName().isEmpty()) {
            return fail("is-a-folder",
                        InferenceText::tr("%1 is a folder.").arg(quotedName(QDir::cleanPath(file))),
                        InferenceText::tr("Give the file a name of its own."));
        }
        if (info.exists() && !info.isFile()) {
            return fail("not-a-file", InferenceText::tr("%1 is no ordinary file.").arg(quotedName(file)),
                        InferenceText::tr("Give the file a name of its own."));
        }
    }
    const QString existing = QFileInfo(m_file).canonicalFilePath();
    if (!existing.isEmpty() && existing == QFileInfo(model).canonicalFilePath()) {
        return fail("same-file", InferenceText::tr("%1 is the model itself.").arg(quotedName(m_file)),
                    InferenceText::tr("Choose another name or another folder."));
    }
    const QList<InstalledModel> models = ModelLibrary().list();
    for (const InstalledModel& installed : models) {
        if (!existing.isEmpty() && existing == QFileInfo(installed.path).canonicalFilePath()) {
            return fail(
                "same-file",
                InferenceText::tr("%1 is the installed model “%2”.").arg(quotedName(m_file), installed.name),
                InferenceText::tr("Choose another name or another folder."));
        }
    }
    QFile trial(m_temporary);
    if (!trial.open(QIODevice::WriteOnly))
        return fail(modelerrors::cannotWrite(m_file, trial));
    return {};
}

Error ExportTarget::named(Error error) const
{
    for (QString* text : {&error.message, &error.hint}) {
        text->replace(quotedName(sidecar()), quotedName(sidecarOf(m_file)));
        text->replace(quotedName(m_temporary), quotedName(m_file));
    }
    return error;
}

Result<void> ExportTarget::place()
{
    const QString beside = sidecarOf(m_file);
    const QString older = m_temporary + QStringLiteral(".older");
    const bool hadOlder = QFileInfo::exists(beside) && rename(beside, older);
    auto placed = rename(sidecar(), beside);
    if (placed)
        placed = rename(m_temporary, m_file);
    if (placed) {
        QFile::remove(older);
        return {};
    }
    QFile::remove(beside);
    if (hadOlder)
        QFile::rename(older, beside);
    return placed;
}

} // namespace goodsight
