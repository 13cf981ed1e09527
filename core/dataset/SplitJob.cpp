#include "core/dataset/SplitJob.h"

#include "core/dataset/AutomaticRows.h"
#include "core/dataset/Database.h"
#include "core/dataset/PhotoFiles.h"
#include "core/dataset/PictureHash.h"
#include "core/imaging/ImageDecoder.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace goodsight {

namespace {

/// Hashes of one transaction: a second's work or so, which is all that a kill costs.
constexpr qsizetype kPart = 256;

} // namespace

struct SplitJob::Photo {
    QString sha256;
    QString file;
    GroupItem item;
    bool hashed = false;
};

SplitJob::SplitJob(DatasetStore& store, const SplitRequest& request, OnFinished onFinished)
    : m_store(store)
    , m_request(request)
    , m_onFinished(std::move(onFinished))
{}

QString SplitJob::title() const
{
    return QCoreApplication::translate("goodsight::Dataset", "Looking for photos that are alike");
}

Result<void> SplitJob::hash(std::vector<Photo>& photos, Control& control)
{
    QList<KeptHash> part;
    const qint64 total =
        std::count_if(photos.begin(), photos.end(), [](const Photo& photo) { return !photo.hashed; });
    qint64 done = 0;
    for (Photo& photo : photos) {
        if (photo.hashed)
            continue;
        if (control.stopRequested())
            break;
        control.progress(done++, total, quotedName(photo.file));
        const auto picture = decodeThumbnail(photo.file, kHashedSide);
        if (!picture) {
            ++m_report.unreadable;
            continue;
        }
        photo.item.hash = pictureHash(*picture);
        part.append({photo.sha256, photo.item.hash});
        ++m_report.hashed;
        if (part.size() >= kPart)
            if (auto kept = m_store.keepHashes(std::exchange(part, {})); !kept)
                return kept;
    }
    return part.isEmpty() ? Result<void>() : m_store.keepHashes(part);
}

Result<void> SplitJob::process(Control& control)
{
    control.progress(0, 0, title());
    std::vector<Photo> photos;
    {
        auto reader = database::openReader(m_store.dir());
        if (!reader)
            return fail(reader.error());
        sql::Session session(*reader->connection);
        const PhotoFiles files(m_store.dir());
        session.each(
            QStringLiteral("SELECT i.sha256, i.suffix, i.reference, i.label_id, i.source, i.captured_at, "
                           "h.image_id, h.hash FROM images i LEFT JOIN image_hashes h ON h.image_id = i.id "
                           "WHERE ") +
                automaticrows::labelledByPeople(),
            {}, [&](const QSqlQuery& row) {
                Photo photo;
                photo.sha256 = row.value(0).toString();
                photo.file = row.value(2).isNull() ? files.path(photo.sha256, row.value(1).toString())
                                                   : row.value(2).toString();
                photo.item.labelId = row.value(3).toString();
                photo.item.source = row.value(4).toString();
                photo.item.capturedAt = row.value(5).toLongLong();
                photo.hashed = !row.value(6).isNull();
                if (!row.value(7).isNull())
                    photo.item.hash = static_cast<quint64>(row.value(7).toLongLong());
                photos.push_back(std::move(photo));
            });
        if (!session.ok())
            return session.result();
    }
    m_report.photos = static_cast<qint64>(photos.size());
    if (auto hashed = hash(photos, control); !hashed)
        return hashed;
    if (control.stopRequested())
        return {};

    std::vector<GroupItem> items;
    items.reserve(photos.size());
    for (const Photo& photo : photos)
        items.push_back(photo.item);
    const std::vector<qint64> numbers = photoGroups(items, m_request.groups);
    QHash<QString, qint64> groups;
    for (std::size_t i = 0; i < photos.size(); ++i)
        if (numbers[i] != 0)
            groups.insert(photos[i].sha256, numbers[i]);
    m_report.grouped = groups.size();
    const auto given = m_store.split(m_request.split, groups);
    if (!given)
        return fail(given.error());
    m_report.given = *given;
    control.progress(m_report.photos, m_report.photos, title());
    return {};
}

void SplitJob::finish(const Result<void>& result)
{
    if (m_onFinished)
        m_onFinished(result, m_report);
}

} // namespace goodsight
