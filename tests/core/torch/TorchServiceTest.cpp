#include "core/inference/RecognitionService.h"
#include "tests/core/inference/FormulaModel.h"
#include "tests/support/TestSupport.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace goodsight;
using namespace goodsight::testsupport;

TEST(TorchService, LoadsAModelFileInTheBackgroundAndAnswers)
{
    const QTemporaryDir folder;
    RecognitionConfig config;
    config.modelFile = folder.filePath(QStringLiteral("formula.safetensors"));
    ASSERT_TRUE(formulaModel().save(config.modelFile, true));

    RecognitionService service;
    QList<LoadedModel> loaded;
    QList<Recognition> answers;
    QList<QImage> photos;
    QList<Error> errors;
    QObject::connect(&service, &RecognitionService::modelLoaded, &service,
                     [&](const LoadedModel& model) { loaded += model; });
    QObject::connect(&service, &RecognitionService::recognized, &service,
                     [&](quint64, const Recognition& answer, const QImage& photo) {
                         answers += answer;
                         photos += photo;
                     });
    QObject::connect(&service, &RecognitionService::failed, &service,
                     [&](quint64, const Error& error) { errors += error; });
    service.configure(config);
    PhotoSource source;
    source.image = formulaPhoto(301, 257);
    service.request(source, QStringLiteral("main"));
    source.image = {};
    source.path = folder.filePath(QStringLiteral("nothing here.jpg"));
    service.request(source);
    ASSERT_TRUE(waitFor([&] { return answers.size() + errors.size() == 2; }, 60'000));

    ASSERT_EQ(loaded.size(), 1);
    EXPECT_EQ(loaded[0].name, QStringLiteral("formula"));
    EXPECT_EQ(loaded[0].titleZh, QStringLiteral("公式模型"));
    EXPECT_EQ(loaded[0].backend, QStringLiteral("onednn-fp32"));
    EXPECT_EQ(loaded[0].classes, 40);
    EXPECT_GT(loaded[0].loadMilliseconds, 0);
    ASSERT_EQ(answers.size(), 1);
    EXPECT_EQ(answers[0].top.size(), 3);
    EXPECT_EQ(answers[0].backend, QStringLiteral("onednn-fp32"));
    EXPECT_EQ(answers[0].embedding.size(), 512U);
    EXPECT_EQ(answers[0].originalSize, QSize(301, 257));
    EXPECT_TRUE(answers[0].small);
    EXPECT_GT(answers[0].times.network, 0);
    EXPECT_EQ(photos[0].size(), QSize(301, 257));
    ASSERT_EQ(errors.size(), 1);
    EXPECT_EQ(errors[0].code, QStringLiteral("not-found"));
}

TEST(TorchService, AModelThatIsNoModelFailsWithItsReason)
{
    const QTemporaryDir folder;
    RecognitionConfig config;
    config.modelFile = folder.filePath(QStringLiteral("missing.safetensors"));
    RecognitionService service;
    QList<Error> errors;
    QObject::connect(&service, &RecognitionService::modelFailed, &service,
                     [&](const Error& error) { errors += error; });
    service.configure(config);
    ASSERT_TRUE(waitFor([&] { return errors.size() == 1; }));
    EXPECT_EQ(errors[0].code, QStringLiteral("not-found"));
    config.backend = QStringLiteral("quantum");
    service.configure(config);
    ASSERT_TRUE(waitFor([&] { return errors.size() == 2; }));
    EXPECT_EQ(errors[1].code, QStringLiteral("unknown-backend"));
}
