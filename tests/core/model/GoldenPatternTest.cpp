#include "core/model/ModelPackage.h"

#include <QCryptographicHash>

#include <gtest/gtest.h>

using namespace goodsight;

/// The hashes are those that tests/reference/golden_pattern.py prints.
TEST(GoldenPattern, IsThePythonTwinsByteForByte)
{
    const std::vector<std::pair<quint32, const char*>> expected{
        {1, "ccdc16d342eb4a58664034fb9fb7e8173b952641c7a211440a556f91cb0eff64"},
        {2, "1933a69bc46839273b87f8b477c39e4b78d450f28543a523a14a5a3e88516766"},
        {3, "d7839217d12464823b77c0ac30c417e142913e449824d678699e17fbbc124aaf"},
        {4, "1ca5560634391a217ce7f0be7ea5834ebde5b15c5e630e9bd8ff354cbe2922b8"},
        {0, "19f39e6fc6e3162b9f6b61378839501e18164ff11bcf771380c06c43271138a2"},
        {4294967295U, "af226a448a87201afb3ea4fd8b90842fefd9fd18fc0369c029f6a6ef87978628"}};
    for (const auto& [seed, hash] : expected) {
        const std::vector<quint8> pixels = goldenPattern(seed);
        ASSERT_EQ(pixels.size(), 3U * 224 * 224);
        const QByteArrayView bytes(reinterpret_cast<const char*>(pixels.data()),
                                   static_cast<qsizetype>(pixels.size()));
        EXPECT_EQ(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex(), hash) << seed;
    }
}
