#include "core/torch/TorchBackend.h"

#include "core/inference/InferenceText.h"
#include "core/inference/ResNet18Graph.h"
#include "core/model/ModelPackage.h"
#include "core/torch/TorchErrors.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <functional>
#include <mutex>
#include <thread>

namespace goodsight {

namespace {

/// Runs `work`; what LibTorch throws becomes an Error.
template <typename T>
Result<T> guarded(const std::function<Result<T>()>& work)
{
    try {
        return work();
    } catch (...) {
        return fail(torchError());
    }
}

at::Tensor toTorch(const Tensor& tensor)
{
    // from_blob wants a mutable pointer; the clone that follows is all that is ever written to.
    return at::from_blob(const_cast<float*>(tensor.values.data()), tensor.shape, at::kFloat)
        .clone(at::MemoryFormat::Contiguous);
}

struct TorchConv {
    at::Tensor weight;
    at::Tensor bias;
    int64_t stride;
    int64_t padding;

    [[nodiscard]] at::Tensor operator()(const at::Tensor& x) const
    {
        return at::conv2d(x, weight, bias, at::IntArrayRef(stride), at::IntArrayRef(padding));
    }
};

class TorchBackend final : public Backend {
public:
    TorchBackend(const ModelPackage& package, int threads)
    {
        static std::once_flag once;
        std::call_once(once, [] {
            try {
                at::set_num_interop_threads(1);
            } catch (const c10::Error&) {
                // Somebody has set or used that pool before; nothing here runs on it anyway.
            }
        });
        setThreads(threads);
        const c10::InferenceMode inference;
        for (const resnet18::Convolution& conv : resnet18::kConvolutions) {
            const std::string name(conv.name);
            m_convs.push_back(
                {toTorch(package.weights.at(name + ".weight")).contiguous(at::MemoryFormat::ChannelsLast),
                 toTorch(package.weights.at(name + ".bias")), conv.stride, conv.kernel / 2});
        }
        m_fcWeight = toTorch(package.weights.at("fc.weight"));
        m_fcBias = toTorch(package.weights.at("fc.bias"));
    }

    [[nodiscard]] QString name() const override { return QStringLiteral("torch"); }

    void setThreads(int threads) override
    {
        const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
        m_threads = std::clamp(threads, 1, cores);
    }

    [[nodiscard]] Result<BackendOutput> run(std::span<const float> input, int batch) override
    {
        constexpr std::size_t kPicture = std::size_t{3} * resnet18::kInputSide * resnet18::kInputSide;
        if (batch < 1 || input.size() != kPicture * static_cast<std::size_t>(batch)) {
            return fail("bad-input", InferenceText::tr("A batch of %1 pictures came with %2 numbers.")
                                         .arg(batch)
                                         .arg(static_cast<qulonglong>(input.size())));
        }
        return guarded<BackendOutput>([&] { return forward(input, batch); });
    }

private:
    [[nodiscard]] Result<BackendOutput> forward(std::span<const float> input, int batch) const
    {
        // The number of OpenMP threads belongs to the calling thread, so it is set where the work is done.
        if (at::get_num_threads() != m_threads)
            at::set_num_threads(m_threads);
        const c10::InferenceMode inference;
        at::Tensor x = at::from_blob(const_cast<float*>(input.data()),
                                     {batch, 3, resnet18::kInputSide, resnet18::kInputSide}, at::kFloat)
                           .contiguous(at::MemoryFormat::ChannelsLast);
        x = at::max_pool2d(m_convs[0](x).relu_(), {3, 3}, {2, 2}, {1, 1});
        for (const resnet18::Block& block : resnet18::kBlocks) {
            at::Tensor y = conv(block.conv2)(conv(block.conv1)(x).relu_());
            y.add_(block.downsample == resnet18::kNoDownsample ? x : conv(block.downsample)(x));
            x = y.relu_();
        }
        const at::Tensor embeddings = x.mean({2, 3}).contiguous();
        const at::Tensor logits = at::linear(embeddings, m_fcWeight, m_fcBias).contiguous();

        BackendOutput out;
        out.batch = batch;
        out.embeddingSize = static_cast<int>(embeddings.size(1));
        out.classes = static_cast<int>(logits.size(1));
        const auto values = [](const at::Tensor& t) {
            const float* const first = t.data_ptr<float>();
            return std::vector<float>(first, first + t.numel());
        };
        out.embeddings = values(embeddings);
        out.logits = values(logits);
        return out;
    }

    [[nodiscard]] const TorchConv& conv(int index) const { return m_convs[static_cast<std::size_t>(index)]; }

    int m_threads = 1;
    std::vector<TorchConv> m_convs;
    at::Tensor m_fcWeight;
    at::Tensor m_fcBias;
};

} // namespace

Result<std::unique_ptr<Backend>> makeTorchBackend(const ModelPackage& package, int threads)
{
    if (auto ok = resnet18::checkRunnable(package); !ok)
        return fail(ok.error());
    return guarded<std::unique_ptr<Backend>>([&]() -> Result<std::unique_ptr<Backend>> {
        return std::make_unique<TorchBackend>(package, threads);
    });
}

} // namespace goodsight
