#include "core/learning/ViewWriter.h"

#include "core/base/Job.h"
#include "core/learning/TeacherAnswers.h"
#include "core/learning/TrainingErrors.h"
#include "core/learning/ViewPictures.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

#include <optional>

namespace goodsight {

namespace {

constexpr std::size_t kAtOnce = 32; ///< photos between two questions whether to go on

Result<void> writePng(const QImage& picture, const QString& path)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || !picture.save(&file, "PNG") || !file.commit())
        return fail(cannotWriteTraining(path, file));
    return {};
}

} // namespace

Result<int> writeViews(const TrainingPlan& plan, const TrainingSet& set, const PreprocessSpec& preprocessing,
                       int side, const QString& folder, const DecodeLimits& limits,
                       const std::function<bool(qint64 done, qint64 total)>& progress,
                       const std::function<void(const QString& file, const Error&)>& failed)
{
    const ViewPictures pictures(set, plan, preprocessing, limits);
    std::vector<std::size_t> photos;
    for (std::size_t i = 0; i < set.photos.size(); ++i) {
        if (set.photos[i].part == Part::Train)
            photos.push_back(i);
    }
    const int pixels = side == 0 ? plan.side : side;
    std::vector<int> views;
    for (int view = 0; view < plan.viewsPerPhoto; ++view)
        views.push_back(pictures.kept(view));
    const QDir dir(folder);
    QJsonArray rows;
    for (std::size_t begin = 0; begin < photos.size(); begin += kAtOnce) {
        if (!progress(static_cast<qint64>(begin), static_cast<qint64>(photos.size())))
            return fail(cancelledError());
        const std::size_t count = std::min(kAtOnce, photos.size() - begin);
        std::vector<std::optional<Error>> unreadable(count);
        std::vector<Result<void>> written(count);
        forEachParallel(count, plan.threads, [&](std::size_t i) {
            const TrainingPhoto& photo = set.photos[photos[begin + i]];
            const auto made = pictures.make(photos[begin + i], views, pixels);
            if (!made) {
                unreadable[i] = made.error();
                return;
            }
            dir.mkpath(photo.sha256);
            for (std::size_t view = 0; view < views.size() && written[i]; ++view) {
                const QString key = TeacherAnswers::viewKey(photo.sha256, static_cast<int>(view));
                written[i] = writePng((*made)[view], dir.filePath(key + QStringLiteral(".png")));
            }
        });
        for (std::size_t i = 0; i < count; ++i) {
            const TrainingPhoto& photo = set.photos[photos[begin + i]];
            if (!written[i])
                return fail(written[i].error());
            if (unreadable[i]) {
                failed(photo.file, *unreadable[i]);
                continue;
            }
            for (int view = 0; view < plan.viewsPerPhoto; ++view) {
                const QString key = TeacherAnswers::viewKey(photo.sha256, view);
                rows.append(QJsonObject{{QStringLiteral("key"), key},
                                        {QStringLiteral("file"), key + QStringLiteral(".png")},
                                        {QStringLiteral("label"), set.classes[photo.label].id}});
            }
        }
    }
    QJsonArray classes;
    for (const ModelClass& item : set.classes)
        classes.append(item.id);
    QSaveFile list(dir.filePath(QStringLiteral("views.json")));
    const QJsonObject json{{QStringLiteral("side"), pixels},
                           {QStringLiteral("classes"), classes},
                           {QStringLiteral("rows"), rows}};
    dir.mkpath(QStringLiteral("."));
    if (!list.open(QIODevice::WriteOnly) || list.write(QJsonDocument(json).toJson()) < 0 || !list.commit())
        return fail(cannotWriteTraining(list.fileName(), list));
    return static_cast<int>(rows.size());
}

} // namespace goodsight
