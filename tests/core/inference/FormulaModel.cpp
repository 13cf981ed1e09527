#include "tests/core/inference/FormulaModel.h"

#include "core/model/ResNet18Weights.h"

#include <cmath>

namespace goodsight::testsupport {

namespace {

constexpr int kClasses = 40;

/// `shape` filled with numbers over ±limit: a hash (MurmurHash3's finalizer) of each element's number.
Tensor spread(quint32 tensor, std::vector<int64_t> shape, double limit)
{
    Tensor filled{std::move(shape), {}};
    filled.values.resize(static_cast<std::size_t>(elementCount(filled.shape)));
    quint32 number = tensor * 0x9E3779B9U;
    for (float& value : filled.values) {
        quint32 x = number++;
        x ^= x >> 16;
        x *= 0x85EBCA6BU;
        x ^= x >> 13;
        x *= 0xC2B2AE35U;
        x ^= x >> 16;
        value = static_cast<float>((static_cast<double>(x) / 4294967295.0 * 2.0 - 1.0) * limit);
    }
    return filled;
}

} // namespace

ModelPackage formulaModel()
{
    ModelPackage package;
    package.name = QStringLiteral("formula");
    package.titleZh = QStringLiteral("公式模型");
    package.titleEn = QStringLiteral("Formula");
    package.architecture = resnet18::kArchitecture;
    package.licence = QStringLiteral("CC0-1.0");
    package.fingerprint = QStringLiteral("formula");
    for (int i = 0; i < kClasses; ++i) {
        package.classes.append({QStringLiteral("product-%1").arg(i), QStringLiteral("商品%1").arg(i),
                                QStringLiteral("Product %1").arg(i)});
    }
    quint32 tensor = 0;
    for (const resnet18::Convolution& conv : resnet18::kConvolutions) {
        const std::string name(conv.name);
        const int fanIn = conv.in * conv.kernel * conv.kernel;
        const double limit = std::sqrt(6.0 / fanIn) * (name.ends_with(".conv2") ? 0.5 : 1.0);
        package.weights[name + ".weight"] =
            spread(tensor, {conv.out, conv.in, conv.kernel, conv.kernel}, limit);
        package.weights[name + ".bias"] = spread(tensor + 1, {conv.out}, 0.1);
        tensor += 2;
    }
    package.weights["fc.weight"] = spread(tensor, {kClasses, resnet18::kEmbeddingSize}, 0.1);
    package.weights["fc.bias"] = spread(tensor + 1, {kClasses}, 0.1);
    return package;
}

QImage formulaPhoto(int width, int height)
{
    QImage photo(width, height, QImage::Format_RGB888);
    for (int y = 0; y < height; ++y) {
        uchar* const line = photo.scanLine(y);
        for (int x = 0; x < width; ++x) {
            line[3 * x] = static_cast<uchar>((x * 3 + y * 5) % 256);
            line[3 * x + 1] = static_cast<uchar>((x * y / 7) % 256);
            line[3 * x + 2] = static_cast<uchar>(((x * x + y * y) / 16) % 256);
        }
    }
    return photo;
}

} // namespace goodsight::testsupport
