#include "tests/support/TestModels.h"

#include "core/model/ResNet18Weights.h"

#include <QFileInfo>

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace goodsight::testsupport {

namespace {

/// `count` numbers spread evenly over ±limit. Spelled out, since the library's distributions differ by
/// vendor.
std::vector<float> uniform(std::mt19937& random, std::size_t count, double limit)
{
    std::vector<float> values(count);
    for (float& value : values)
        value = static_cast<float>((double(random()) / 4294967295.0 * 2.0 - 1.0) * limit);
    return values;
}

} // namespace

ModelPackage randomModel(int classes, quint32 seed, const QString& name)
{
    ModelPackage package;
    package.name = name;
    package.titleZh = QStringLiteral("随机模型");
    package.titleEn = QStringLiteral("Random model");
    package.architecture = resnet18::kArchitecture;
    package.licence = QStringLiteral("CC0-1.0");
    package.manifest.insert(QStringLiteral("created"), QStringLiteral("2026-01-01T00:00:00Z"));
    for (int i = 0; i < classes; ++i) {
        package.classes.append({QStringLiteral("product-%1").arg(i), QStringLiteral("商品 %1").arg(i),
                                QStringLiteral("Product %1").arg(i)});
    }
    std::mt19937 random(seed);
    for (const resnet18::Convolution& c : resnet18::kConvolutions) {
        const int fanIn = c.in * c.kernel * c.kernel;
        // He's variance (2 / fan in; a uniform distribution over ±l has variance l²/3). The convolution that
        // ends a block is weaker, so that the residual sums do not double from block to block.
        const bool endsBlock = c.name.ends_with(".conv2");
        const double limit = std::sqrt(6.0 / fanIn) * (endsBlock ? 0.5 : 1.0);
        package.weights[std::string(c.name) + ".weight"] =
            Tensor{{c.out, c.in, c.kernel, c.kernel},
                   uniform(random, static_cast<std::size_t>(c.out) * static_cast<std::size_t>(fanIn), limit)};
        package.weights[std::string(c.name) + ".bias"] =
            Tensor{{c.out}, uniform(random, static_cast<std::size_t>(c.out), 0.1)};
    }
    const auto rows = static_cast<std::size_t>(classes);
    package.weights["fc.weight"] =
        Tensor{{classes, resnet18::kEmbeddingSize}, uniform(random, rows * resnet18::kEmbeddingSize, 0.1)};
    package.weights["fc.bias"] = Tensor{{classes}, uniform(random, rows, 0.1)};
    return package;
}

void writeRandomModel(const QString& path, int classes, quint32 seed)
{
    const auto saved = randomModel(classes, seed, QFileInfo(path).completeBaseName()).save(path, true);
    EXPECT_TRUE(saved) << qPrintable(saved ? QString() : saved.error().message);
}

} // namespace goodsight::testsupport
