#include "ui/recognition/FolderWalkJob.h"

#include "core/inference/PhotoFiles.h"

#include <QCollator>
#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace goodsight {

FolderWalkJob::FolderWalkJob(QStringList paths,
                             std::function<void(const QStringList&, const Result<void>&)> done)
    : m_paths(std::move(paths))
    , m_done(std::move(done))
{}

QString FolderWalkJob::title() const
{
    return QCoreApplication::translate("goodsight::FolderWalkJob", "Looking for photos");
}

Result<void> FolderWalkJob::process(Control& control)
{
    for (const QString& path : m_paths) {
        if (!QFileInfo(path).isDir()) {
            m_found.append(path);
            continue;
        }
        auto walked = photosIn(path, [&](qint64 found) {
            control.progress(m_found.size() + found, 0, path);
            return !control.stopRequested();
        });
        if (!walked && walked.error().code == u"no-photos")
            continue;
        if (!walked)
            return fail(walked.error());
        if (walked->photos.isEmpty())
            return fail(unreadableFolder(walked->unreadable.first()));
        QCollator natural;
        natural.setNumericMode(true);
        std::sort(walked->photos.begin(), walked->photos.end(), natural);
        m_found.append(walked->photos);
    }
    return {};
}

void FolderWalkJob::finish(const Result<void>& result)
{
    m_done(m_found, result);
}

} // namespace goodsight
