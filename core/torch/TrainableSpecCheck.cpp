#include "core/torch/TrainableSpecCheck.h"

#include "core/inference/InferenceText.h"
#include "core/inference/ResNet18Graph.h"

namespace goodsight {

Result<void> checkSpec(const TrainableSpec& spec)
{
    const auto wrong = [](const std::string& name) {
        return fail("wrong-architecture",
                    InferenceText::tr("The weights cannot be trained: %1 is missing or has another shape.")
                        .arg(QString::fromStdString(name)));
    };
    const auto fits = [&spec](const std::string& name, const std::vector<int64_t>& shape) {
        const auto found = spec.weights.find(name);
        return found != spec.weights.end() && found->second.shape == shape;
    };
    for (const resnet18::Convolution& conv : resnet18::kConvolutions) {
        const std::string name(conv.name);
        if (spec.missing.contains(name))
            continue;
        if (!fits(name + ".weight", {conv.out, conv.in, conv.kernel, conv.kernel}))
            return wrong(name + ".weight");
        if (!fits(name + ".bias", {conv.out}))
            return wrong(name + ".bias");
    }
    const auto bias = spec.weights.find("fc.bias");
    const auto classes =
        bias == spec.weights.end() ? int64_t{0} : static_cast<int64_t>(bias->second.values.size());
    if (classes < 1)
        return wrong("fc.bias");
    if (!fits("fc.weight", {classes, resnet18::kEmbeddingSize}))
        return wrong("fc.weight");
    return {};
}

} // namespace goodsight
