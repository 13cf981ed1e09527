#include "core/learning/FolderTrainingSet.h"

#include "core/base/Job.h"
#include "core/base/OrdinaryFile.h"
#include "core/labels/LabelId.h"
#include "core/labels/LabelTable.h"
#include "core/learning/LearningText.h"
#include "core/model/ClassNames.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QHash>
#include <QSet>

#include <algorithm>
#include <set>

namespace goodsight {

namespace {

/// The products that folders' names stand for: the built-in ones, and one of its own for each other name.
class FolderClasses {
public:
    /// Learns the names in an order of their own, so that ids do not depend on a file system's.
    explicit FolderClasses(QStringList folders)
    {
        for (const Label& label : groceryLabels().labels())
            m_classes.append({label.id, label.zh, label.en});
        for (QString ModelClass::*field : {&ModelClass::id, &ModelClass::en, &ModelClass::zh}) {
            for (qsizetype i = 0; i < m_classes.size(); ++i)
                know(m_classes[i].*field, i);
        }
        folders.sort();
        for (const QString& name : std::as_const(folders)) {
            if (!m_byName.contains(labelNameKey(name)))
                addOwn(name);
            m_used.insert(m_byName.value(labelNameKey(name)));
        }
        for (qsizetype i = groceryLabels().size(); i < m_classes.size(); ++i)
            know(m_classes[i].id, i); // as exports call their folders
    }

    /// Those of the folders, built-in products in their own order, others behind them by id.
    [[nodiscard]] QList<ModelClass> used() const
    {
        QList<ModelClass> classes;
        for (const qsizetype i : m_used)
            classes.append(m_classes[i]);
        const auto builtIn = std::distance(m_used.begin(), m_used.lower_bound(groceryLabels().size()));
        std::sort(classes.begin() + builtIn, classes.end(),
                  [](const ModelClass& a, const ModelClass& b) { return a.id < b.id; });
        return classes;
    }
    /// The id of the product that a folder is named after; empty where there is none.
    [[nodiscard]] QString idOf(const QString& folder) const
    {
        return m_classes.value(m_byName.value(labelNameKey(folder), -1)).id;
    }

private:
    void know(const QString& name, qsizetype place)
    {
        if (!m_byName.contains(labelNameKey(name)))
            m_byName.insert(labelNameKey(name), place);
        m_ids.insert(m_classes[place].id);
    }
    void addOwn(const QString& name)
    {
        const QString id = uniqueLabelId(name, [this](const QString& made) { return m_ids.contains(made); });
        m_classes.append({id, name, name});
        know(name, m_classes.size() - 1);
    }

    QList<ModelClass> m_classes;
    QHash<QString, qsizetype> m_byName; ///< by labelNameKey()
    QSet<QString> m_ids;
    std::set<qsizetype> m_used; ///< places in m_classes
};

Result<QString> hashOf(const QString& path)
{
    OrdinaryFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file)) {
        return fail("unreadable",
                    LearningText::tr("%1 cannot be read: %2.").arg(quotedName(path), file.errorString()));
    }
    return QString::fromLatin1(hash.result().toHex());
}

} // namespace

Result<TrainingSet> folderTrainingSet(const QString& train, const QString& val,
                                      const std::function<void(const QString&, const Error&)>& failed,
                                      const WalkControl& goOn)
{
    const auto trainFiles = photosIn(train, goOn);
    if (!trainFiles)
        return fail(trainFiles.error());
    FoundPhotos valFiles;
    if (!val.isEmpty()) {
        const auto found = photosIn(val, goOn);
        if (!found)
            return fail(found.error());
        valFiles = *found;
    }
    QStringList folders;
    for (const QString& file : trainFiles->photos)
        folders.append(folderName(file));
    folders.removeDuplicates();
    const FolderClasses classes(std::move(folders));
    TrainingSet set;
    set.classes = classes.used();
    QHash<QString, int> numbers;
    for (int i = 0; i < set.classes.size(); ++i)
        numbers.insert(set.classes[i].id, i);

    const auto add = [&](const QString& file, Part part) {
        const QString folder = folderName(file);
        const int label = numbers.value(classes.idOf(folder), -1);
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
    const qsizetype all = trainFiles->photos.size() + valFiles.photos.size();
    for (qsizetype i = 0; i < all; ++i) {
        if (goOn && !goOn(i))
            return fail(cancelledError());
        const bool trains = i < trainFiles->photos.size();
        add(trains ? trainFiles->photos[i] : valFiles.photos[i - trainFiles->photos.size()],
            trains ? Part::Train : Part::Val);
    }
    if (val.isEmpty())
        takeVal(set);
    return set;
}

} // namespace goodsight
