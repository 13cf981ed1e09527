#include "core/learning/TrainingSources.h"

#include "core/inference/PhotoFiles.h"
#include "core/labels/LabelId.h"
#include "core/labels/LabelTable.h"
#include "core/learning/TrainingText.h"
#include "core/model/ClassNames.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QHash>

#include <algorithm>
#include <map>

namespace goodsight {

namespace {

constexpr std::size_t kEveryVal = 8;

/// Gives the photos at `undecided` their parts.
void split(TrainingSet& set, const std::vector<std::size_t>& undecided)
{
    std::map<int, std::vector<std::size_t>> byLabel;
    for (const std::size_t i : undecided)
        byLabel[set.photos[i].label].push_back(i);
    for (auto& [label, photos] : byLabel) {
        std::sort(photos.begin(), photos.end(), [&set](std::size_t a, std::size_t b) {
            return set.photos[a].sha256 < set.photos[b].sha256;
        });
        for (std::size_t k = 0; k < photos.size(); ++k)
            set.photos[photos[k]].part = k % kEveryVal == kEveryVal - 1 ? Part::Val : Part::Train;
    }
}

/// The class that a folder's name stands for; an id of its own for a name that no built-in product has.
ModelClass classOf(const QString& name)
{
    const LabelTable& known = groceryLabels();
    if (const auto row = known.indexOfName(name)) {
        const Label& label = known.rows()[*row].label;
        return {label.id, label.zh, label.en};
    }
    return {labelIdFromName(name), name, name};
}

Result<QString> hashOf(const QString& path)
{
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file)) {
        return fail("unreadable",
                    TrainingText::tr("%1 cannot be read: %2.").arg(quotedName(path), file.errorString()));
    }
    return QString::fromLatin1(hash.result().toHex());
}

} // namespace

Result<TrainingSet> projectTrainingSet(const DatasetStore& store)
{
    TrainingSet set;
    QHash<QString, int> numbers;
    const QList<Label> labels = store.labels();
    std::vector<std::size_t> undecided;
    std::vector<QString> ids;
    PhotoQuery query;
    query.limit = 1000;
    for (;;) {
        const auto page = store.photos(query);
        if (!page)
            return fail(page.error());
        for (const PhotoRow& row : *page) {
            if (row.labelId.isEmpty())
                continue;
            TrainingPhoto photo{row.sha256, row.file, 0, Part::Train};
            if (row.split == u"val")
                photo.part = Part::Val;
            else if (row.split == u"test")
                photo.part = Part::Test;
            else if (row.split.isEmpty())
                undecided.push_back(set.photos.size());
            numbers.insert(row.labelId, -1);
            ids.push_back(row.labelId);
            set.photos.push_back(std::move(photo));
        }
        if (page->size() < query.limit)
            break;
        query.offset += query.limit;
    }
    for (const Label& label : labels) {
        if (!numbers.contains(label.id))
            continue;
        numbers[label.id] = static_cast<int>(set.classes.size());
        set.classes.append({label.id, label.zh, label.en});
    }
    for (std::size_t i = 0; i < set.photos.size(); ++i)
        set.photos[i].label = numbers.value(ids[i]);
    split(set, undecided);
    return set;
}

Result<TrainingSet> folderTrainingSet(const QString& train, const QString& val,
                                      const std::function<void(const QString&, const Error&)>& failed)
{
    const auto trainFiles = photosIn(train);
    if (!trainFiles)
        return fail(trainFiles.error());
    FoundPhotos valFiles;
    if (!val.isEmpty()) {
        const auto found = photosIn(val);
        if (!found)
            return fail(found.error());
        valFiles = *found;
    }
    QHash<QString, ModelClass> byFolder;
    for (const QString& file : trainFiles->photos) {
        const QString folder = folderName(file);
        if (!byFolder.contains(folder))
            byFolder.insert(folder, classOf(folder));
    }
    TrainingSet set;
    for (const ModelClass& item : byFolder) {
        if (std::none_of(set.classes.begin(), set.classes.end(),
                         [&item](const ModelClass& other) { return other.id == item.id; }))
            set.classes.append(item);
    }
    // Built-in products in their own order, others behind them.
    const auto place = [](const ModelClass& item) {
        const auto row = groceryLabels().indexOf(item.id);
        return std::pair(row.value_or(groceryLabels().size()), item.id);
    };
    std::sort(set.classes.begin(), set.classes.end(),
              [&place](const ModelClass& a, const ModelClass& b) { return place(a) < place(b); });
    QHash<QString, int> numbers;
    for (int i = 0; i < set.classes.size(); ++i)
        numbers.insert(set.classes[i].id, i);

    std::vector<std::size_t> undecided;
    const auto add = [&](const QString& file, Part part) {
        const QString folder = folderName(file);
        const auto known = byFolder.constFind(folder);
        const int label = numbers.value(known != byFolder.constEnd() ? known->id : classOf(folder).id, -1);
        if (label < 0) {
            failed(file, {QStringLiteral("unknown-label"),
                          TrainingText::tr("No photo to train on is labelled “%1”.").arg(folder),
                          {}});
            return;
        }
        const auto sha256 = hashOf(file);
        if (!sha256) {
            failed(file, sha256.error());
            return;
        }
        if (part == Part::Train && val.isEmpty())
            undecided.push_back(set.photos.size());
        set.photos.push_back({*sha256, QFileInfo(file).absoluteFilePath(), label, part});
    };
    for (const QString& file : trainFiles->photos)
        add(file, Part::Train);
    for (const QString& file : valFiles.photos)
        add(file, Part::Val);
    split(set, undecided);
    return set;
}

} // namespace goodsight
