#include "core/inference/PhotoFiles.h"

#include "core/base/Job.h"
#include "core/base/Paths.h"
#include "core/imaging/ImageDecoder.h"
#include "core/inference/InferenceText.h"

#include <QDir>
#include <QFileInfo>
#include <QSet>

#include <algorithm>

namespace goodsight {

namespace {

class Walk {
public:
    explicit Walk(const WalkControl& goOn)
        : m_goOn(goOn)
    {}

    FoundPhotos found;
    bool stopped = false;

    void enter(const QString& folder)
    {
        stopped = stopped || (m_goOn && !m_goOn(found.photos.size()));
        if (stopped)
            return;
        const QString canonical = QFileInfo(folder).canonicalFilePath();
        if (canonical.isEmpty() || m_entered.contains(canonical))
            return;
        m_entered.insert(canonical);
        if (!QFileInfo(folder).isReadable()) {
            found.unreadable.append(folder);
            return;
        }
        QFileInfoList entries = QDir(folder).entryInfoList(QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot);
        std::sort(entries.begin(), entries.end(),
                  [](const QFileInfo& a, const QFileInfo& b) { return a.fileName() < b.fileName(); });
        for (const QFileInfo& entry : entries) {
            const QString path = paths::joined(folder, entry.fileName());
            if (entry.isDir())
                enter(path);
            else if (QDir::match(m_filters, entry.fileName()))
                found.photos.append(path);
        }
    }

private:
    const WalkControl& m_goOn;
    const QStringList m_filters = imageNameFilters();
    QSet<QString> m_entered;
};

} // namespace

Error unreadableFolder(const QString& folder)
{
    return {QStringLiteral("unreadable"),
            InferenceText::tr("The folder “%1” may not be read.").arg(quotedName(folder)),
            InferenceText::tr("Ask for the right to read it, or copy it elsewhere.")};
}

Result<FoundPhotos> photosIn(const QString& folder, const WalkControl& goOn)
{
    const QFileInfo info(folder);
    if (!info.isDir()) {
        return fail("not-found", InferenceText::tr("There is no folder “%1”.").arg(quotedName(folder)),
                    InferenceText::tr("Check the path; it may have been moved or renamed."));
    }
    if (!info.isReadable())
        return fail(unreadableFolder(folder));
    Walk walk(goOn);
    walk.enter(folder);
    if (walk.stopped)
        return fail(cancelledError());
    if (walk.found.photos.isEmpty() && walk.found.unreadable.isEmpty()) {
        return fail(
            "no-photos", InferenceText::tr("There are no photos in “%1”.").arg(quotedName(folder)),
            InferenceText::tr("Photos end in %1.").arg(imageNameFilters().join(QStringLiteral(", "))));
    }
    return std::move(walk.found);
}

} // namespace goodsight
