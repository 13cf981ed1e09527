#include "core/dataset/exporters/ImageFolderExport.h"

#include "core/base/DeviceName.h"
#include "core/dataset/Database.h"
#include "core/dataset/PhotoFiles.h"
#include "core/dataset/PhotoQueries.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStorageInfo>

namespace goodsight {

namespace {

constexpr int kLongestStem = 120;
/// Most file systems take 255 bytes; a number may follow, and Chinese takes three bytes a character.
constexpr qsizetype kLongestName = 240;
constexpr qsizetype kLongestSuffix = 16;

Error cannotWrite(const QString& file, qint64 bytes)
{
    const QStorageInfo storage(QFileInfo(file).absolutePath());
    const QString name = quotedName(file);
    const bool readOnly = storage.isValid() && storage.isReadOnly();
    if (storage.isValid() && !readOnly && storage.bytesAvailable() < bytes + 64 * 1024)
        return {QStringLiteral("disk-full"),
                QCoreApplication::translate("goodsight::Dataset",
                                            "The photo %1 cannot be exported: the disk is full.")
                    .arg(name),
                QCoreApplication::translate("goodsight::Dataset", "Free some space and export again.")};
    return {
        readOnly ? QStringLiteral("read-only") : QStringLiteral("unwritable"),
        QCoreApplication::translate("goodsight::Dataset", "The photo %1 cannot be written there.").arg(name),
        QCoreApplication::translate("goodsight::Dataset", "Choose a folder that you may write to.")};
}

} // namespace

QString portableFileName(const QString& name)
{
    qsizetype dot = name.lastIndexOf(u'.');
    if (name.size() - dot - 1 > kLongestSuffix)
        dot = -1; // a sentence with a full stop in it
    QString stem = dot > 0 ? name.left(dot) : name;
    QString suffix = dot > 0 ? name.mid(dot + 1) : QString();
    for (QString* part : {&stem, &suffix})
        for (QChar& c : *part)
            if (c.unicode() < 0x20 || c.unicode() == 0x7f || QStringLiteral("/\\:*?\"<>|").contains(c))
                c = u'_';
    const qsizetype room = kLongestName - 1 - suffix.toUtf8().size();
    stem.truncate(kLongestStem);
    while (stem.toUtf8().size() > room || (!stem.isEmpty() && stem.back().isHighSurrogate()))
        stem.chop(1);
    QString whole = suffix.isEmpty() ? stem : stem + u'.' + suffix;
    while (whole.endsWith(u'.') || whole.endsWith(u' '))
        whole.chop(1);
    return isDeviceName(whole) ? u'_' + whole : whole;
}

ImageFolderExport::ImageFolderExport(QString projectDir, QString out, OnPhoto onPhoto, OnFinished onFinished)
    : m_projectDir(QDir::cleanPath(QFileInfo(projectDir).absoluteFilePath()))
    , m_out(std::move(out))
    , m_onPhoto(std::move(onPhoto))
    , m_onFinished(std::move(onFinished))
{}

QString ImageFolderExport::title() const
{
    return QCoreApplication::translate("goodsight::Dataset", "Exporting photos");
}

Result<QString> ImageFolderExport::copy(const PhotoRow& photo)
{
    auto bytes = readPhotoFile(photo.file);
    if (!bytes)
        return fail(bytes.error());
    const QString folder = m_out + u'/' + photo.labelId;
    if (!QDir().mkpath(folder))
        return fail(cannotWrite(folder, 0));
    QString name = portableFileName(photo.name);
    if (name.isEmpty())
        name = photo.sha256.left(16);
    QString suffix = QFileInfo(name).suffix();
    QString stem = suffix.isEmpty() ? name : name.chopped(suffix.size() + 1);
    if (suffix.isEmpty())
        suffix = QFileInfo(photo.file).suffix();
    for (int copy = 1;; ++copy) {
        const QString target = folder + u'/' + stem +
                               (copy == 1 ? QString() : QStringLiteral("-%1").arg(copy)) +
                               (suffix.isEmpty() ? QString() : u'.' + suffix);
        const QFileInfo there(target);
        if (there.exists() || there.isSymLink()) {
            if (const auto same = readPhotoFile(target); same && *same == *bytes) {
                ++m_report.present;
                return target;
            }
            continue;
        }
        // Qt copies to a temporary name and renames; it refuses a target that has appeared meanwhile.
        if (!QFile::copy(photo.file, target))
            return fail(cannotWrite(target, bytes->size()));
        ++m_report.written;
        return target;
    }
}

Result<void> ImageFolderExport::process(Control& control)
{
    auto reader = database::openReader(m_projectDir);
    if (!reader)
        return fail(reader.error());
    if (const QFileInfo out(m_out); out.exists() && !out.isDir())
        return fail(
            "not-a-folder",
            QCoreApplication::translate("goodsight::Dataset", "%1 is not a folder.").arg(quotedName(m_out)),
            QCoreApplication::translate("goodsight::Dataset", "Choose a folder to export to."));
    if (!QDir().mkpath(m_out))
        return fail(cannotWrite(m_out, 0));
    sql::Session session(*reader->connection);
    // Ids are noted first: photos answered while this runs would shift the pages.
    QList<qint64> ids;
    session.each(QStringLiteral("SELECT id FROM images WHERE removed = 0 ORDER BY id"), {},
                 [&](const QSqlQuery& query) { ids.append(query.value(0).toLongLong()); });
    for (qsizetype i = 0; i < ids.size(); ++i) {
        if (control.stopRequested())
            return {};
        const auto photo = photoqueries::byId(session, ids[i], m_projectDir);
        if (!photo)
            continue;
        control.progress(i, ids.size(), quotedName(photo->name.isEmpty() ? photo->file : photo->name));
        if (photo->labelId.isEmpty()) {
            ++m_report.unseen;
            continue;
        }
        const auto target = copy(*photo);
        m_report.failed += target ? 0 : 1;
        if (m_onPhoto)
            m_onPhoto(*photo, target);
        if (!target && (target.error().code == u"disk-full" || target.error().code == u"read-only"))
            return fail(target.error());
    }
    control.progress(ids.size(), ids.size(), title());
    return session.result();
}

void ImageFolderExport::finish(const Result<void>& result)
{
    if (m_onFinished)
        m_onFinished(result, m_report);
}

} // namespace goodsight
