#pragma once

#include "core/model/Tensor.h"

#include <tl/expected.hpp>

#include <QJsonObject>

#include <array>
#include <vector>

namespace goodsight {

namespace int8 {

/// Largest stored value of a picture between layers.
inline constexpr int kLevels = 255;
/// Largest stored weight, either way: two products of 255 x 63 fit the signed 16-bit sums of processors
/// without VNNI, so that nothing saturates and all processors give the same integers. A bit is worth more in
/// the pictures: of 296 photos' five first log-probabilities the root mean square error was 0.078 so, 0.091
/// with 127 levels for both.
inline constexpr int kWeightLevels = 63;
/// Raised whenever the same scales begin to give other embeddings, so that none is kept from before.
inline constexpr int kArithmetic = 2;

/// Scales of one residual block; real value = scale x stored value.
struct BlockScales {
    float middle = 0;   ///< between its convolutions
    float out = 0;      ///< after the sum
    float shortcut = 0; ///< of the projection, signed; 0 where the block has none
};

/// max|w| / kWeightLevels for each output channel of `weight` (out x in x k x k).
[[nodiscard]] std::vector<float> weightScales(const Tensor& weight);

} // namespace int8

/// What a ResNet-18 needs to run in 8-bit integers: the scale of each picture between its layers, found on
/// photos (goodsight-cli model quantize).
struct Int8Scales {
    float pooled = 0;                          ///< after the first max pool
    std::array<int8::BlockScales, 8> blocks{}; ///< in the order of the network
    /// Logits of the golden inputs in 8 bits, as the computer that made the scales got them.
    std::vector<std::vector<float>> goldenLogits;
    QJsonObject report; ///< how and on what they were made, and what the check gave

    /// Whether they were made for another number of levels than kLevels.
    [[nodiscard]] static bool areOfAnotherVersion(const QJsonObject& json);
    /// From the manifest's "int8"; the error is the name of the field that makes no sense.
    [[nodiscard]] static tl::expected<Int8Scales, QString> fromJson(const QJsonObject& json);
    [[nodiscard]] QJsonObject toJson() const;
};

} // namespace goodsight
