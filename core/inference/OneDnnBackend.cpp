#include "core/inference/OneDnnBackend.h"

#include "core/inference/InferenceText.h"
#include "core/inference/OneDnnNetwork.h"
#include "core/inference/PatientThreads.h"
#include "core/inference/ResNet18Graph.h"
#include "core/model/ModelPackage.h"

#include <omp.h>
#include <oneapi/dnnl/dnnl.hpp>

#include <algorithm>
#include <functional>
#include <new>
#include <thread>

namespace goodsight {

namespace {

template <typename T>
Result<T> guarded(const std::function<Result<T>()>& work)
{
    const auto outOfMemory = [] {
        return fail("out-of-memory", InferenceText::tr("There is not enough memory to run the model."),
                    InferenceText::tr("Close other programs, or recognise fewer photos at once."));
    };
    const auto failed = [](const char* what) {
        return fail("backend-failed", InferenceText::tr("oneDNN failed: %1").arg(QString::fromUtf8(what)));
    };
    try {
        return work();
    } catch (const std::bad_alloc&) {
        return outOfMemory();
    } catch (const dnnl::error& e) {
        return e.status == dnnl_out_of_memory ? outOfMemory() : failed(e.message);
    } catch (const std::exception& e) {
        return failed(e.what());
    } catch (...) {
        return failed("unknown exception");
    }
}

class OneDnnBackend final : public Backend {
public:
    OneDnnBackend(const ModelPackage& package, int threads, OneDnnPrecision precision)
        : m_precision(precision)
        , m_threads(useThreads(threads))
        , m_network(precision == OneDnnPrecision::Int8 ? makeInt8Network(package) : makeFp32Network(package))
        , m_fcWeight(package.weights.at("fc.weight").values)
        , m_fcBias(package.weights.at("fc.bias").values)
    {
        letWaitingThreadsSleep();
    }

    [[nodiscard]] QString name() const override
    {
        return m_precision == OneDnnPrecision::Int8 ? QStringLiteral("onednn-int8")
                                                    : QStringLiteral("onednn-fp32");
    }

    void setThreads(int threads) override { m_threads = clamped(threads); }

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
    static int clamped(int threads)
    {
        const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
        return std::clamp(threads, 1, cores);
    }
    /// Primitives run on as many threads as they were made for, whatever is set later.
    static int useThreads(int threads)
    {
        omp_set_num_threads(clamped(threads));
        return clamped(threads);
    }

    [[nodiscard]] Result<BackendOutput> forward(std::span<const float> input, int batch)
    {
        // The number of OpenMP threads belongs to the calling thread, so it is set where the work is done.
        omp_set_num_threads(m_threads);
        BackendOutput out;
        out.batch = batch;
        out.embeddingSize = resnet18::kEmbeddingSize;
        out.classes = static_cast<int>(m_fcBias.size());
        const std::size_t width = resnet18::kEmbeddingSize;
        const auto pictures = static_cast<std::size_t>(batch);
        out.embeddings.resize(pictures * width);
        m_network->run(input.data(), batch, m_threads, out.embeddings.data());

        out.logits.resize(pictures * m_fcBias.size());
        for (std::size_t picture = 0; picture < pictures; ++picture)
            classify(out.embeddings.data() + picture * width, out.logits.data() + picture * m_fcBias.size());
        return out;
    }

    /// fc. Sixteen sums side by side, so that the compiler may keep them in registers.
    void classify(const float* embedding, float* logits) const
    {
        constexpr std::size_t kLanes = 16;
        const float* weight = m_fcWeight.data();
        for (std::size_t c = 0; c < m_fcBias.size(); ++c, weight += resnet18::kEmbeddingSize) {
            float sums[kLanes] = {};
            for (std::size_t i = 0; i < resnet18::kEmbeddingSize; i += kLanes) {
                for (std::size_t lane = 0; lane < kLanes; ++lane)
                    sums[lane] += embedding[i + lane] * weight[i + lane];
            }
            float sum = m_fcBias[c];
            for (const float part : sums)
                sum += part;
            logits[c] = sum;
        }
    }

    const OneDnnPrecision m_precision;
    int m_threads; ///< before the network, which is made for them
    const std::unique_ptr<OneDnnNetwork> m_network;
    const std::vector<float> m_fcWeight;
    const std::vector<float> m_fcBias;
};

} // namespace

Result<std::unique_ptr<Backend>> makeOneDnnBackend(const ModelPackage& package, int threads,
                                                   OneDnnPrecision precision)
{
    if (auto ok = resnet18::checkRunnable(package); !ok)
        return fail(ok.error());
    if (precision == OneDnnPrecision::Int8 && !package.int8) {
        return fail(
            "backend-unavailable",
            InferenceText::tr("The model “%1” has no scales for 8-bit numbers.").arg(package.name),
            InferenceText::tr("Make them with “goodsight-cli model quantize”, or choose another engine."));
    }
    return guarded<std::unique_ptr<Backend>>([&]() -> Result<std::unique_ptr<Backend>> {
        return std::make_unique<OneDnnBackend>(package, threads, precision);
    });
}

QString oneDnnInstructions()
{
    return QString::number(static_cast<int>(dnnl::get_effective_cpu_isa()), 16);
}

} // namespace goodsight
