#include "core/learning/StartModel.h"

#include "core/model/Safetensors.h"
#include "tests/support/TestModels.h"
#include "tests/support/TestSupport.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace goodsight;

TEST(StartModel, APackageBringsItsClassesAndLicence)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("start.safetensors"));
    testsupport::writeRandomModel(path, 4);
    const auto start = loadStart(path);
    ASSERT_TRUE(start) << qPrintable(start.error().message);
    const auto package = ModelPackage::load(path);
    EXPECT_EQ(start->fingerprint, package->fingerprint);
    EXPECT_EQ(start->licence, package->licence);
    EXPECT_EQ(start->classes.size(), 4);
    EXPECT_TRUE(start->missing.empty());
}

TEST(StartModel, Layer4MayLackConvolutionsAndNothingElse)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("trunk.safetensors"));
    std::map<std::string, Tensor> weights = testsupport::randomModel(5).weights;
    const auto drop = [&weights](const std::string& name) {
        weights.erase(name + ".weight");
        weights.erase(name + ".bias");
    };
    drop("layer4.0.conv1");
    drop("layer4.1.conv2");
    ASSERT_TRUE(writeSafetensors(path, {{QStringLiteral("licence"), QStringLiteral("BSD")}}, weights, false));
    const auto start = loadStart(path);
    ASSERT_TRUE(start) << qPrintable(start.error().message);
    EXPECT_EQ(start->missing, (std::set<std::string>{"layer4.0.conv1", "layer4.1.conv2"}));
    EXPECT_EQ(start->licence, QStringLiteral("BSD"));
    EXPECT_EQ(start->name, QStringLiteral("trunk"));
    EXPECT_EQ(start->fingerprint.size(), 64);
    EXPECT_EQ(start->weights.at("fc.bias").values.size(), 5U);

    drop("layer2.1.conv1");
    ASSERT_TRUE(writeSafetensors(path, {}, weights, false));
    const auto refused = loadStart(path);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, QStringLiteral("wrong-architecture"));
    EXPECT_TRUE(refused.error().message.contains(u"layer2.1.conv1"));
    EXPECT_FALSE(loadStart(folder.filePath(QStringLiteral("nowhere.safetensors"))));
}

TEST(StartModel, TheSharedTrunkIsOne)
{
    const QString trunk = testsupport::shared(QStringLiteral("models/resnet18-v1-trunk.safetensors"));
    if (trunk.isEmpty())
        GTEST_SKIP() << testsupport::kNoShared;
    const auto start = loadStart(trunk);
    ASSERT_TRUE(start) << qPrintable(start.error().message);
    EXPECT_EQ(start->missing.size(), 4U);
    EXPECT_EQ(start->weights.at("fc.bias").values.size(), 1000U);
}
