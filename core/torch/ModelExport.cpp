#include "core/torch/ModelExport.h"

#include "core/inference/ResNet18Graph.h"
#include "core/model/ModelPackage.h"
#include "core/torch/TorchGuard.h"
#include "core/torch/TorchTensor.h"

#include <ATen/Parallel.h>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/runtime/graph_executor.h>
#include <torch/csrc/jit/serialization/import.h>

#include <algorithm>
#include <sstream>
#include <thread>

namespace goodsight {

namespace {

/// A tensor's name as an attribute in TorchScript, where a dot separates modules.
std::string attribute(std::string name)
{
    std::replace(name.begin(), name.end(), '.', '_');
    return name;
}

std::string convCall(int index, const std::string& input)
{
    const resnet18::Convolution& c = resnet18::kConvolutions[static_cast<std::size_t>(index)];
    const std::string name = "self." + attribute(std::string(c.name));
    const auto pair = [](int number) {
        return '[' + std::to_string(number) + ", " + std::to_string(number) + ']';
    };
    return "torch.conv2d(" + input + ", " + name + "_weight, " + name + "_bias, " + pair(c.stride) + ", " +
           pair(c.kernel / 2) + ')';
}

/// The network as a person would write it in Python.
std::string source()
{
    std::string text = "def embedding(self, input: Tensor) -> Tensor:\n"
                       "    x = torch.relu(" +
                       convCall(0, "input") +
                       ")\n"
                       "    x = torch.max_pool2d(x, [3, 3], [2, 2], [1, 1])\n";
    for (const resnet18::Block& block : resnet18::kBlocks) {
        text += "    y = torch.relu(" + convCall(block.conv1, "x") + ")\n";
        text += "    y = " + convCall(block.conv2, "y") + "\n";
        text += "    x = torch.relu(y + " +
                (block.downsample == resnet18::kNoDownsample ? "x" : convCall(block.downsample, "x")) + ")\n";
    }
    return text + "    return torch.mean(x, [2, 3])\n"
                  "def head(self, embedding: Tensor) -> Tensor:\n"
                  "    return torch.linear(embedding, self.fc_weight, self.fc_bias)\n"
                  "def forward(self, input: Tensor) -> Tensor:\n"
                  "    return self.head(self.embedding(input))\n";
}

Result<QByteArray> scriptOf(const ModelPackage& package, const QByteArray& notes)
{
    torch::jit::Module module("__torch__.GoodsightResNet18");
    module.register_attribute("training", c10::BoolType::get(), false); // what Python's eval() sets
    for (const auto& [name, tensor] : package.weights)
        module.register_parameter(attribute(name), toTorch(tensor), false);
    module.define(source());
    std::ostringstream out;
    module.save(out, {{"goodsight.json", notes.toStdString()}});
    return QByteArray::fromStdString(out.str());
}

class ScriptBackend final : public Backend {
public:
    explicit ScriptBackend(torch::jit::Module module)
        : m_module(std::move(module))
    {
        setThreads(static_cast<int>(std::thread::hardware_concurrency()));
    }

    [[nodiscard]] QString name() const override { return QStringLiteral("torchscript"); }

    void setThreads(int threads) override
    {
        const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
        m_threads = std::clamp(threads, 1, cores);
    }

    [[nodiscard]] Result<BackendOutput> run(std::span<const float> input, int batch) override
    {
        return torchGuarded<BackendOutput>([&]() -> Result<BackendOutput> {
            if (at::get_num_threads() != m_threads)
                at::set_num_threads(m_threads);
            const c10::InferenceMode inference;
            // A few runs are not worth optimising the graph for.
            const torch::jit::GraphOptimizerEnabledGuard plain(false);
            const auto pictures = inputOf(input, batch);
            if (!pictures)
                return fail(pictures.error());
            return outputOf(m_module.forward({*pictures}).toTensor(),
                            m_module.get_method("embedding")({*pictures}).toTensor());
        });
    }

private:
    torch::jit::Module m_module;
    int m_threads = 1;
};

} // namespace

Result<QByteArray> makeTorchScript(const ModelPackage& package, const QByteArray& notes)
{
    if (auto ok = resnet18::checkRunnable(package); !ok)
        return fail(ok.error());
    return torchGuarded<QByteArray>([&] { return scriptOf(package, notes); });
}

Result<std::unique_ptr<Backend>> loadTorchScript(const QByteArray& file)
{
    return torchGuarded<std::unique_ptr<Backend>>([&]() -> Result<std::unique_ptr<Backend>> {
        std::istringstream in(file.toStdString());
        torch::jit::Module module = torch::jit::load(in, at::Device(at::kCPU));
        module.eval();
        return std::make_unique<ScriptBackend>(std::move(module));
    });
}

} // namespace goodsight
