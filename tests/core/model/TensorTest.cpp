#include "core/model/Tensor.h"

#include <QCryptographicHash>

#include <gtest/gtest.h>

#include <bit>
#include <cmath>

using namespace goodsight;

namespace {

template <typename T>
QByteArray sha256(const std::vector<T>& values)
{
    return QCryptographicHash::hash(QByteArrayView(reinterpret_cast<const char*>(values.data()),
                                                   static_cast<qsizetype>(values.size() * sizeof(T))),
                                    QCryptographicHash::Sha256)
        .toHex();
}

} // namespace

// The hashes in the next two tests come from tests/reference/half_precision.py (NumPy).

TEST(HalfPrecision, EveryHalfBecomesNumPysFloat)
{
    std::vector<float> floats;
    for (uint32_t half = 0; half < 65536; ++half) {
        if ((half & 0x7fffU) <= 0x7c00U)
            floats.push_back(floatFromHalf(static_cast<uint16_t>(half)));
    }
    EXPECT_EQ(sha256(floats), "680bbc22915f61aa1bbfc7265bc3882a6aa42d299bfd2c571807196e5544de2e");
}

TEST(HalfPrecision, FloatsRoundAsNumPyRoundsThem)
{
    std::vector<uint32_t> patterns;
    uint32_t state = 1;
    for (int i = 0; i < 200000; ++i)
        patterns.push_back(state = state * 1664525U + 1013904223U);
    for (uint32_t half = 0; half < 0x7c00; half += 7) {
        const double low = floatFromHalf(static_cast<uint16_t>(half));
        const double high = floatFromHalf(static_cast<uint16_t>(half + 1));
        if (std::isinf(high))
            continue;
        const auto middle = std::bit_cast<uint32_t>(static_cast<float>((low + high) / 2));
        patterns.insert(patterns.end(), {middle != 0 ? middle - 1 : 0, middle, middle + 1});
    }
    std::vector<uint16_t> halves;
    for (const uint32_t pattern : patterns) {
        if (!std::isnan(std::bit_cast<float>(pattern)))
            halves.push_back(halfFromFloat(std::bit_cast<float>(pattern)));
    }
    EXPECT_EQ(halves.size(), 212816U);
    EXPECT_EQ(sha256(halves), "da67cce320fddbbd1d8981786dca323c623670f06426e5c846bd252a7c3b25a3");
}

TEST(HalfPrecision, NotANumberStaysOne)
{
    EXPECT_TRUE(std::isnan(floatFromHalf(halfFromFloat(NAN))));
    EXPECT_TRUE(std::isnan(floatFromHalf(0xfe01)));
}

TEST(ElementTypes, ConvertToFloat)
{
    const auto convert = [](ElementType type, std::initializer_list<int> bytes) {
        QByteArray data;
        for (const int byte : bytes)
            data.append(static_cast<char>(byte));
        float value = 0;
        convertToFloat(type, data.constData(), 1, &value);
        return value;
    };
    EXPECT_EQ(convert(ElementType::BF16, {0x80, 0xbf}), -1.0F);
    EXPECT_EQ(convert(ElementType::F16, {0x00, 0xc1}), -2.5F);
    EXPECT_EQ(convert(ElementType::F32, {0x00, 0x00, 0x20, 0x40}), 2.5F);
    EXPECT_EQ(convert(ElementType::F64, {0, 0, 0, 0, 0, 0, 0x04, 0x40}), 2.5F);
    EXPECT_EQ(convert(ElementType::U8, {200}), 200.0F);
    EXPECT_EQ(convert(ElementType::I8, {200}), -56.0F);
    EXPECT_EQ(convert(ElementType::I16, {0x00, 0x80}), -32768.0F);
    EXPECT_EQ(convert(ElementType::I32, {0xff, 0xff, 0xff, 0xff}), -1.0F);
    EXPECT_EQ(convert(ElementType::I64, {0, 0, 1, 0, 0, 0, 0, 0}), 65536.0F);
    EXPECT_EQ(convert(ElementType::Bool, {7}), 1.0F);
}

TEST(Shapes, CountWithoutOverflow)
{
    EXPECT_EQ(elementCount({}), 1);
    EXPECT_EQ(elementCount({2, 3, 4}), 24);
    EXPECT_EQ(elementCount({2, 0}), 0);
    EXPECT_EQ(elementCount({2, -1}), -1);
    EXPECT_EQ(elementCount({int64_t{1} << 40, int64_t{1} << 40}), -1);
    EXPECT_EQ(shapeText({64, 3, 7, 7}), QStringLiteral("64x3x7x7"));
}
