#include "core/inference/ResNet18Graph.h"

#include "core/inference/InferenceText.h"
#include "core/model/ModelPackage.h"

namespace goodsight::resnet18 {

namespace {

tl::unexpected<Error> wrong(const ModelPackage& package, const QString& what)
{
    return fail("wrong-architecture",
                InferenceText::tr("The model “%1” cannot be run: %2").arg(package.name, what),
                InferenceText::tr("Goodsight runs ResNet-18; choose or import another model."));
}

Result<void> checkTensor(const ModelPackage& package, const std::string& name,
                         const std::vector<int64_t>& shape)
{
    const auto found = package.weights.find(name);
    if (found == package.weights.end()) {
        return wrong(package,
                     InferenceText::tr("the tensor %1 is missing.").arg(QString::fromStdString(name)));
    }
    const Tensor& tensor = found->second;
    if (tensor.shape != shape || static_cast<int64_t>(tensor.values.size()) != elementCount(shape)) {
        return wrong(package,
                     InferenceText::tr("the tensor %1 is %2 where %3 is needed.")
                         .arg(QString::fromStdString(name), shapeText(tensor.shape), shapeText(shape)));
    }
    return {};
}

} // namespace

std::array<int, kConvolutions.size()> outputSides()
{
    std::array<int, kConvolutions.size()> sides{};
    const auto at = [](int index) { return static_cast<std::size_t>(index); };
    int side = (kInputSide - 1) / 2 + 1;
    sides[0] = side;
    side = (side - 1) / 2 + 1;
    for (const Block& block : kBlocks) {
        side = (side - 1) / kConvolutions[at(block.conv1)].stride + 1;
        sides[at(block.conv1)] = side;
        sides[at(block.conv2)] = side;
        if (block.downsample != kNoDownsample)
            sides[at(block.downsample)] = side;
    }
    return sides;
}

Result<void> checkRunnable(const ModelPackage& package)
{
    if (package.architecture != kArchitecture)
        return wrong(package, InferenceText::tr("its architecture is “%1”.").arg(package.architecture));
    if (package.preprocessing.crop != kInputSide) {
        return wrong(package, InferenceText::tr("it wants pictures of %1 pixels where %2 are given.")
                                  .arg(package.preprocessing.crop)
                                  .arg(kInputSide));
    }
    for (const Convolution& conv : kConvolutions) {
        const std::string name(conv.name);
        auto ok = checkTensor(package, name + ".weight", {conv.out, conv.in, conv.kernel, conv.kernel});
        if (ok)
            ok = checkTensor(package, name + ".bias", {conv.out});
        if (!ok)
            return ok;
    }
    if (package.classes.isEmpty())
        return wrong(package, InferenceText::tr("it has no classes."));
    if (auto ok = checkTensor(package, "fc.weight", {package.classes.size(), kEmbeddingSize}); !ok)
        return ok;
    return checkTensor(package, "fc.bias", {package.classes.size()});
}

} // namespace goodsight::resnet18
