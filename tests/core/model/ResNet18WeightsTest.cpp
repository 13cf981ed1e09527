#include "core/model/ResNet18Weights.h"
#include "core/model/StateDictReader.h"
#include "tests/support/TestSupport.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

using namespace goodsight;

namespace {

/// A made-up network in memory.
class MadeUp final : public TensorSource {
public:
    /// The state_dict of tests/reference/fold_batch_norm.py, whose numbers are made without any generator.
    static MadeUp stateDict(int classes = 3)
    {
        MadeUp source;
        int k = 0;
        for (const resnet18::Convolution& c : resnet18::kConvolutions) {
            const std::string bn(c.batchNorm);
            source.add(std::string(c.name) + ".weight", {c.out, c.in, c.kernel, c.kernel}, k);
            source.add(bn + ".weight", {c.out}, k + 1);
            source.add(bn + ".bias", {c.out}, k + 2);
            source.add(bn + ".running_mean", {c.out}, k + 3);
            for (float& value : source.add(bn + ".running_var", {c.out}, k + 4).values)
                value += 1;
            k += 5;
        }
        source.add("fc.weight", {classes, 512}, k);
        source.add("fc.bias", {classes}, k + 1);
        return source;
    }
    Tensor& add(const std::string& name, const std::vector<int64_t>& shape, int k)
    {
        Tensor tensor{shape, std::vector<float>(static_cast<std::size_t>(elementCount(shape)))};
        for (std::size_t i = 0; i < tensor.values.size(); ++i) {
            const double x = double(i + 1) * 0.6180339887498949 + k * 0.41421356;
            tensor.values[i] = static_cast<float>(x - std::floor(x) - 0.5);
        }
        m_tensors.emplace_back(name, TensorInfo{ElementType::F32, shape});
        return m_values[name] = std::move(tensor);
    }
    void reshape(const std::string& name, std::vector<int64_t> shape)
    {
        for (auto& [key, info] : m_tensors) {
            if (key == name)
                info.shape = shape;
        }
    }
    void remove(const std::string& name)
    {
        std::erase_if(m_tensors, [&](const auto& entry) { return entry.first == name; });
    }
    Tensor& operator[](const std::string& name) { return m_values.at(name); }

    [[nodiscard]] QString path() const override { return QStringLiteral("/x/made-up.pth"); }
    [[nodiscard]] const std::vector<std::pair<std::string, TensorInfo>>& tensors() const override
    {
        return m_tensors;
    }
    [[nodiscard]] Result<std::map<std::string, Tensor>> read(const std::vector<std::string>& names) override
    {
        std::map<std::string, Tensor> result;
        for (const std::string& name : names)
            result[name] = m_values.at(name);
        return result;
    }

private:
    std::vector<std::pair<std::string, TensorInfo>> m_tensors;
    std::map<std::string, Tensor> m_values;
};

struct Folded {
    const char* name;
    double weightSum; ///< of absolute values
    double firstWeight;
    double lastWeight;
    double biasSum;
    double firstBias;
    double lastBias;
};

double absoluteSum(const std::vector<float>& values)
{
    double sum = 0;
    for (const float value : values)
        sum += std::abs(double(value));
    return sum;
}

/// Printed by tests/reference/fold_batch_norm.py (NumPy, double precision).
const std::vector<Folded> kFolded{
    {"conv1", 653.5823139339566, -0.06271924696092952, -0.02012676813570856, 18.12384542354579,
     0.13811136215420397, -0.28226959832567405},
    {"layer1.0.conv1", 2566.8370944401177, -0.0815576229680683, 0.11663502373288315, 17.880084769004377,
     0.2037349172004271, 0.14524923382560256},
    {"layer1.0.conv2", 2557.583460862442, -0.08846484357419546, 0.06447293870039292, 17.89588724318183,
     -0.08046152252401195, 0.20982575843724097},
    {"layer1.1.conv1", 2534.525251921903, -0.08482229421692265, 0.027103875704918276, 17.944187140687553,
     0.050544461989250195, -0.06647588783684372},
    {"layer1.1.conv2", 2542.2534214726547, -0.07172401616757908, 0.002669505427058926, 17.994347114173692,
     0.16743233014512793, 0.06301592478601271},
    {"layer2.0.conv1", 5095.646313832013, -0.0500537891696671, 0.12725213596251259, 36.140956916812854,
     0.27177179025182974, -0.30686472491922556},
    {"layer2.0.conv2", 10163.367562532218, 0.017184941011170345, -0.13698932211593412, 36.26269460889659,
     0.36483604205752485, -0.28657258997213675},
    {"layer2.0.downsample.0", 566.2878987768248, -0.010131171178103207, 0.03742078297717758,
     36.186555109138936, 0.4476734231981763, 0.12576275623040575},
    {"layer2.1.conv1", 10169.067452604224, -0.027254592055789114, 0.04998079975173234, 36.221749097220155,
     -0.4788413776938932, 0.19318996106405828},
    {"layer2.1.conv2", 10119.883830537749, -0.03502029239413745, 0.014399400692152954, 36.428718063930056,
     -0.4139698509646922, 0.2506244046900145},
    {"layer3.0.conv1", 20249.51299223691, -0.03413914972106989, 0.022763326911901773, 72.43716487196485,
     -0.35708206772040996, 0.20560670012556603},
    {"layer3.0.conv2", 40661.90088631279, -0.04217809382354826, 0.03566161067132081, 72.77395627759937,
     -0.33173134649128844, 0.3058355749693867},
    {"layer3.0.downsample.0", 2253.8436218236043, -0.014168505311731585, -0.0013305859662009684,
     72.62702186320473, -0.3044837560478524, 0.39518175938170597},
    {"layer3.1.conv1", 40627.62948155334, 0.022871308054886626, -0.014275067124898963, 72.69791255343145,
     -0.28492670961686795, 0.47462737362907836},
    {"layer3.1.conv2", 40744.000927041256, -0.06088242786301032, -0.02428012814947718, 72.54389870181265,
     0.13304275402326035, -0.4550046699192023},
    {"layer4.0.conv1", 81394.7459963943, -0.08063103054249808, 0.06370986743322467, 145.0497069401576,
     0.19940777173980773, -0.2957461380956653},
    {"layer4.0.conv2", 162851.9959603431, -0.08833661889445116, -0.1394647805835408, 144.847994015422,
     0.25589851438789757, -0.2790460744630753},
    {"layer4.0.downsample.0", 9035.608516530192, -0.08540486119748882, 0.169468056015633, 144.80878410374356,
     0.041720508819594326, 0.16098763335847813},
    {"layer4.1.conv1", 162678.59355053218, -0.0729472878065362, 0.04132295403813444, 144.90993996472224,
     0.1595559310247497, 0.2232423153468723},
    {"layer4.1.conv2", 162414.4082435294, -0.051860680093412416, 0.010027107859945789, 144.65600613655576,
     0.2647421649549636, -0.03542856819719978},
};

QString messageOf(const TensorSource& source)
{
    const auto layout = resnet18::layoutOf(source);
    EXPECT_FALSE(layout);
    if (layout)
        return {};
    EXPECT_EQ(layout.error().code, QStringLiteral("wrong-architecture"));
    return layout.error().message;
}

} // namespace

TEST(ResNet18Weights, BatchNormIsFoldedAsNumPyFoldsIt)
{
    MadeUp source = MadeUp::stateDict();
    const auto folded = resnet18::foldedWeights(source);
    ASSERT_TRUE(folded) << qPrintable(folded.error().message);
    EXPECT_EQ(folded->size(), 42U);
    ASSERT_EQ(kFolded.size(), resnet18::kConvolutions.size());
    for (const Folded& golden : kFolded) {
        const std::vector<float>& weight = folded->at(std::string(golden.name) + ".weight").values;
        const std::vector<float>& bias = folded->at(std::string(golden.name) + ".bias").values;
        EXPECT_NEAR(absoluteSum(weight) / golden.weightSum, 1, 1e-7) << golden.name;
        EXPECT_EQ(weight.front(), static_cast<float>(golden.firstWeight)) << golden.name;
        EXPECT_EQ(weight.back(), static_cast<float>(golden.lastWeight)) << golden.name;
        EXPECT_NEAR(absoluteSum(bias) / golden.biasSum, 1, 1e-7) << golden.name;
        EXPECT_EQ(bias.front(), static_cast<float>(golden.firstBias)) << golden.name;
        EXPECT_EQ(bias.back(), static_cast<float>(golden.lastBias)) << golden.name;
    }
    EXPECT_EQ(folded->at("fc.weight").values, source["fc.weight"].values);
}

TEST(ResNet18Weights, CountersMayBeThereOrNot)
{
    MadeUp source = MadeUp::stateDict();
    EXPECT_TRUE(resnet18::layoutOf(source)) << "files of torchvision lack num_batches_tracked";
    source.add("bn1.num_batches_tracked", {}, 0);
    const auto layout = resnet18::layoutOf(source);
    ASSERT_TRUE(layout);
    EXPECT_EQ(layout->form, resnet18::Form::StateDict);
    EXPECT_EQ(layout->classes, 3);
}

TEST(ResNet18Weights, OtherNetworksAreNamedByTheirFirstTensorThatDoesNotFit)
{
    MadeUp resnet50 = MadeUp::stateDict(1000);
    resnet50.reshape("layer1.0.conv1.weight", {64, 64, 1, 1});
    resnet50.reshape("fc.weight", {1000, 2048});
    QString message = messageOf(resnet50);
    EXPECT_TRUE(message.contains(QStringLiteral("made-up.pth"))) << qPrintable(message);
    EXPECT_TRUE(message.contains(QStringLiteral("layer1.0.conv1.weight is 64x64x1x1 where 64x64x3x3")))
        << qPrintable(message);

    MadeUp mobilenet;
    mobilenet.add("features.0.0.weight", {32, 3, 3, 3}, 0);
    message = messageOf(mobilenet);
    EXPECT_TRUE(message.contains(QStringLiteral("conv1.weight"))) << qPrintable(message);
    EXPECT_TRUE(message.contains(QStringLiteral("features.0.0.weight"))) << qPrintable(message);

    MadeUp resnet34 = MadeUp::stateDict();
    resnet34.add("layer1.2.conv1.weight", {64, 64, 3, 3}, 0);
    EXPECT_TRUE(messageOf(resnet34).contains(QStringLiteral("layer1.2.conv1.weight")));

    MadeUp headless = MadeUp::stateDict();
    headless.remove("fc.weight");
    EXPECT_TRUE(messageOf(headless).contains(QStringLiteral("fc.weight")));

    MadeUp wide = MadeUp::stateDict();
    wide.reshape("fc.weight", {3, 2048});
    EXPECT_TRUE(messageOf(wide).contains(QStringLiteral("3x2048"))) << qPrintable(messageOf(wide));

    MadeUp uneven = MadeUp::stateDict();
    uneven.reshape("fc.bias", {4});
    EXPECT_TRUE(messageOf(uneven).contains(QStringLiteral("fc.bias is 4 where 3")))
        << qPrintable(messageOf(uneven));

    MadeUp none = MadeUp::stateDict();
    none.reshape("fc.weight", {0, 512});
    none.reshape("fc.bias", {0});
    EXPECT_FALSE(messageOf(none).isEmpty());

    EXPECT_FALSE(messageOf(MadeUp()).isEmpty());
}

TEST(ResNet18Weights, AVarianceBelowZeroIsFound)
{
    MadeUp source = MadeUp::stateDict();
    source["layer3.0.bn2.running_var"].values[5] = -1;
    const auto folded = resnet18::foldedWeights(source);
    ASSERT_FALSE(folded);
    EXPECT_EQ(folded.error().code, QStringLiteral("bad-model"));
    EXPECT_TRUE(folded.error().message.contains(QStringLiteral("layer3.0.conv2")));
}

TEST(ResNet18Weights, TheReconstructedNetworkIsFolded)
{
    const QString path = testsupport::shared(QStringLiteral("models/resnet18-reconstructed.pth"));
    if (path.isEmpty())
        GTEST_SKIP() << testsupport::kNoShared;
    const auto file = StateDictFile::open(path);
    ASSERT_TRUE(file) << qPrintable(file.error().message);
    const auto folded = resnet18::foldedWeights(**file);
    ASSERT_TRUE(folded) << qPrintable(folded.error().message);
    // First, middle and last number, printed by tests/reference/state_dicts.py.
    const std::vector<std::pair<const char*, std::array<double, 3>>> goldens{
        {"conv1.bias", {0.22726283967494965, 0.25100836157798767, 0.2423383593559265}},
        {"layer2.0.downsample.0.weight", {0.012086498633290633, -0.026890300397215305, 0.020721936739383752}},
        {"layer2.0.downsample.0.bias", {0.18501141667366028, -0.04663138464093208, 0.07979539036750793}},
        {"layer4.1.conv2.weight", {-0.0612057572897221, 0.13910333850343237, 0.2166381638128918}},
        {"layer4.1.conv2.bias", {0.4357737160002505, 0.9256438475958436, 0.911330438623921}},
    };
    for (const auto& [name, spots] : goldens) {
        const std::vector<float>& values = folded->at(name).values;
        EXPECT_FLOAT_EQ(values.front(), static_cast<float>(spots[0])) << name;
        EXPECT_FLOAT_EQ(values[values.size() / 2], static_cast<float>(spots[1])) << name;
        EXPECT_FLOAT_EQ(values.back(), static_cast<float>(spots[2])) << name;
    }
}
