#include "ui/evaluation/ClassTableModel.h"

#include <QSortFilterProxyModel>

#include <gtest/gtest.h>

using namespace goodsight;

namespace {

EvaluationPtr evaluation()
{
    auto made = std::make_shared<Evaluation>();
    for (const char* id : {"a", "b", "c"})
        made->classes.append({QString::fromLatin1(id), {}, QString::fromLatin1(id), {}});
    ClassMetrics a{.label = 0, .photos = 10, .right = 9, .recall = 0.9, .top3 = 1, .f1 = 0.9};
    ClassMetrics b{.label = 1, .photos = 3, .right = 0, .recall = 0, .top3 = 0.33};
    ClassMetrics c{.label = 2, .photos = 100, .right = 20, .precision = 1, .recall = 0.2, .top3 = 0.5};
    made->report.metrics.classes = {a, b, c};
    return made;
}

} // namespace

TEST(ClassTableModel, SortsByWhatIsMeantNotByWhatIsWritten)
{
    ClassTableModel model;
    model.show(evaluation());
    QSortFilterProxyModel sorted;
    sorted.setSourceModel(&model);
    sorted.setSortRole(ClassTableModel::kSort);
    const auto order = [&](int column) {
        sorted.sort(column);
        QString ids;
        for (int row = 0; row < sorted.rowCount(); ++row)
            ids += sorted.index(row, ClassTableModel::Product).data().toString();
        return ids;
    };
    EXPECT_EQ(order(ClassTableModel::Right), QStringLiteral("bca"));
    EXPECT_EQ(order(ClassTableModel::Photos), QStringLiteral("bac")); // 3, 10, 100
    EXPECT_EQ(order(ClassTableModel::Product), QStringLiteral("abc"));
}

TEST(ClassTableModel, SaysShareAndCount)
{
    ClassTableModel model;
    EXPECT_EQ(model.rowCount(), 0);
    model.show(evaluation());
    EXPECT_EQ(model.index(0, ClassTableModel::Right).data().toString(), QStringLiteral("90%  (9)"));
    EXPECT_FALSE(model.index(0, ClassTableModel::Right).data(Qt::ForegroundRole).isValid());
    EXPECT_TRUE(model.index(1, ClassTableModel::Right).data(Qt::ForegroundRole).isValid());
}
