// Each stage of a photo's way by itself: build/release/bin/goodsight_bench [--benchmark_filter=…]

#include "core/imaging/ImageDecoder.h"
#include "core/imaging/Preprocess.h"
#include "core/imaging/ResampleKernels.h"
#include "core/inference/Backend.h"
#include "core/inference/GoldenReplay.h"
#include "core/inference/Head.h"
#include "core/inference/TemperatureScaling.h"
#include "core/inference/TopK.h"
#include "core/learning/PrototypeIndex.h"
#include "core/model/ModelPackage.h"

#include <QBuffer>
#include <QCoreApplication>

#include <benchmark/benchmark.h>

#include <cmath>

using namespace goodsight;

namespace {

QString inSource(const char* path)
{
    return QStringLiteral(GOODSIGHT_SOURCE_DIR "/") + QString::fromUtf8(path);
}

/// A JPEG of `megapixels` hundredths of a megapixel, 4:3, with some noise as cameras have it.
QByteArray jpeg(int64_t hundredths)
{
    const int width = static_cast<int>(std::sqrt(static_cast<double>(hundredths) * 1e4 * 4 / 3));
    QImage image(width, width * 3 / 4, QImage::Format_RGB888);
    quint32 state = 1;
    for (int y = 0; y < image.height(); ++y) {
        uchar* row = image.scanLine(y);
        for (int x = 0; x < image.width() * 3; ++x) {
            state = state * 1664525U + 1013904223U;
            row[x] =
                static_cast<uchar>(((x / 3 + y) * 255 / (width * 2) + static_cast<int>(state >> 28)) & 255);
        }
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "jpg", 90);
    return bytes;
}

void decodeWhole(benchmark::State& state)
{
    const QByteArray bytes = jpeg(state.range(0));
    for (auto _ : state)
        benchmark::DoNotOptimize(decodeBytes(bytes, QStringLiteral("p")));
}

void decodeReducedTo512(benchmark::State& state)
{
    const QByteArray bytes = jpeg(state.range(0));
    for (auto _ : state)
        benchmark::DoNotOptimize(decodeReduced(bytes, QStringLiteral("p"), 512));
}

void resizeBy(benchmark::State& state, const imaging::ResampleKernels& kernels)
{
    const QImage image = decodeBytes(jpeg(state.range(0)), QStringLiteral("p"))->image;
    for (auto _ : state)
        benchmark::DoNotOptimize(imaging::resizeWindow(image, image.size(), 341, 256, 58, 16, {224, 224}, kernels));
}

void preprocessWhole(benchmark::State& state)
{
    const QImage image = decodeBytes(jpeg(state.range(0)), QStringLiteral("p"))->image;
    for (auto _ : state)
        benchmark::DoNotOptimize(preprocess(image, {}));
}

void network(benchmark::State& state, BackendKind kind)
{
    const auto package = ModelPackage::load(inSource("resources/models/groceries.safetensors"));
    auto backend = createBackend(kind, *package, 2);
    const int batch = static_cast<int>(state.range(0));
    std::vector<float> input;
    for (int i = 0; i < batch; ++i) {
        const auto one = goldenInput(static_cast<quint32>(i + 1), {});
        input.insert(input.end(), one.begin(), one.end());
    }
    for (auto _ : state)
        benchmark::DoNotOptimize((*backend)->run(input, batch));
    state.SetItemsProcessed(state.iterations() * batch);
}

void softmaxAndTopK(benchmark::State& state)
{
    std::vector<float> logits(static_cast<std::size_t>(state.range(0)));
    for (std::size_t i = 0; i < logits.size(); ++i)
        logits[i] = static_cast<float>(i * 7919 % 1000) / 100.0F;
    for (auto _ : state)
        benchmark::DoNotOptimize(topK(softmax(logits, 1.3), 3));
}

/// A head or temperature changed: every photo of a large project gets its three candidates anew.
void relabel(benchmark::State& state)
{
    const auto classes = static_cast<std::size_t>(state.range(0));
    ModelPackage package;
    package.weights["fc.weight"] = {{state.range(0), 512}, std::vector<float>(classes * 512, 0.01F)};
    package.weights["fc.bias"] = {{state.range(0)}, std::vector<float>(classes, 0.1F)};
    const Head head(package);
    std::vector<float> embeddings(std::size_t{100'000} * 512);
    for (std::size_t i = 0; i < embeddings.size(); ++i)
        embeddings[i] = static_cast<float>(i * 2654435761U % 1000) / 500.0F;
    for (auto _ : state)
        benchmark::DoNotOptimize(rankAll(head, 1.3, embeddings, 3, 2));
}

/// An index of 1,000 products with ten taught photos each.
PrototypeIndex& taughtIndex()
{
    static const auto index = [] {
        auto made = std::make_unique<PrototypeIndex>(
            std::make_shared<EmbeddingMetric>(EmbeddingMetric::learn({}, 512, {}).value()));
        std::vector<TaughtPhoto> photos;
        for (int i = 0; i < 10'000; ++i) {
            TaughtPhoto photo{QString::number(i), QString::number(i % 1000), {}};
            for (int j = 0; j < 512; ++j)
                photo.embedding.push_back(std::abs(std::sin(static_cast<float>(i % 1000 * 512 + j))) +
                                          0.1F * std::abs(std::cos(static_cast<float>(i * 512 + j))));
            photos.push_back(std::move(photo));
        }
        made->rebuild(photos);
        return made;
    }();
    return *index;
}

void askPrototypes(benchmark::State& state)
{
    const PrototypeIndex& index = taughtIndex();
    const std::vector<float> photo(512, 0.5F);
    for (auto _ : state)
        benchmark::DoNotOptimize(index.scores(photo));
}

void teachPrototypes(benchmark::State& state)
{
    PrototypeIndex& index = taughtIndex();
    const std::vector<float> photo(512, 0.5F);
    int label = 0;
    for (auto _ : state) {
        const auto taught = index.add(QStringLiteral("new"), photo, QString::number(++label % 1000));
        benchmark::DoNotOptimize(taught.has_value());
    }
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const auto inMs = [](benchmark::internal::Benchmark* b) {
        b->Unit(benchmark::kMillisecond)->UseRealTime();
    };
    const auto sizes = [&](benchmark::internal::Benchmark* b) { inMs(b->Arg(10)->Arg(100)->Arg(1200)); };
    sizes(benchmark::RegisterBenchmark("decode/whole", decodeWhole));
    sizes(benchmark::RegisterBenchmark("decode/reduced", decodeReducedTo512));
    sizes(benchmark::RegisterBenchmark(
        "resize/portable", [](benchmark::State& state) { resizeBy(state, imaging::portableKernels()); }));
    sizes(benchmark::RegisterBenchmark(
        "resize/best", [](benchmark::State& state) { resizeBy(state, imaging::bestKernels()); }));
    sizes(benchmark::RegisterBenchmark("preprocess", preprocessWhole));
    for (const auto& [name, kind] :
         {std::pair("network/int8", BackendKind::OneDnnInt8),
          std::pair("network/fp32", BackendKind::OneDnnFp32), std::pair("network/torch", BackendKind::Torch)})
        inMs(benchmark::RegisterBenchmark(name, network, kind)->Arg(1)->Arg(8));
    inMs(benchmark::RegisterBenchmark("softmax and top-3", softmaxAndTopK)->Arg(81)->Arg(1000));
    inMs(benchmark::RegisterBenchmark("relabel 100,000", relabel)->Arg(81)->Arg(1000));
    inMs(benchmark::RegisterBenchmark("prototypes/ask", askPrototypes));
    inMs(benchmark::RegisterBenchmark("prototypes/teach", teachPrototypes));
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
}
