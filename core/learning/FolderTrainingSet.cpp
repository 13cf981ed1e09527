#include "core/learning/FolderTrainingSet.h"

#include "core/inference/PhotoFiles.h"
#include "core/labels/LabelId.h"
#include "core/labels/LabelTable.h"
#include "core/learning/LearningText.h"
#include "core/model/ClassNames.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QHash>

#include <algorithm>

namespace goodsight {

namespace {

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
                    LearningText::tr("%1 cannot be read: %2.").arg(quotedName(path), file.errorString()));
    }
    return QString::fromLatin1(hash.result().toHex());
}

} // namespace

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

    const auto add = [&](const QString& file, Part part) {
        const QString folder = folderName(file);
        const auto known = byFolder.constFind(folder);
        const int label = numbers.value(known != byFolder.constEnd() ? known->id : classOf(folder).id, -1);
        if (label < 0) {
            failed(file, {QStringLiteral("unknown-label"),
                          LearningText::tr("No photo to train on is labelled “%1”.").arg(folder),
                          {}});
            return;
        }
        const auto sha256 = hashOf(file);
        if (!sha256) {
            failed(file, sha256.error());
            return;
        }
        set.photos.push_back({*sha256, QFileInfo(file).absoluteFilePath(), label, part});
    };
    for (const QString& file : trainFiles->photos)
        add(file, Part::Train);
    for (const QString& file : valFiles.photos)
        add(file, Part::Val);
    if (val.isEmpty())
        takeVal(set);
    return set;
}

} // namespace goodsight
