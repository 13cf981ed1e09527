#include "core/dataset/SplitRows.h"

#include "core/dataset/AutomaticRows.h"

#include <QCoreApplication>

#include <array>

namespace goodsight::splitrows {

PartCounts apply(sql::Session& session, const SplitOptions& options, const QHash<QString, qint64>& groups)
{
    PartCounts given;
    if (!(options.val >= 0 && options.test >= 0 && options.val + options.test < 1)) {
        session.reject(
            {QStringLiteral("bad-split"),
             QCoreApplication::translate("goodsight::Dataset", "Nothing would be left to learn from."),
             QCoreApplication::translate("goodsight::Dataset",
                                         "Choose shares of 0 or more that are less than 1 together.")});
        return given;
    }
    std::vector<SplitItem> items;
    std::vector<qint64> ids;
    session.each(
        QStringLiteral("SELECT i.id, i.sha256, i.label_id, s.part FROM images i LEFT JOIN splits s ON "
                       "s.image_id = i.id WHERE ") +
            automaticrows::labelledByPeople(),
        {}, [&](const QSqlQuery& row) {
            const QString sha256 = row.value(1).toString();
            ids.push_back(row.value(0).toLongLong());
            items.push_back({sha256, row.value(2).toString(), groups.value(sha256),
                             partFromWord(row.value(3).toString())});
        });
    if (!session.ok())
        return given;
    const std::vector<Part> parts = splitStratified(items, options);
    std::array<QByteArray, 3> lists;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i].part)
            continue;
        QByteArray& list = lists[static_cast<std::size_t>(parts[i])];
        list += (list.isEmpty() ? '[' : ',') + QByteArray::number(ids[i]);
        ++given.of(parts[i]);
    }
    for (const Part part : {Part::Train, Part::Val, Part::Test}) {
        const QByteArray& list = lists[static_cast<std::size_t>(part)];
        if (!list.isEmpty())
            session.run(
                QStringLiteral("INSERT INTO splits (image_id, part) SELECT value, ? FROM json_each(?)"),
                {partWord(part), QString::fromLatin1(list + ']')});
    }
    return given;
}

} // namespace goodsight::splitrows
