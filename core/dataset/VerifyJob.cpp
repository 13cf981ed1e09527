#include "core/dataset/VerifyJob.h"

#include "core/dataset/Database.h"
#include "core/dataset/PhotoFiles.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QSet>

namespace goodsight {

namespace {

struct Expected {
    QString sha256;
    QString file;
};

} // namespace

VerifyJob::VerifyJob(QString projectDir, OnFinding onFinding, OnFinished onFinished)
    : m_projectDir(QDir::cleanPath(QFileInfo(projectDir).absoluteFilePath()))
    , m_onFinding(std::move(onFinding))
    , m_onFinished(std::move(onFinished))
{}

QString VerifyJob::title() const
{
    return QCoreApplication::translate("goodsight::Dataset", "Checking the project");
}

void VerifyJob::found(const char* code, const QString& message, const QString& hint, const QString& file,
                      const QString& sha256)
{
    const VerifyFinding finding{{QString::fromLatin1(code), message, hint}, file, sha256};
    ++(finding.error.code == u"stray-file" ? m_report.stray : m_report.damaged);
    if (m_onFinding)
        m_onFinding(finding);
}

Result<void> VerifyJob::process(Control& control)
{
    control.progress(0, 0, title());
    auto reader = database::openReader(m_projectDir);
    if (!reader)
        return fail(reader.error());
    sql::Session session(*reader->connection);
    QStringList complaints;
    for (const QString& check :
         {QStringLiteral("PRAGMA integrity_check"), QStringLiteral("PRAGMA foreign_key_check")})
        session.each(check, {}, [&](const QSqlQuery& query) {
            if (const QString said = query.value(0).toString(); said != u"ok")
                complaints.append(said);
        });
    if (!session.ok())
        complaints.append(session.result().error().message);
    if (!complaints.isEmpty())
        found(
            "bad-database",
            QCoreApplication::translate("goodsight::Dataset", "The database of the project is damaged (%1).")
                .arg(complaints.first()),
            QCoreApplication::translate("goodsight::Dataset", "Restore project.sqlite from a backup."),
            database::file(m_projectDir), {});

    const PhotoFiles files(m_projectDir);
    sql::Session rows(*reader->connection);
    QList<Expected> photos;
    QSet<QString> claimed;
    rows.each(QStringLiteral("SELECT sha256, suffix, reference, removed FROM images ORDER BY id"), {},
              [&](const QSqlQuery& query) {
                  const QString sha256 = query.value(0).toString();
                  const QString own = files.path(sha256, query.value(1).toString());
                  claimed.insert(own);
                  if (!query.value(3).toBool())
                      photos.append({sha256, query.value(2).isNull() ? own : query.value(2).toString()});
              });
    for (const auto& [sha256, file] : photos) {
        if (control.stopRequested())
            return {};
        control.progress(m_report.photos, photos.size(), quotedName(file));
        const auto bytes = readPhotoFile(file);
        if (!bytes && bytes.error().code != u"empty-file") {
            const bool missing = bytes.error().code == u"not-found";
            found(missing ? "photo-missing" : "unreadable", bytes.error().message,
                  missing
                      ? QCoreApplication::translate(
                            "goodsight::Dataset",
                            "Put the file back, or drop the photo on the window again; its label is kept.")
                      : bytes.error().hint,
                  file, sha256);
        } else if (!bytes || sha256Of(*bytes) != sha256) {
            found("photo-changed",
                  QCoreApplication::translate("goodsight::Dataset",
                                              "The photo %1 was changed since it was kept.")
                      .arg(quotedName(file)),
                  QCoreApplication::translate("goodsight::Dataset", "Restore the file from a backup."), file,
                  sha256);
        }
        ++m_report.photos;
    }
    QDirIterator all(m_projectDir + QStringLiteral("/images"), QDir::Files | QDir::Hidden,
                     QDirIterator::Subdirectories);
    while (all.hasNext()) {
        if (const QString file = all.next(); !claimed.contains(file))
            found("stray-file",
                  QCoreApplication::translate("goodsight::Dataset",
                                              "The file %1 belongs to no photo of the project.")
                      .arg(quotedName(file)),
                  QCoreApplication::translate("goodsight::Dataset", "It may be deleted."), file, {});
    }
    control.progress(m_report.photos, photos.size(), title());
    return rows.result();
}

void VerifyJob::finish(const Result<void>& result)
{
    if (m_onFinished)
        m_onFinished(result, m_report);
}

} // namespace goodsight
