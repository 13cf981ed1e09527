#include "ui/recognition/PhotoIntake.h"

#include "core/base/Paths.h"
#include "core/imaging/ImageDecoder.h"
#include "ui/recognition/FolderWalkJob.h"
#include "ui/recognition/PictureEncodeJob.h"
#include "ui/recognition/RecognitionController.h"

#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QImage>
#include <QMimeData>
#include <QStandardPaths>
#include <QUrl>

namespace goodsight {

namespace {

/// Encoded pictures as they are passed between programs, the original kinds before re-encoded ones.
const QList<std::pair<QString, QString>>& pictureFormats()
{
    static const QList<std::pair<QString, QString>> formats{
        {QStringLiteral("image/jpeg"), QStringLiteral("jpg")},
        {QStringLiteral("image/webp"), QStringLiteral("webp")},
        {QStringLiteral("image/png"), QStringLiteral("png")},
        {QStringLiteral("image/gif"), QStringLiteral("gif")},
        {QStringLiteral("image/bmp"), QStringLiteral("bmp")},
        {QStringLiteral("image/tiff"), QStringLiteral("tiff")},
    };
    return formats;
}

QStringList localFiles(const QMimeData* data)
{
    QStringList files;
    for (const QUrl& url : data->urls()) {
        if (url.isLocalFile())
            files.append(url.toLocalFile());
    }
    return files;
}

} // namespace

PhotoIntake::PhotoIntake(RecognitionController& controller, QObject* parent)
    : QObject(parent)
    , m_controller(controller)
    , m_lastDir(QStandardPaths::writableLocation(QStandardPaths::PicturesLocation))
{
    connect(&m_jobs, &JobRunner::progressed, this,
            [this](const QString&, qint64 done, qint64, const QString&) { Q_EMIT walking(done); });
    connect(&m_jobs, &JobRunner::busyChanged, this, [this](bool busy) {
        if (busy)
            Q_EMIT walking(0);
        else
            Q_EMIT walked();
    });
}

bool PhotoIntake::canTake(const QMimeData* data)
{
    return data && (data->hasImage() || !localFiles(data).isEmpty() ||
                    std::any_of(pictureFormats().begin(), pictureFormats().end(),
                                [&](const auto& format) { return data->hasFormat(format.first); }));
}

void PhotoIntake::take(const QMimeData* data, const QString& origin)
{
    const QStringList files = data ? localFiles(data) : QStringList();
    if (!files.isEmpty()) {
        takePaths(files, QStringLiteral("file"));
        return;
    }
    const QString name = tr("Pasted picture");
    if (data) {
        for (const auto& [mime, suffix] : pictureFormats()) {
            const QByteArray bytes = data->data(mime);
            if (!bytes.isEmpty()) {
                m_controller.addBytes(bytes, suffix, name, origin);
                return;
            }
        }
        const auto picture = data->hasImage() ? qvariant_cast<QImage>(data->imageData()) : QImage();
        if (!picture.isNull()) {
            m_encoding.start(
                std::make_unique<PictureEncodeJob>(picture, [this, name, origin](const QByteArray& png) {
                    if (png.isEmpty())
                        refuseData();
                    else
                        m_controller.addBytes(png, QStringLiteral("png"), name, origin);
                }));
            return;
        }
    }
    refuseData();
}

void PhotoIntake::refuseData()
{
    Q_EMIT refused({QStringLiteral("no-photo"), tr("There is no photo in what was pasted or dropped."),
                    tr("Copy a picture or image files, then paste again.")});
}

void PhotoIntake::takePaths(const QStringList& paths, const QString& origin)
{
    const bool onlyFiles =
        std::none_of(paths.begin(), paths.end(), [](const QString& path) { return QFileInfo(path).isDir(); });
    if (onlyFiles) {
        m_controller.addFiles(paths, origin);
        return;
    }
    const QString first = paths.first();
    m_jobs.start(std::make_unique<FolderWalkJob>(
        paths, [this, first, origin](const QStringList& found, const Result<void>& result) {
            if (!result) {
                if (result.error().code != u"cancelled")
                    Q_EMIT refused(result.error());
                return;
            }
            if (found.isEmpty())
                Q_EMIT refused({QStringLiteral("no-photos"),
                                tr("There are no photos in %1.").arg(quotedName(first)),
                                tr("JPEG, PNG, WebP, BMP, GIF, TIFF and HEIC files are recognised.")});
            else
                m_controller.addFiles(found, origin);
        }));
}

void PhotoIntake::paste()
{
    take(QGuiApplication::clipboard()->mimeData(), QStringLiteral("clipboard"));
}

void PhotoIntake::chooseFiles(QWidget* parent)
{
    const QString filter = tr("Photos") + QStringLiteral(" (") + imageNameFilters().join(u' ') +
                           QStringLiteral(");;") + tr("All files") + QStringLiteral(" (*)");
    const QStringList files = QFileDialog::getOpenFileNames(parent, tr("Open photos"), m_lastDir, filter);
    if (files.isEmpty())
        return;
    m_lastDir = QFileInfo(files.first()).absolutePath();
    takePaths(files, QStringLiteral("file"));
}

void PhotoIntake::chooseFolder(QWidget* parent)
{
    const QString dir = QFileDialog::getExistingDirectory(parent, tr("Open a folder of photos"), m_lastDir);
    if (dir.isEmpty())
        return;
    m_lastDir = dir;
    takePaths({dir}, QStringLiteral("file"));
}

void PhotoIntake::takeSamples()
{
    const QString dir = paths::shippedFile(QStringLiteral("samples"));
    if (dir.isEmpty())
        Q_EMIT refused({QStringLiteral("no-samples"),
                        tr("The sample pictures are missing from this installation."),
                        {}});
    else
        takePaths({dir}, QStringLiteral("sample"));
}

} // namespace goodsight
