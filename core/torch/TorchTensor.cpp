#include "core/torch/TorchTensor.h"

#include "core/inference/InferenceText.h"
#include "core/inference/ResNet18Graph.h"

#include <ATen/ATen.h>

namespace goodsight {

at::Tensor toTorch(const Tensor& tensor)
{
    // from_blob wants a mutable pointer; the clone that follows is all that is ever written to.
    return at::from_blob(const_cast<float*>(tensor.values.data()), tensor.shape, at::kFloat)
        .clone(at::MemoryFormat::Contiguous);
}

Result<at::Tensor> inputOf(std::span<const float> input, int batch)
{
    constexpr std::size_t kPicture = std::size_t{3} * resnet18::kInputSide * resnet18::kInputSide;
    if (batch < 1 || input.size() != kPicture * static_cast<std::size_t>(batch)) {
        return fail("bad-input", InferenceText::tr("A batch of %1 pictures came with %2 numbers.")
                                     .arg(batch)
                                     .arg(static_cast<qulonglong>(input.size())));
    }
    return at::from_blob(const_cast<float*>(input.data()),
                         {batch, 3, resnet18::kInputSide, resnet18::kInputSide}, at::kFloat);
}

BackendOutput outputOf(const at::Tensor& logits, const at::Tensor& embeddings)
{
    const auto values = [](const at::Tensor& tensor) {
        const at::Tensor dense = tensor.contiguous();
        const float* const first = dense.data_ptr<float>();
        return std::vector<float>(first, first + dense.numel());
    };
    BackendOutput out;
    out.batch = static_cast<int>(logits.size(0));
    out.embeddingSize = static_cast<int>(embeddings.size(1));
    out.classes = static_cast<int>(logits.size(1));
    out.embeddings = values(embeddings);
    out.logits = values(logits);
    return out;
}

} // namespace goodsight
