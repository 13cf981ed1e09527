#include "core/torch/TrainedTensor.h"

#include <ATen/ATen.h>

namespace goodsight {

at::Tensor toTrained(const Tensor& tensor)
{
    // from_blob wants a mutable pointer; the clone that follows is all that is ever written to.
    const at::Tensor view = at::from_blob(const_cast<float*>(tensor.values.data()), tensor.shape, at::kFloat);
    return view.dim() == 4 ? view.clone(at::MemoryFormat::ChannelsLast)
                           : view.clone(at::MemoryFormat::Contiguous);
}

at::Tensor randomNormal(std::initializer_list<int64_t> shape, double deviation, Random random)
{
    at::Tensor out = at::empty(shape, at::kFloat);
    for (float& value : numbersOf(out))
        value = static_cast<float>(random.normal() * deviation);
    return out.dim() == 4 ? out.contiguous(at::MemoryFormat::ChannelsLast) : out;
}

Tensor fromTorch(const at::Tensor& tensor)
{
    const at::Tensor plain = tensor.detach().to(at::kFloat).contiguous();
    Tensor out{plain.sizes().vec(), {}};
    out.values.assign(plain.data_ptr<float>(), plain.data_ptr<float>() + plain.numel());
    return out;
}

std::span<float> numbersOf(const at::Tensor& tensor)
{
    return {tensor.data_ptr<float>(), static_cast<std::size_t>(tensor.numel())};
}

void learn(at::Tensor& tensor, bool learns)
{
    tensor = tensor.detach();
    tensor.requires_grad_(learns);
    if (learns)
        tensor.mutable_grad() = at::zeros_like(tensor);
}

void addParameter(std::vector<TrainableParameter>& parameters, const at::Tensor& tensor,
                  const TrainableParameter& what)
{
    if (!tensor.defined() || !tensor.requires_grad())
        return;
    TrainableParameter parameter = what;
    parameter.value = numbersOf(tensor);
    parameter.gradient = numbersOf(tensor.grad());
    parameters.push_back(std::move(parameter));
}

at::Tensor tensorOf(const BoundaryInput& input)
{
    const BoundaryShape shape = shapeAt(input.boundary, input.side);
    auto* const values = const_cast<float*>(input.values.data()); // only read
    if (input.boundary == Boundary::Embedding)
        return at::from_blob(values, {input.count, shape.channels}, at::kFloat);
    return at::from_blob(values, {input.count, shape.side, shape.side, shape.channels}, at::kFloat)
        .permute({0, 3, 1, 2});
}

std::vector<float> rowsOf(const at::Tensor& tensor)
{
    const at::Tensor rows =
        (tensor.dim() == 4 ? tensor.permute({0, 2, 3, 1}) : tensor).to(at::kFloat).contiguous();
    return {rows.data_ptr<float>(), rows.data_ptr<float>() + rows.numel()};
}

} // namespace goodsight
