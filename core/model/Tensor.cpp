#include "core/model/Tensor.h"

#include <QStringList>

#include <bit>
#include <cstring>
#include <limits>

namespace goodsight {

// Files are little-endian and so is every machine that Goodsight runs on; elements are copied as they lie.
static_assert(std::endian::native == std::endian::little);

namespace {

template <typename Stored, typename Convert>
void convertEach(const char* bytes, std::size_t count, float* out, Convert convert)
{
    for (std::size_t i = 0; i < count; ++i) {
        Stored stored;
        std::memcpy(&stored, bytes + i * sizeof(Stored), sizeof(Stored));
        out[i] = convert(stored);
    }
}

template <typename Stored>
void castEach(const char* bytes, std::size_t count, float* out)
{
    convertEach<Stored>(bytes, count, out, [](Stored value) { return static_cast<float>(value); });
}

} // namespace

int elementSize(ElementType type)
{
    switch (type) {
    case ElementType::U8:
    case ElementType::I8:
    case ElementType::Bool:
        return 1;
    case ElementType::F16:
    case ElementType::BF16:
    case ElementType::I16:
        return 2;
    case ElementType::F32:
    case ElementType::I32:
        return 4;
    case ElementType::F64:
    case ElementType::I64:
        return 8;
    }
    return 0;
}

const char* elementName(ElementType type)
{
    switch (type) {
    case ElementType::F16:
        return "F16";
    case ElementType::BF16:
        return "BF16";
    case ElementType::F32:
        return "F32";
    case ElementType::F64:
        return "F64";
    case ElementType::U8:
        return "U8";
    case ElementType::I8:
        return "I8";
    case ElementType::I16:
        return "I16";
    case ElementType::I32:
        return "I32";
    case ElementType::I64:
        return "I64";
    case ElementType::Bool:
        return "BOOL";
    }
    return "";
}

QString shapeText(const std::vector<int64_t>& shape)
{
    if (shape.empty())
        return QStringLiteral("scalar");
    QStringList sizes;
    for (const int64_t size : shape)
        sizes.append(QString::number(size));
    return sizes.join(u'x');
}

int64_t elementCount(const std::vector<int64_t>& shape)
{
    int64_t count = 1;
    for (const int64_t size : shape) {
        if (size < 0)
            return -1;
        if (size != 0 && count > std::numeric_limits<int64_t>::max() / size)
            return -1;
        count *= size;
    }
    return count;
}

uint16_t halfFromFloat(float value)
{
    const uint32_t bits = std::bit_cast<uint32_t>(value);
    const auto sign = static_cast<uint16_t>((bits >> 16) & 0x8000U);
    const uint32_t magnitude = bits & 0x7fffffffU;
    if (magnitude > 0x7f800000U)
        return static_cast<uint16_t>(sign | 0x7e00U);
    if (magnitude >= 0x477ff000U) // 65520 and more round to infinity
        return static_cast<uint16_t>(sign | 0x7c00U);
    if (magnitude < 0x38800000U) {
        // Below 2^-14: adding 0.5 lines the 24 bits up so that the processor's own rounding (to nearest even)
        // leaves the subnormal half in the low bits.
        const float aligned = std::bit_cast<float>(magnitude) + 0.5F;
        return static_cast<uint16_t>(sign | (std::bit_cast<uint32_t>(aligned) - 0x3f000000U));
    }
    const uint32_t odd = (magnitude >> 13) & 1U;
    const uint32_t rounded = magnitude + 0xfffU + odd - 0x38000000U;
    return static_cast<uint16_t>(sign | (rounded >> 13));
}

float floatFromHalf(uint16_t bits)
{
    const uint32_t sign = static_cast<uint32_t>(bits & 0x8000U) << 16;
    const uint32_t shifted = static_cast<uint32_t>(bits & 0x7fffU) << 13;
    // Multiplying by 2^112 rebiases the exponent and normalises subnormals in one exact step.
    const float scaled = std::bit_cast<float>(shifted) * 0x1p112F;
    const uint32_t special = (bits & 0x7c00U) == 0x7c00U ? 0x7f800000U : 0U;
    return std::bit_cast<float>(std::bit_cast<uint32_t>(scaled) | sign | special);
}

void convertToFloat(ElementType type, const char* bytes, std::size_t count, float* out)
{
    switch (type) {
    case ElementType::F32:
        if (count > 0)
            std::memcpy(out, bytes, count * sizeof(float));
        return;
    case ElementType::F16:
        return convertEach<uint16_t>(bytes, count, out, floatFromHalf);
    case ElementType::BF16:
        return convertEach<uint16_t>(bytes, count, out, [](uint16_t value) {
            return std::bit_cast<float>(static_cast<uint32_t>(value) << 16);
        });
    case ElementType::F64:
        return castEach<double>(bytes, count, out);
    case ElementType::U8:
        return castEach<uint8_t>(bytes, count, out);
    case ElementType::I8:
        return castEach<int8_t>(bytes, count, out);
    case ElementType::I16:
        return castEach<int16_t>(bytes, count, out);
    case ElementType::I32:
        return castEach<int32_t>(bytes, count, out);
    case ElementType::I64:
        return castEach<int64_t>(bytes, count, out);
    case ElementType::Bool:
        return convertEach<uint8_t>(bytes, count, out,
                                    [](uint8_t value) { return value != 0 ? 1.0F : 0.0F; });
    }
}

} // namespace goodsight
