#include "core/inference/Recognizer.h"
#include "tests/support/TestSupport.h"

#include <QFile>

#include <gtest/gtest.h>

using namespace goodsight;
using namespace goodsight::testsupport;

TEST(ShippedModel, RecognisesEverySample)
{
    auto model = Recognizer::open(sourceDir() + QStringLiteral("/resources/models/groceries.safetensors"),
                                  BackendKind::Torch, 2);
    ASSERT_TRUE(model) << model.error().message.toStdString();
    const QString folder = sourceDir() + QStringLiteral("/resources/samples/");
    QFile list(folder + QStringLiteral("samples.csv"));
    ASSERT_TRUE(list.open(QIODevice::ReadOnly | QIODevice::Text));
    list.readLine(); // file,label
    int samples = 0;
    while (!list.atEnd()) {
        const QStringList row = QString::fromUtf8(list.readLine()).trimmed().split(u',');
        ASSERT_EQ(row.size(), 2);
        PhotoSource photo;
        photo.path = folder + row[0];
        const auto answer = (*model)->recognize(photo, {});
        ASSERT_TRUE(answer) << answer.error().message.toStdString();
        EXPECT_EQ(answer->top.first().id, row[1]);
        EXPECT_FALSE(answer->needsReview) << row[0].toStdString();
        ++samples;
    }
    EXPECT_GE(samples, 6);
}
