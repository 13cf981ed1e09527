#include "ui/evaluation/ConfusionPanel.h"
#include "core/imaging/ThumbnailLoader.h"
#include "ui/evaluation/MixUpList.h"
#include "ui/evaluation/PhotoStrip.h"

#include <QLabel>

#include <gtest/gtest.h>

using namespace goodsight;

TEST(ConfusionPanel, TheTitleSaysHowManyOfTheCellAreShown)
{
    const auto made = std::make_shared<Evaluation>();
    made->classes = {{QStringLiteral("milk"), {}, QStringLiteral("Milk"), {}},
                     {QStringLiteral("pear"), {}, QStringLiteral("Pear"), {}}};
    for (int photo = 0; photo < 201; ++photo) {
        made->report.photos.push_back({{}, QStringLiteral("%1.jpg").arg(photo)});
        made->report.scored.emplace_back();
        made->report.confusion.add(0, photo < 200 ? 1 : 0, photo);
    }
    ThumbnailLoader thumbnails;
    ConfusionPanel panel(thumbnails);
    panel.show(made);
    auto* mixUps = panel.findChild<MixUpList*>();
    const auto* title = panel.findChild<QLabel*>(QStringLiteral("cellTitle"));
    const auto* strip = panel.findChild<PhotoStrip*>();
    ASSERT_TRUE(mixUps && title && strip);
    Q_EMIT mixUps->cellChosen(0, 1);
    EXPECT_EQ(strip->count(), 200);
    EXPECT_FALSE(title->text().contains(QStringLiteral("first"))) << title->text().toStdString();

    made->report.photos.push_back({{}, QStringLiteral("201.jpg")});
    made->report.scored.emplace_back();
    made->report.confusion.add(0, 1, 201);
    panel.show(made);
    Q_EMIT mixUps->cellChosen(0, 1);
    EXPECT_EQ(strip->count(), 200);
    EXPECT_TRUE(title->text().contains(QStringLiteral("201"))) << title->text().toStdString();
    EXPECT_TRUE(title->text().contains(QStringLiteral("the first 200"))) << title->text().toStdString();
}
