#pragma once

#include "core/base/Result.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace goodsight {

/// A dense float32 tensor, row-major.
struct Tensor {
    std::vector<int64_t> shape;
    std::vector<float> values;
};

/// How the numbers of a stored tensor lie in a file, little-endian.
enum class ElementType { F16, BF16, F32, F64, U8, I8, I16, I32, I64, Bool };

/// Bytes of one element.
[[nodiscard]] int elementSize(ElementType type);
/// The name that safetensors uses: "F16", "BF16", "BOOL", …
[[nodiscard]] const char* elementName(ElementType type);

/// What a file says about one tensor before any of its numbers is read.
struct TensorInfo {
    ElementType type = ElementType::F32;
    std::vector<int64_t> shape;
};

/// "64x3x7x7"; "scalar" for no dimensions.
[[nodiscard]] QString shapeText(const std::vector<int64_t>& shape);

/// Product of the sizes, or -1 when one is negative or the product does not fit.
[[nodiscard]] int64_t elementCount(const std::vector<int64_t>& shape);

/// A file of named tensors: the list first, the numbers on demand. One thread at a time.
class TensorSource {
public:
    virtual ~TensorSource() = default;

    /// The file, for messages.
    [[nodiscard]] virtual QString path() const = 0;
    /// Every tensor in the order of the file.
    [[nodiscard]] virtual const std::vector<std::pair<std::string, TensorInfo>>& tensors() const = 0;
    /// Reads the named tensors as float32 (wider types are rounded). Errors: "unreadable", "truncated",
    /// "bad-model" (a name that is not in the list, or numbers that cannot be reached).
    [[nodiscard]] virtual Result<std::map<std::string, Tensor>>
    read(const std::vector<std::string>& names) = 0;
};

/// IEEE half precision, round to nearest even; out of range becomes infinity.
[[nodiscard]] uint16_t halfFromFloat(float value);
[[nodiscard]] float floatFromHalf(uint16_t bits);

/// Converts `count` elements of `type` at `bytes` (any alignment) to float32 at `out`.
void convertToFloat(ElementType type, const char* bytes, std::size_t count, float* out);

} // namespace goodsight
