#include "core/inference/Backend.h"
#include "core/inference/ResNet18Graph.h"
#include "core/model/ModelPackage.h"
#include "tests/core/inference/FormulaModel.h"

#include <gtest/gtest.h>

using namespace goodsight;

TEST(Backend, KindsHaveStableNames)
{
    EXPECT_EQ(backendKindFromName(QStringLiteral("auto")), BackendKind::Auto);
    EXPECT_EQ(backendKindFromName(QStringLiteral("torch")), BackendKind::Torch);
    EXPECT_EQ(backendKindFromName(QStringLiteral("onednn-fp32")), BackendKind::OneDnnFp32);
    EXPECT_EQ(backendKindFromName(QStringLiteral("onednn-int8")), BackendKind::OneDnnInt8);
    for (const QString& word : {QString(), QStringLiteral("Torch"), QStringLiteral("cuda")}) {
        const auto kind = backendKindFromName(word);
        ASSERT_FALSE(kind);
        EXPECT_EQ(kind.error().code, QStringLiteral("unknown-backend"));
    }
}

TEST(ResNet18Graph, EveryConvolutionIsUsedOnceAndShapesMeet)
{
    std::vector<int> uses(resnet18::kConvolutions.size(), 0);
    const auto conv = [&](int index) {
        ++uses[static_cast<std::size_t>(index)];
        return resnet18::kConvolutions[static_cast<std::size_t>(index)];
    };
    int channels = conv(0).out;
    for (const resnet18::Block& block : resnet18::kBlocks) {
        const auto first = conv(block.conv1);
        const auto second = conv(block.conv2);
        EXPECT_EQ(first.in, channels) << first.name;
        EXPECT_EQ(second.in, first.out) << second.name;
        if (block.downsample == resnet18::kNoDownsample) {
            EXPECT_EQ(second.out, channels) << second.name;
            EXPECT_EQ(first.stride * second.stride, 1) << first.name;
        } else {
            const auto shortcut = conv(block.downsample);
            EXPECT_EQ(shortcut.in, channels) << shortcut.name;
            EXPECT_EQ(shortcut.out, second.out) << shortcut.name;
            EXPECT_EQ(shortcut.stride, first.stride * second.stride) << shortcut.name;
        }
        channels = second.out;
    }
    EXPECT_EQ(channels, resnet18::kEmbeddingSize);
    EXPECT_EQ(uses, std::vector<int>(resnet18::kConvolutions.size(), 1));
}

TEST(ResNet18Graph, WhatCannotBeRunIsNamed)
{
    const ModelPackage good = testsupport::formulaModel();
    EXPECT_TRUE(resnet18::checkRunnable(good));
    const auto reason = [](const ModelPackage& package) {
        const auto ok = resnet18::checkRunnable(package);
        EXPECT_FALSE(ok);
        EXPECT_EQ(ok ? QString() : ok.error().code, QStringLiteral("wrong-architecture"));
        return ok ? QString() : ok.error().message;
    };
    ModelPackage package = good;
    package.architecture = QStringLiteral("vit-b16");
    EXPECT_TRUE(reason(package).contains(QStringLiteral("vit-b16")));
    package = good;
    package.preprocessing.crop = 299;
    EXPECT_TRUE(reason(package).contains(QStringLiteral("299")));
    package = good;
    package.weights["fc.weight"].values.pop_back();
    EXPECT_TRUE(reason(package).contains(QStringLiteral("fc.weight")));
    package = good;
    package.weights["conv1.weight"].shape = {64, 1, 7, 7};
    EXPECT_TRUE(reason(package).contains(QStringLiteral("conv1.weight")));
    package = good;
    package.classes.clear();
    EXPECT_FALSE(reason(package).isEmpty());
}
