#include "ui/evaluation/MapPanel.h"
#include "core/imaging/ThumbnailLoader.h"
#include "ui/charts/EmbeddingMapView.h"
#include "ui/evaluation/EvaluationJob.h"

#include <QLabel>

#include <gtest/gtest.h>

#include <algorithm>

using namespace goodsight;

namespace {

bool says(const QWidget& panel, const QString& words)
{
    const auto labels = panel.findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(),
                       [&](const QLabel* label) { return label->text().contains(words); });
}

std::shared_ptr<Evaluation> evaluationOf(int photos)
{
    auto made = std::make_shared<Evaluation>();
    for (int i = 0; i < photos; ++i) {
        made->report.photos.push_back({{}, QStringLiteral("%1.jpg").arg(i)});
        ScoredPhoto scored;
        scored.truth = i;
        made->report.scored.push_back(scored);
        made->classes.append({QString::number(i), {}, QStringLiteral("product %1").arg(i), {}});
    }
    return made;
}

} // namespace

TEST(MapPanel, ShowsEveryPhotoUpToALimitAndThenEveryFew)
{
    EXPECT_TRUE(EvaluationJob::mappedOf(9).empty());
    const auto all = EvaluationJob::mappedOf(12);
    ASSERT_EQ(all.size(), 12U);
    EXPECT_EQ(all.front(), 0U);
    EXPECT_EQ(all.back(), 11U);
    constexpr std::size_t kMany = 25'000;
    const auto some = EvaluationJob::mappedOf(kMany);
    ASSERT_EQ(some.size(), 10'000U);
    EXPECT_TRUE(std::is_sorted(some.begin(), some.end()));
    EXPECT_EQ(std::adjacent_find(some.begin(), some.end()), some.end());
    EXPECT_GE(some.back(), kMany - 3) << "the last photos belong to it as the first do";
    EXPECT_LT(some.back(), kMany);
}

TEST(MapPanel, APlaceIsThatOfItsPhoto)
{
    ThumbnailLoader thumbnails;
    MapPanel panel(thumbnails);
    const auto made = evaluationOf(40);
    for (const std::size_t photo : {3U, 17U, 39U})
        made->map.append({{static_cast<double>(photo), 1}, photo});
    panel.show(made);
    const auto* map = panel.findChild<EmbeddingMapView*>();
    ASSERT_NE(map, nullptr);
    const QList<QStringList> table = map->table();
    ASSERT_EQ(table.size(), 4);
    EXPECT_EQ(table[2].value(2), QStringLiteral("product 17"));
    EXPECT_EQ(table[2].value(3), QStringLiteral("17.jpg"));
    EXPECT_TRUE(says(panel, QStringLiteral("3 of 40 photos")));
    for (std::size_t photo = 0; photo < 40; ++photo)
        made->map.append({{static_cast<double>(photo), 1}, photo});
    made->map.remove(0, 3);
    panel.show(made);
    EXPECT_FALSE(says(panel, QStringLiteral("of 40 photos")));
}
