#include "core/model/Pickle.h"

#include "core/model/PickleMachine.h"

#include <array>
#include <string_view>

namespace goodsight::pickle {

tl::expected<Document, Failure> Document::read(QByteArrayView bytes)
{
    return Machine(bytes).run();
}

std::optional<ElementType> storageType(const std::string& global)
{
    static constexpr std::array<std::pair<std::string_view, ElementType>, 10> kTypes{{
        {"torch.FloatStorage", ElementType::F32},
        {"torch.HalfStorage", ElementType::F16},
        {"torch.BFloat16Storage", ElementType::BF16},
        {"torch.DoubleStorage", ElementType::F64},
        {"torch.LongStorage", ElementType::I64},
        {"torch.IntStorage", ElementType::I32},
        {"torch.ShortStorage", ElementType::I16},
        {"torch.CharStorage", ElementType::I8},
        {"torch.ByteStorage", ElementType::U8},
        {"torch.BoolStorage", ElementType::Bool},
    }};
    for (const auto& [name, type] : kTypes) {
        if (global == name)
            return type;
    }
    return {};
}

bool isInside(const TensorView& view)
{
    const int64_t count = elementCount(view.shape);
    // More elements than the storage has would be an expanded view (stride 0), by which a few bytes could ask
    // for any amount of memory. torch.save writes such a view only on request.
    if (view.storage.elements < 0 || view.offset < 0 || view.offset > view.storage.elements || count < 0 ||
        count > view.storage.elements || view.shape.size() != view.strides.size())
        return false;
    if (count == 0)
        return true;
    int64_t last = view.offset;
    for (std::size_t i = 0; i < view.shape.size(); ++i) {
        const int64_t steps = view.shape[i] - 1;
        if (view.strides[i] < 0)
            return false;
        if (steps > 0 && view.strides[i] > (view.storage.elements - last) / steps)
            return false;
        last += steps * view.strides[i];
    }
    return last < view.storage.elements;
}

} // namespace goodsight::pickle
