#pragma once

#include "core/base/Result.h"
#include "core/model/ResNet18Weights.h"

#include <array>

namespace goodsight {

struct ModelPackage;

/// How the folded convolutions of ResNet-18 (He et al. 2015; torchvision's names) are joined: what every
/// backend runs.
///
/// conv1, relu, a 3x3 max pool (stride 2, padding 1), the eight blocks, the mean over all pixels (the
/// embedding), fc (the logits).
namespace resnet18 {

inline constexpr int kInputSide = 224; ///< pixels

/// Index of a block without a projection on its shortcut.
inline constexpr int kNoDownsample = -1;

/// relu(conv2(relu(conv1(x))) + (downsample ? downsample(x) : x)); numbers index kConvolutions.
struct Block {
    int conv1;
    int conv2;
    int downsample;
};

inline constexpr std::array<Block, 8> kBlocks{{
    {1, 2, kNoDownsample},
    {3, 4, kNoDownsample},
    {5, 6, 7},
    {8, 9, kNoDownsample},
    {10, 11, 12},
    {13, 14, kNoDownsample},
    {15, 16, 17},
    {18, 19, kNoDownsample},
}};

/// Side of what each of kConvolutions gives, pixels.
[[nodiscard]] std::array<int, kConvolutions.size()> outputSides();

/// Checks that `package` can be run: "resnet18-folded", 224 x 224, every tensor there in its shape, as many
/// outputs as classes. Error "wrong-architecture" names the first thing that is wrong.
[[nodiscard]] Result<void> checkRunnable(const ModelPackage& package);

} // namespace resnet18
} // namespace goodsight
