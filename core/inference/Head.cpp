#include "core/inference/Head.h"

#include "core/inference/MatrixProduct.h"
#include "core/inference/ResNet18Graph.h"

#include <algorithm>
#include <cmath>

namespace goodsight {

namespace {

constexpr std::size_t kWidth = resnet18::kEmbeddingSize;

/// The best `count` of `logits` with their shares, written to `out`; order is room for the classes' numbers.
void rank(std::span<const float> logits, float inverse, std::size_t count, std::vector<int>& order,
          Ranked* out)
{
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = static_cast<int>(i);
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end(),
                      [logits](int a, int b) {
                          const float x = logits[static_cast<std::size_t>(a)];
                          const float y = logits[static_cast<std::size_t>(b)];
                          return x > y || (x == y && a < b);
                      });
    const float largest = logits[static_cast<std::size_t>(order.front())];
    float sum = 0;
    for (const float logit : logits)
        sum += std::exp((logit - largest) * inverse);
    for (std::size_t i = 0; i < count; ++i) {
        const float logit = logits[static_cast<std::size_t>(order[i])];
        out[i] = {order[i], std::exp((logit - largest) * inverse) / sum};
    }
}

} // namespace

Head::Head(const ModelPackage& package)
{
    const auto weight = package.weights.find("fc.weight");
    const auto bias = package.weights.find("fc.bias");
    if (weight == package.weights.end() || bias == package.weights.end())
        return;
    m_weight = weight->second.values;
    m_bias = bias->second.values;
}

Head::Head(std::vector<float> weight, std::vector<float> bias)
    : m_weight(std::move(weight))
    , m_bias(std::move(bias))
{
    Q_ASSERT(m_weight.size() == m_bias.size() * kWidth);
}

std::vector<float> Head::logits(std::span<const float> embeddings) const
{
    const std::size_t count = embeddings.size() / kWidth;
    std::vector<float> out(count * m_bias.size());
    for (std::size_t i = 0; i < count; ++i)
        std::copy(m_bias.begin(), m_bias.end(), out.begin() + static_cast<std::ptrdiff_t>(i * m_bias.size()));
    multiply(count, m_bias.size(), kWidth, {embeddings.data(), kWidth}, {m_weight.data(), kWidth, true}, 1,
             out.data(), m_bias.size());
    return out;
}

std::vector<Ranked> rankAll(const Head& head, double temperature, std::span<const float> embeddings,
                            int count, int threads)
{
    constexpr std::size_t kPiece = 256;
    const std::size_t photos = embeddings.size() / kWidth;
    const auto classes = static_cast<std::size_t>(head.classes());
    const std::size_t kept = std::min(static_cast<std::size_t>(std::max(1, count)), classes);
    const auto inverse = static_cast<float>(1.0 / temperature);
    std::vector<Ranked> ranked(photos * kept);
    const auto pieces = static_cast<std::ptrdiff_t>((photos + kPiece - 1) / kPiece);
#pragma omp parallel num_threads(std::max(1, threads))
    {
        std::vector<int> order(classes);
#pragma omp for schedule(dynamic, 1)
        for (std::ptrdiff_t piece = 0; piece < pieces; ++piece) {
            const std::size_t from = static_cast<std::size_t>(piece) * kPiece;
            const std::size_t length = std::min(kPiece, photos - from);
            const std::vector<float> logits = head.logits(embeddings.subspan(from * kWidth, length * kWidth));
            for (std::size_t i = 0; i < length; ++i)
                rank(std::span(logits).subspan(i * classes, classes), inverse, kept, order,
                     ranked.data() + (from + i) * kept);
        }
    }
    return ranked;
}

} // namespace goodsight
