#include "core/inference/GoldenReplay.h"

#include "core/inference/InferenceText.h"
#include "core/inference/ResNet18Graph.h"

#include <QImage>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace goodsight {

namespace {

constexpr std::array<quint32, 3> kSeeds{1, 2, 3};

Result<BackendOutput> run(Backend& backend, const ModelPackage& package, quint32 seed)
{
    return backend.run(goldenInput(seed, package.preprocessing), 1);
}

/// Largest absolute difference between the front of `got` and `wanted`; infinite when one is not finite.
double worstDifference(const std::vector<float>& got, const std::vector<float>& wanted)
{
    double worst = 0;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const double difference = std::abs(static_cast<double>(got[i]) - static_cast<double>(wanted[i]));
        if (!std::isfinite(difference))
            return std::numeric_limits<double>::infinity();
        worst = std::max(worst, difference);
    }
    return worst;
}

/// Whether the golden outputs are as many and as long as the model's.
bool fits(const ModelPackage& package)
{
    const GoldenOutputs& golden = package.golden;
    const auto classes = static_cast<std::size_t>(package.classes.size());
    if (golden.seeds.empty())
        return golden.logits.empty() && golden.embeddingHead.empty();
    return golden.pattern == GoldenOutputs().pattern && golden.logits.size() == golden.seeds.size() &&
           std::all_of(golden.logits.begin(), golden.logits.end(),
                       [classes](const auto& row) { return row.size() == classes; }) &&
           (golden.embeddingHead.empty() || golden.embeddingHead.size() == golden.seeds.size());
}

} // namespace

std::vector<float> goldenInput(quint32 seed, const PreprocessSpec& spec)
{
    constexpr int side = resnet18::kInputSide;
    const std::vector<quint8> planes = goldenPattern(seed);
    QImage picture(side, side, QImage::Format_RGB888);
    for (int y = 0; y < side; ++y) {
        uchar* const line = picture.scanLine(y);
        for (int x = 0; x < side; ++x) {
            for (int c = 0; c < 3; ++c)
                line[3 * x + c] = planes[static_cast<std::size_t>((c * side + y) * side + x)];
        }
    }
    std::vector<float> input(planes.size());
    normalise(picture, spec, input.data());
    return input;
}

Result<double> replayGolden(Backend& backend, const ModelPackage& package)
{
    const auto stranger = [&package] {
        return fail(
            "bad-model",
            InferenceText::tr("The check values of the model “%1” do not belong to it.").arg(package.name),
            InferenceText::tr("Install or import the model again."));
    };
    if (!fits(package))
        return stranger();
    const GoldenOutputs& golden = package.golden;
    double worst = 0;
    for (std::size_t i = 0; i < golden.seeds.size(); ++i) {
        const auto output = run(backend, package, golden.seeds[i]);
        if (!output)
            return fail(output.error());
        if (output->logits.size() != golden.logits[i].size())
            return stranger();
        worst = std::max(worst, worstDifference(output->logits, golden.logits[i]));
        if (golden.embeddingHead.empty())
            continue;
        if (output->embeddings.size() < golden.embeddingHead[i].size())
            return stranger();
        worst = std::max(worst, worstDifference(output->embeddings, golden.embeddingHead[i]));
    }
    return worst;
}

Result<double> replayInt8Golden(Backend& backend, const ModelPackage& package)
{
    double worst = 0;
    double largest = 0;
    for (std::size_t i = 0; package.int8 && i < package.int8->goldenLogits.size(); ++i) {
        const std::vector<float>& wanted = package.int8->goldenLogits[i];
        const auto output = run(backend, package, package.golden.seeds.at(i));
        if (!output)
            return fail(output.error());
        worst = std::max(worst, worstDifference(output->logits, wanted));
        for (const float logit : wanted)
            largest = std::max(largest, std::abs(static_cast<double>(logit)));
    }
    return largest > 0 ? worst / largest : worst;
}

Result<GoldenOutputs> makeGolden(Backend& backend, const ModelPackage& package)
{
    GoldenOutputs golden;
    const auto finite = [](const std::vector<float>& values) {
        return std::all_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); });
    };
    for (const quint32 seed : kSeeds) {
        auto output = run(backend, package, seed);
        if (!output)
            return fail(output.error());
        if (!finite(output->logits) || !finite(output->embeddings)) {
            return fail("bad-model",
                        InferenceText::tr("The model “%1” answers with numbers that are not finite.")
                            .arg(package.name),
                        InferenceText::tr("The file is damaged; get it again."));
        }
        output->embeddings.resize(std::min(output->embeddings.size(), GoldenOutputs::kEmbeddingHead));
        golden.seeds.push_back(seed);
        golden.logits.push_back(std::move(output->logits));
        golden.embeddingHead.push_back(std::move(output->embeddings));
    }
    return golden;
}

} // namespace goodsight
