#include "core/learning/ProjectTrainingSet.h"

#include "core/base/Job.h"
#include "core/learning/LearningText.h"

#include <QFileInfo>
#include <QHash>
#include <QSet>

#include <algorithm>

namespace goodsight {

Result<ProjectTrainingSet> projectTrainingSet(const DatasetStore& store, const WalkControl& goOn)
{
    auto rows = store.photos(PhotoQuery::labelled());
    if (!rows)
        return fail(rows.error());
    std::sort(rows->begin(), rows->end(),
              [](const PhotoRow& a, const PhotoRow& b) { return a.sha256 < b.sha256; });

    ProjectTrainingSet found;
    QHash<QString, int> classOf;
    qint64 looked = 0;
    for (const PhotoRow& row : std::as_const(*rows)) {
        if (goOn && !goOn(looked++))
            return fail(cancelledError());
        if (QFileInfo(row.file).isFile())
            classOf.insert(row.labelId, 0);
        else
            found.missing.append(row.file);
    }
    for (const Label& label : store.labels()) {
        const auto known = classOf.find(label.id);
        if (known == classOf.end())
            continue;
        *known = static_cast<int>(found.set.classes.size());
        found.set.classes.append({label.id, label.zh, label.en});
    }
    if (found.set.classes.isEmpty())
        return fail(
            "nothing-to-learn",
            found.missing.isEmpty()
                ? LearningText::tr("The project %1 has no photo with a label.").arg(quotedName(store.dir()))
                : LearningText::tr("No labelled photo of the project %1 is where it should be.")
                      .arg(quotedName(store.dir())),
            LearningText::tr("Label some photos, or import a folder with a folder for each product."));
    const QSet<QString> missing(found.missing.begin(), found.missing.end());
    found.set.photos.reserve(static_cast<std::size_t>(rows->size()));
    for (const PhotoRow& row : std::as_const(*rows))
        if (!missing.contains(row.file))
            found.set.photos.push_back({row.sha256, row.file, classOf.value(row.labelId),
                                        partFromWord(row.split).value_or(Part::Train)});
    return found;
}

} // namespace goodsight
