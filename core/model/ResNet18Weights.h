#pragma once

#include "core/model/StateDictWriter.h"

#include <array>
#include <string_view>

/// The tensors of a ResNet-18 with batch norm folded ("resnet18-folded"): for each convolution of
/// torchvision's resnet18 NAME.weight (out x in x kernel x kernel) and NAME.bias (out), then fc.weight and
/// fc.bias.
namespace goodsight::resnet18 {

inline constexpr QLatin1String kArchitecture("resnet18-folded");
inline constexpr int kEmbeddingSize = 512;
/// More rows of fc than any list of products has; a larger number is a damaged or hostile file.
inline constexpr int kMaxClasses = 100'000;
/// torchvision's BatchNorm2d default.
inline constexpr double kBatchNormEpsilon = 1e-5;

/// One convolution, in the order of the network; the padding is kernel / 2.
struct Convolution {
    std::string_view name;      ///< "layer1.0.conv1"
    std::string_view batchNorm; ///< "layer1.0.bn1", in a state_dict
    int out;
    int in;
    int kernel;
    int stride;
};

inline constexpr std::array<Convolution, 20> kConvolutions{{
    {"conv1", "bn1", 64, 3, 7, 2},
    {"layer1.0.conv1", "layer1.0.bn1", 64, 64, 3, 1},
    {"layer1.0.conv2", "layer1.0.bn2", 64, 64, 3, 1},
    {"layer1.1.conv1", "layer1.1.bn1", 64, 64, 3, 1},
    {"layer1.1.conv2", "layer1.1.bn2", 64, 64, 3, 1},
    {"layer2.0.conv1", "layer2.0.bn1", 128, 64, 3, 2},
    {"layer2.0.conv2", "layer2.0.bn2", 128, 128, 3, 1},
    {"layer2.0.downsample.0", "layer2.0.downsample.1", 128, 64, 1, 2},
    {"layer2.1.conv1", "layer2.1.bn1", 128, 128, 3, 1},
    {"layer2.1.conv2", "layer2.1.bn2", 128, 128, 3, 1},
    {"layer3.0.conv1", "layer3.0.bn1", 256, 128, 3, 2},
    {"layer3.0.conv2", "layer3.0.bn2", 256, 256, 3, 1},
    {"layer3.0.downsample.0", "layer3.0.downsample.1", 256, 128, 1, 2},
    {"layer3.1.conv1", "layer3.1.bn1", 256, 256, 3, 1},
    {"layer3.1.conv2", "layer3.1.bn2", 256, 256, 3, 1},
    {"layer4.0.conv1", "layer4.0.bn1", 512, 256, 3, 2},
    {"layer4.0.conv2", "layer4.0.bn2", 512, 512, 3, 1},
    {"layer4.0.downsample.0", "layer4.0.downsample.1", 512, 256, 1, 2},
    {"layer4.1.conv1", "layer4.1.bn1", 512, 512, 3, 1},
    {"layer4.1.conv2", "layer4.1.bn2", 512, 512, 3, 1},
}};

/// How a file holds the network.
enum class Form { Folded, StateDict };

struct Layout {
    Form form = Form::Folded;
    int classes = 0; ///< rows of fc.weight
};

/// Which form `source` has, judged by names and shapes only. Every tensor of a ResNet-18 must be there, with
/// its shape, and no other (`num_batches_tracked` excepted). Error "wrong-architecture" names the first
/// tensor, in the order of the network, that does not fit.
[[nodiscard]] Result<Layout> layoutOf(const TensorSource& source);

/// The folded tensors of `source`, in whichever form it is: w * gamma / sqrt(var + eps) and
/// beta - mean * gamma / sqrt(var + eps), in double precision. Errors: as layoutOf and TensorSource::read,
/// and "bad-model" where a result is not a finite number.
[[nodiscard]] Result<std::map<std::string, Tensor>> foldedWeights(TensorSource& source);

/// The folded `weights` in torchvision's form and order, for programs that know only that: batch norm with
/// gamma 1, beta the convolution's bias, mean 0 and variance 1 - eps, which adds the bias and does nothing
/// else. foldedWeights() gives the same numbers back, bit for bit.
[[nodiscard]] std::vector<StateDictEntry> stateDict(const std::map<std::string, Tensor>& weights);

/// "bad-model" when a number of `weights` is not finite; `path` is for the message.
[[nodiscard]] Result<void> checkFinite(const std::map<std::string, Tensor>& weights, const QString& path);

} // namespace goodsight::resnet18
