#include "ui/recognition/FolderWalkJob.h"

#include "core/imaging/ImageDecoder.h"

#include <QCollator>
#include <QCoreApplication>
#include <QDirIterator>
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
    const QStringList filters = imageNameFilters();
    for (const QString& path : m_paths) {
        if (!QFileInfo(path).isDir()) {
            m_found.append(path);
            continue;
        }
        QStringList below;
        QDirIterator files(path, filters, QDir::Files | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            if (control.stopRequested())
                return fail(cancelledError());
            below.append(files.next());
            if (below.size() % 100 == 0)
                control.progress(m_found.size() + below.size(), 0, path);
        }
        QCollator natural;
        natural.setNumericMode(true);
        std::sort(below.begin(), below.end(), natural);
        m_found.append(below);
    }
    return {};
}

void FolderWalkJob::finish(const Result<void>& result)
{
    m_done(m_found, result);
}

} // namespace goodsight
