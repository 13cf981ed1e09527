#include "core/dataset/importers/ImportSource.h"

#include "core/base/Paths.h"
#include "core/imaging/ImageDecoder.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QFileInfo>

#include <algorithm>

namespace goodsight {

QStringList importFormats()
{
    return {QStringLiteral("imagefolder")};
}

QStringList knownFormats()
{
    return {QStringLiteral("imagefolder"), QStringLiteral("csv"),         QStringLiteral("label-studio"),
            QStringLiteral("coco"),        QStringLiteral("huggingface"), QStringLiteral("webdataset"),
            QStringLiteral("datumaro")};
}

Error formatError(const QString& format)
{
    if (knownFormats().contains(format))
        return {QStringLiteral("not-supported-yet"),
                QCoreApplication::translate("goodsight::Dataset", "The format %1 cannot be used yet.")
                    .arg(format),
                QCoreApplication::translate("goodsight::Dataset",
                                            "Use imagefolder: one folder for each product.")};
    return {
        QStringLiteral("unknown-format"),
        QCoreApplication::translate("goodsight::Dataset", "There is no format %1.").arg(quotedName(format)),
        QCoreApplication::translate("goodsight::Dataset", "Formats are: %1.")
            .arg(knownFormats().join(QStringLiteral(", ")))};
}

QList<ImportCandidate> listImageFolder(const QString& path)
{
    // Joined by hand: QDir would tidy the path as given.
    const QString absolute = QFileInfo(path).absoluteFilePath();
    const qsizetype cut = absolute.endsWith(u'/') ? absolute.size() : absolute.size() + 1;
    QList<ImportCandidate> found;
    QDirIterator files(absolute, imageNameFilters(), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString relative = files.next().mid(cut);
        // Folders that begin with a dot belong to programs, as .thumbnails does.
        if (relative.startsWith(u'.') || relative.contains(QStringLiteral("/.")))
            continue;
        const QString folder = relative.section(u'/', -2, -2);
        found.append({paths::joined(path, relative), folder});
    }
    std::sort(found.begin(), found.end(),
              [](const ImportCandidate& a, const ImportCandidate& b) { return a.file < b.file; });
    return found;
}

Result<QList<ImportCandidate>> listImport(const QString& path, const QString& format)
{
    if (format != u"auto" && !importFormats().contains(format))
        return fail(formatError(format));
    const QFileInfo info(path);
    if (!info.exists())
        return fail(
            "not-found",
            QCoreApplication::translate("goodsight::Dataset", "There is no %1.").arg(quotedName(path)),
            QCoreApplication::translate("goodsight::Dataset", "Check the path."));
    if (!info.isDir())
        return QList<ImportCandidate>{{path, {}}};
    QList<ImportCandidate> found = listImageFolder(path);
    if (found.isEmpty())
        return fail(
            "no-photos",
            QCoreApplication::translate("goodsight::Dataset", "No photos were found in %1.")
                .arg(quotedName(path)),
            QCoreApplication::translate("goodsight::Dataset",
                                        "Choose a folder with photos, or with one folder for each product."));
    return found;
}

} // namespace goodsight
