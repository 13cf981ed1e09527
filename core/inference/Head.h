#pragma once

#include "core/model/ModelPackage.h"

#include <span>
#include <vector>

namespace goodsight {

/// The last layer by itself: logits from embeddings, so that a changed head or temperature needs no photo.
class Head {
public:
    Head() = default;
    /// fc.weight and fc.bias of `package`; empty where it has none.
    explicit Head(const ModelPackage& package);
    /// `weight`: classes x 512, row-major; `bias`: one number for each class.
    Head(std::vector<float> weight, std::vector<float> bias);

    [[nodiscard]] bool isEmpty() const { return m_bias.empty(); }
    [[nodiscard]] int classes() const { return static_cast<int>(m_bias.size()); }

    /// Logits, count x classes() row-major, of `embeddings`, count x 512 row-major. Any thread, many at once;
    /// uses the calling thread's OpenMP team.
    [[nodiscard]] std::vector<float> logits(std::span<const float> embeddings) const;

private:
    std::vector<float> m_weight; ///< classes x 512
    std::vector<float> m_bias;
};

/// A class and how sure the head is of it.
struct Ranked {
    int index = 0;
    float confidence = 0; ///< softmax after temperature, 0..1
};

/// The best `count` classes of each embedding, best first, `count` (clamped to the classes) for each: what
/// re-labels a project when its head or temperature changed. Works in pieces, on `threads` threads; memory is
/// that of the result and a few megabytes. Any thread.
[[nodiscard]] std::vector<Ranked> rankAll(const Head& head, double temperature,
                                          std::span<const float> embeddings, int count, int threads);

} // namespace goodsight
