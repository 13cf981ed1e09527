#pragma once

#include <tl/expected.hpp>

#include <QJsonObject>

#include <array>
#include <vector>

namespace goodsight {

namespace int8 {

/// Largest stored value of a picture between layers.
inline constexpr int kLevels = 255;
/// Raised whenever the same scales begin to give other embeddings, so that none is kept from before.
inline constexpr int kArithmetic = 3;

/// Scales of one residual block; real value = scale x stored value.
struct BlockScales {
    float middle = 0;   ///< between its convolutions
    float out = 0;      ///< after the sum
    float shortcut = 0; ///< of the projection, signed; 0 where the block has none
};

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
