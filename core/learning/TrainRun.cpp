#include "core/learning/TrainJob.h"

#include "core/base/OrdinaryFile.h"
#include "core/learning/CheckpointStore.h"
#include "core/learning/LearningText.h"
#include "core/learning/TrainingErrors.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

namespace goodsight {

namespace {

QString fileIn(const QString& folder)
{
    return folder + QStringLiteral("/run.json");
}

constexpr const char* kParts[] = {"train", "val", "test"};

} // namespace

Result<void> TrainRun::save() const
{
    QJsonArray classes;
    for (const ModelClass& item : set.classes)
        classes.append(QJsonArray{item.id, item.zh, item.en});
    QJsonArray photos;
    for (const TrainingPhoto& photo : set.photos)
        photos.append(QJsonArray{photo.sha256, photo.file, photo.label,
                                 QLatin1String(kParts[static_cast<int>(photo.part)])});
    const QJsonObject json{{QStringLiteral("plan"), plan.toJson()}, {QStringLiteral("start"), start},
                           {QStringLiteral("name"), name},          {QStringLiteral("title_zh"), titleZh},
                           {QStringLiteral("title_en"), titleEn},   {QStringLiteral("classes"), classes},
                           {QStringLiteral("photos"), photos}};
    QDir().mkpath(folder);
    QSaveFile file(fileIn(folder));
    if (!file.open(QIODevice::WriteOnly) ||
        file.write(QJsonDocument(json).toJson(QJsonDocument::Compact)) < 0 || !file.commit()) {
        return fail(cannotWriteTraining(file.fileName(), file));
    }
    return {};
}

bool TrainRun::isIn(const QString& folder)
{
    return QFileInfo::exists(fileIn(folder)) || !CheckpointStore(folder).files().isEmpty();
}

Result<TrainRun> TrainRun::load(const QString& folder)
{
    OrdinaryFile file(fileIn(folder));
    if (!file.open(QIODevice::ReadOnly)) {
        return fail("not-found", LearningText::tr("There is no training run in %1.").arg(quotedName(folder)));
    }
    const auto damaged = [&folder] {
        return Error{QStringLiteral("bad-run"),
                     LearningText::tr("The training run in %1 is damaged.").arg(quotedName(folder)),
                     {}};
    };
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
    if (!document.isObject())
        return fail(damaged());
    const QJsonObject json = document.object();
    auto plan = TrainingPlan::fromJson(json.value(QLatin1String("plan")).toObject());
    if (!plan)
        return fail(plan.error());
    TrainRun run;
    run.plan = std::move(*plan);
    run.start = json.value(QLatin1String("start")).toString();
    run.name = json.value(QLatin1String("name")).toString();
    run.titleZh = json.value(QLatin1String("title_zh")).toString();
    run.titleEn = json.value(QLatin1String("title_en")).toString();
    run.folder = folder;
    const QJsonArray classes = json.value(QLatin1String("classes")).toArray();
    for (const QJsonValue& value : classes) {
        const QJsonArray words = value.toArray();
        run.set.classes.append({words.at(0).toString(), words.at(1).toString(), words.at(2).toString()});
    }
    const QJsonArray photos = json.value(QLatin1String("photos")).toArray();
    for (const QJsonValue& value : photos) {
        const QJsonArray words = value.toArray();
        TrainingPhoto photo{words.at(0).toString(), words.at(1).toString(), words.at(2).toInt(-1),
                            Part::Train};
        for (int part = 0; part < 3; ++part) {
            if (words.at(3).toString() == QLatin1String(kParts[part]))
                photo.part = static_cast<Part>(part);
        }
        if (photo.label < 0 || photo.label >= run.set.classes.size() || photo.file.isEmpty())
            return fail(damaged());
        run.set.photos.push_back(std::move(photo));
    }
    return run;
}

} // namespace goodsight
