#include "core/learning/TrainableNetwork.h"

#include "core/base/Cpu.h"
#include "core/base/Random.h"
#include "core/inference/TorchLibrary.h"
#include "tests/core/torch/TrainingFixture.h"

#include <array>
#include <cmath>

using namespace goodsight;

namespace {

constexpr int kSide = 64;
constexpr int kRows = 4;
constexpr int kClasses = 3;

std::vector<float> pictures(int rows = kRows, quint64 seed = 1)
{
    Random random(seed);
    std::vector<float> values(static_cast<std::size_t>(rows) * shapeAt(Boundary::Pictures, kSide).numbers());
    for (float& value : values)
        value = static_cast<float>(random.normal());
    return values;
}

BoundaryInput input(const std::vector<float>& values, Boundary boundary = Boundary::Pictures,
                    int rows = kRows)
{
    return {boundary, kSide, rows, values};
}

BatchTargets targets()
{
    BatchTargets out;
    out.labels.assign(kRows * kClasses, 0.0F);
    for (std::size_t i = 0; i < kRows; ++i)
        out.labels[i * kClasses + i % kClasses] = 1;
    out.weights.assign(kRows, 1.0F);
    return out;
}

std::map<std::string, std::vector<float>> gradientsOf(TrainableNetwork& network, const BoundaryInput& rows)
{
    for (const TrainableParameter& parameter : network.parameters())
        std::fill(parameter.gradient.begin(), parameter.gradient.end(), 0.0F);
    const auto pass = network.accumulate(rows, targets(), {}, kRows);
    EXPECT_TRUE(pass) << qPrintable(pass ? QString() : pass.error().message);
    std::map<std::string, std::vector<float>> out;
    for (const TrainableParameter& parameter : network.parameters())
        out[parameter.name].assign(parameter.gradient.begin(), parameter.gradient.end());
    return out;
}

double largestDifference(std::span<const float> a, std::span<const float> b)
{
    EXPECT_EQ(a.size(), b.size());
    double largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        largest = std::max(largest, std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i])));
    return largest;
}

double largest(std::span<const float> values)
{
    double out = 0;
    for (const float value : values)
        out = std::max(out, std::abs(static_cast<double>(value)));
    return out;
}

} // namespace

using TrainableNetworkTest = TrainingTest;

TEST_F(TrainableNetworkTest, KeptActivationsGiveTheGradientsOfTheFullPass)
{
    const auto full = network(spec(kClasses));
    const auto cut = network(spec(kClasses));
    ASSERT_TRUE(full && cut);
    ASSERT_TRUE(full->begin(TrainedPart::All, BatchNormKind::Folded));
    ASSERT_TRUE(cut->begin(TrainedPart::Layer4, BatchNormKind::Folded));
    const std::vector<float> values = pictures();
    const auto middle = cut->run(input(values), std::array{Boundary::Layer3}, false);
    ASSERT_TRUE(middle);
    const auto whole = gradientsOf(*full, input(values));
    const auto part = gradientsOf(*cut, input(middle->front(), Boundary::Layer3));
    EXPECT_EQ(whole.size(), 42U);
    EXPECT_EQ(part.size(), 12U);
    for (const auto& [name, gradient] : part) {
        EXPECT_GT(largest(gradient), 0) << name;
        EXPECT_LT(largestDifference(gradient, whole.at(name)), 1e-3 * largest(whole.at(name)) + 1e-7) << name;
    }
}

// Where the processor has no bfloat16, or oneDNN may not use it, the two are the same.
TEST_F(TrainableNetworkTest, CoarsePassesGiveNearlyTheSameGradients)
{
    TrainableSpec coarse = spec(kClasses);
    coarse.coarse = true;
    const auto exact = network(spec(kClasses));
    const auto rough = network(coarse);
    ASSERT_TRUE(exact && rough);
    ASSERT_TRUE(exact->begin(TrainedPart::All, BatchNormKind::Folded));
    ASSERT_TRUE(rough->begin(TrainedPart::All, BatchNormKind::Folded));
    const std::vector<float> values = pictures();
    const auto wanted = gradientsOf(*exact, input(values));
    const auto got = gradientsOf(*rough, input(values));
    const QByteArray allowed = qgetenv("ONEDNN_MAX_CPU_ISA");
    if (!cpu::hasBfloat16() || allowed == "AVX2" || allowed == "SSE41")
        EXPECT_EQ(got, wanted);
    else
        EXPECT_NE(got, wanted);
    for (const auto& [name, gradient] : wanted) {
        const std::vector<float>& other = got.at(name);
        double product = 0;
        double squares = 0;
        double otherSquares = 0;
        for (std::size_t i = 0; i < gradient.size(); ++i) {
            product += static_cast<double>(gradient[i]) * static_cast<double>(other[i]);
            squares += static_cast<double>(gradient[i]) * static_cast<double>(gradient[i]);
            otherSquares += static_cast<double>(other[i]) * static_cast<double>(other[i]);
        }
        EXPECT_GT(product / std::sqrt(squares * otherSquares), 0.97) << name;
    }
}

TEST_F(TrainableNetworkTest, AHeadAloneIsTrainedTheSameWhenConvolutionsAreCoarse)
{
    TrainableSpec coarse = spec(kClasses);
    coarse.coarse = true;
    const auto exact = network(spec(kClasses));
    const auto rough = network(coarse);
    ASSERT_TRUE(exact && rough);
    ASSERT_TRUE(exact->begin(TrainedPart::Fc, BatchNormKind::Folded));
    ASSERT_TRUE(rough->begin(TrainedPart::Fc, BatchNormKind::Folded));
    const std::vector<float> values = pictures();
    const auto embeddings = exact->run(input(values), std::array{Boundary::Embedding}, false);
    ASSERT_TRUE(embeddings);
    const BoundaryInput rows = input(embeddings->front(), Boundary::Embedding);
    EXPECT_EQ(gradientsOf(*rough, rows), gradientsOf(*exact, rows));
}

TEST_F(TrainableNetworkTest, GradientsAreTheSlopesOfTheLoss)
{
    const auto trained = network(spec(kClasses));
    ASSERT_TRUE(trained && trained->begin(TrainedPart::Layer4, BatchNormKind::Folded));
    const std::vector<float> values = pictures();
    const auto middle = trained->run(input(values), std::array{Boundary::Layer3}, false);
    const auto gradients = gradientsOf(*trained, input(middle->front(), Boundary::Layer3));
    const auto lossNow = [&] {
        return trained->accumulate(input(middle->front(), Boundary::Layer3), targets(), {}, kRows)->loss;
    };
    for (TrainableParameter& parameter : trained->parameters()) {
        const std::vector<float>& gradient = gradients.at(parameter.name);
        double squares = 0;
        for (const float slope : gradient)
            squares += static_cast<double>(slope) * static_cast<double>(slope);
        const double length = std::sqrt(squares);
        const double step = 1e-2;
        std::vector<float> before(parameter.value.begin(), parameter.value.end());
        const auto along = [&](double by) {
            for (std::size_t i = 0; i < before.size(); ++i)
                parameter.value[i] =
                    before[i] + static_cast<float>(by * static_cast<double>(gradient[i]) / length);
            return lossNow();
        };
        const double slope = (along(step) - along(-step)) / (2 * step);
        std::copy(before.begin(), before.end(), parameter.value.begin());
        EXPECT_NEAR(slope, length, 0.05 * length + 1e-4) << parameter.name;
    }
}

TEST_F(TrainableNetworkTest, FreshBatchNormChangesNothingAtFirst)
{
    const auto plain = network(spec(kClasses));
    const auto normed = network(spec(kClasses));
    ASSERT_TRUE(plain && normed);
    ASSERT_TRUE(plain->begin(TrainedPart::All, BatchNormKind::Folded));
    ASSERT_TRUE(normed->begin(TrainedPart::All, BatchNormKind::Fresh));
    const std::vector<float> values = pictures(kRows, 5);
    ASSERT_TRUE(normed->calibrate(input(values)));
    const std::vector<float> others = pictures(kRows, 9);
    const auto expected = plain->logits(input(others));
    const auto got = normed->logits(input(others));
    ASSERT_TRUE(expected && got);
    EXPECT_LT(largestDifference(*got, *expected), 1e-3 * largest(*expected) + 1e-4);
    const auto folded = normed->folded();
    ASSERT_TRUE(folded);
    const TrainableSpec started = spec(kClasses);
    for (const auto& [name, tensor] : *folded) {
        const std::vector<float>& start = started.weights.at(name).values;
        EXPECT_LT(largestDifference(tensor.values, start), 1e-3 * largest(start) + 1e-3) << name;
    }
}

TEST_F(TrainableNetworkTest, FoldingGivesWhatTheUnfoldedNetworkEvaluates)
{
    const auto trained = network(spec(kClasses));
    ASSERT_TRUE(trained);
    ASSERT_TRUE(trained->begin(TrainedPart::All, BatchNormKind::Fresh));
    const std::vector<float> values = pictures();
    ASSERT_TRUE(trained->calibrate(input(values)));
    // Away from the start: parameters moved along their gradients, statistics by training passes.
    for (int i = 0; i < 2; ++i) {
        const auto gradients = gradientsOf(*trained, input(values));
        for (TrainableParameter& parameter : trained->parameters()) {
            for (std::size_t k = 0; k < parameter.value.size(); ++k)
                parameter.value[k] -= 0.01F * gradients.at(parameter.name)[k];
        }
    }
    TrainableSpec again = spec(kClasses);
    again.weights = *trained->folded();
    const auto folded = network(again);
    ASSERT_TRUE(folded && folded->begin(TrainedPart::All, BatchNormKind::Folded));
    const auto expected = trained->logits(input(values));
    const auto got = folded->logits(input(values));
    ASSERT_TRUE(expected && got);
    EXPECT_LT(largestDifference(*got, *expected), 1e-4 * largest(*expected));
}

TEST_F(TrainableNetworkTest, MissingConvolutionsStartAsTheirShortcut)
{
    TrainableSpec trunk = spec(kClasses);
    for (const char* name : {"layer4.0.conv1", "layer4.0.conv2", "layer4.1.conv1", "layer4.1.conv2"}) {
        trunk.missing.insert(name);
        trunk.weights.erase(std::string(name) + ".weight");
        trunk.weights.erase(std::string(name) + ".bias");
    }
    const auto made = network(trunk);
    ASSERT_TRUE(made && made->begin(TrainedPart::Layer4, BatchNormKind::Folded));
    const auto folded = made->folded();
    ASSERT_TRUE(folded);
    EXPECT_EQ(largest(folded->at("layer4.0.conv2.weight").values), 0) << "its last scale is 0";
    EXPECT_GT(largest(folded->at("layer4.0.conv1.weight").values), 0);
    trunk.missing.erase("layer4.1.conv2");
    const auto api = torchlibrary::load();
    ASSERT_TRUE(api);
    const auto refused = (*api)->makeTrainable(trunk);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, QStringLiteral("wrong-architecture"));
    EXPECT_TRUE(refused.error().message.contains(u"layer4.1.conv2"));
}

TEST_F(TrainableNetworkTest, ATeacherIsFollowed)
{
    TrainableSpec wanted = spec(kClasses);
    wanted.teacherWidth = 20;
    wanted.imagenetWeight = {{1000, 512}, std::vector<float>(512'000, 0.01F)};
    wanted.imagenetBias = {{1000}, std::vector<float>(1000)};
    const auto student = network(wanted);
    ASSERT_TRUE(student && student->begin(TrainedPart::Layer4, BatchNormKind::Folded));
    const std::vector<float> values = pictures();
    const auto middle = student->run(input(values), std::array{Boundary::Layer3}, false);
    ASSERT_TRUE(middle);
    BatchTargets wants = targets();
    wants.teacher = wants.labels;
    wants.embedding.assign(kRows * 20, 1.0F);
    wants.imagenet.assign(kRows * 1000, 0.001F);
    for (const LossWeights& only : {LossWeights{0, 1, 0, 0, 2}, LossWeights{0, 0, 1, 0, 2}}) {
        double first = 0;
        double last = 0;
        for (int i = 0; i < 8; ++i) {
            for (const TrainableParameter& parameter : student->parameters())
                std::fill(parameter.gradient.begin(), parameter.gradient.end(), 0.0F);
            const auto pass =
                student->accumulate(input(middle->front(), Boundary::Layer3), wants, only, kRows);
            ASSERT_TRUE(pass) << qPrintable(pass.error().message);
            (i == 0 ? first : last) = pass->loss;
            // A step that would take a twentieth off a loss that is a plane (Polyak's).
            double squares = 0;
            for (const TrainableParameter& parameter : student->parameters()) {
                for (const float slope : parameter.gradient)
                    squares += static_cast<double>(slope) * static_cast<double>(slope);
            }
            const auto rate = static_cast<float>(0.05 * pass->loss / squares);
            for (TrainableParameter& parameter : student->parameters()) {
                for (std::size_t k = 0; k < parameter.value.size(); ++k)
                    parameter.value[k] -= rate * parameter.gradient[k];
            }
        }
        EXPECT_LT(last, 0.95 * first);
    }
    // Every class of this original head is as likely, which is what its teacher says: nothing to move.
    const auto still =
        student->accumulate(input(middle->front(), Boundary::Layer3), wants, {0, 0, 0, 1, 2}, kRows);
    ASSERT_TRUE(still);
    EXPECT_NEAR(still->loss, 0, 1e-3);
}
