#include "core/model/PartFile.h"

#include "core/model/ModelErrors.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QJsonDocument>
#include <QSaveFile>

namespace goodsight {

namespace {
const QString kValidator = QStringLiteral("validator");

Result<QByteArray> hashOf(QFile& file)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.seek(0) || !hash.addData(&file))
        return fail(modelerrors::cannotRead(file.fileName(), file.errorString()));
    return hash.result().toHex();
}
} // namespace

PartFile::PartFile(const QString& folder, const QString& name)
    : m_path(folder + u'/' + name)
    , m_file(m_path + QStringLiteral(".part"))
    , m_notes(m_path + QStringLiteral(".part.json"))
    , m_lock(m_path + QStringLiteral(".lock"))
{
    m_lock.setStaleLockTime(0); // stale only when its process is gone: a download may take an hour
}

Result<void> PartFile::open()
{
    const QString folder = QFileInfo(m_path).path();
    if (!QDir().mkpath(folder) || (!m_lock.tryLock(0) && m_lock.error() != QLockFile::LockFailedError)) {
        return fail("unwritable",
                    QCoreApplication::translate("goodsight::Model", "The folder %1 cannot be written to.")
                        .arg(folder),
                    QCoreApplication::translate("goodsight::Model", "Check that you may write there."));
    }
    if (!m_lock.isLocked()) {
        return fail("busy",
                    QCoreApplication::translate("goodsight::Model",
                                                "Another Goodsight is downloading %1 at this moment.")
                        .arg(quotedName(m_path)),
                    QCoreApplication::translate("goodsight::Model", "Wait until it is done."));
    }
    if (!m_file.open(QIODevice::ReadWrite))
        return fail(modelerrors::cannotWrite(m_file.fileName(), m_file));
    if (m_notes.open(QIODevice::ReadOnly)) {
        m_validator =
            QJsonDocument::fromJson(m_notes.readAll()).object().value(kValidator).toString().toLatin1();
        m_notes.close();
    }
    return {};
}

Result<void> PartFile::restart(const QByteArray& validator)
{
    // The note first goes and last comes: bytes never stand beside the name of another version.
    m_notes.remove();
    if (!m_file.resize(0))
        return fail(modelerrors::cannotWrite(m_file.fileName(), m_file));
    m_validator = validator;
    QSaveFile notes(m_notes.fileName());
    const QJsonObject json{{kValidator, QString::fromLatin1(validator)}};
    if (!notes.open(QIODevice::WriteOnly) || notes.write(QJsonDocument(json).toJson()) < 0 || !notes.commit())
        return fail(modelerrors::cannotWrite(m_notes.fileName(), notes));
    return {};
}

Result<void> PartFile::append(const QByteArray& bytes)
{
    const qint64 before = m_file.size();
    if (!m_file.seek(before) || m_file.write(bytes) != bytes.size() || !m_file.flush()) {
        const Error error = modelerrors::cannotWrite(m_file.fileName(), m_file);
        m_file.resize(before);
        return fail(error);
    }
    return {};
}

Result<QByteArray> PartFile::sha256()
{
    return hashOf(m_file);
}

Result<QByteArray> PartFile::finished() const
{
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(modelerrors::cannotOpen(m_path, file));
    return hashOf(file);
}

Result<QString> PartFile::finish()
{
    m_file.close();
    QFile::remove(m_path);
    if (!m_file.rename(m_path))
        return fail(modelerrors::cannotWrite(m_path, m_file));
    m_notes.remove();
    return m_path;
}

void PartFile::discard()
{
    m_notes.remove();
    m_file.remove();
}

} // namespace goodsight
