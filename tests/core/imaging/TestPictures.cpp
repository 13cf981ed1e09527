#include "tests/core/imaging/TestPictures.h"

#include "tests/support/TestSupport.h"

#include <QCryptographicHash>
#include <QFile>

#include <algorithm>
#include <cstdint>

#include <gtest/gtest.h>

namespace goodsight::testpictures {

namespace {

std::uint32_t noise(std::uint32_t x, std::uint32_t y, std::uint32_t channel)
{
    std::uint32_t h = x * 374761393U + y * 668265263U + channel * 2246822519U;
    h = (h ^ (h >> 13U)) * 1274126177U;
    return ((h ^ (h >> 16U)) >> 8U) & 255U;
}

std::uint32_t gradient(std::uint32_t x, std::uint32_t y, std::uint32_t channel, int width, int height)
{
    if (channel == 0)
        return x * 255U / static_cast<std::uint32_t>(std::max(width - 1, 1));
    if (channel == 1)
        return y * 255U / static_cast<std::uint32_t>(std::max(height - 1, 1));
    return (x * 3U + y * 2U) & 255U;
}

std::uint32_t shapes(std::uint32_t x, std::uint32_t y, std::uint32_t channel, int width, int height)
{
    const std::uint32_t checker = (x / (5U + channel) + y / 7U) & 1U;
    const std::int64_t dx = std::int64_t{x} * 2 - width;
    const std::int64_t dy = std::int64_t{y} * 2 - height;
    const std::int64_t side = std::min(width, height);
    const bool inside = (dx * dx + dy * dy) * 4 < side * side * (std::int64_t{channel} + 1);
    return inside ? 250U - 90U * channel : checker * 180U;
}

} // namespace

QImage picture(const QString& kind, int width, int height)
{
    QImage image(width, height, QImage::Format_RGB888);
    for (int row = 0; row < height; ++row) {
        uchar* out = image.scanLine(row);
        for (int column = 0; column < width; ++column) {
            const auto x = static_cast<std::uint32_t>(column);
            const auto y = static_cast<std::uint32_t>(row);
            for (std::uint32_t channel = 0; channel < 3; ++channel) {
                std::uint32_t value = 0;
                if (kind == u"noise")
                    value = noise(x, y, channel);
                else if (kind == u"gradient")
                    value = gradient(x, y, channel, width, height);
                else if (kind == u"shapes")
                    value = shapes(x, y, channel, width, height);
                else
                    value = (gradient(x, y, channel, width, height) + shapes(x, y, channel, width, height) +
                             (noise(x, y, channel) >> 2U)) /
                            3U;
                *out++ = static_cast<uchar>(value);
            }
        }
    }
    return image;
}

QByteArray packedBytes(const QImage& image)
{
    EXPECT_EQ(image.format(), QImage::Format_RGB888);
    QByteArray bytes;
    bytes.reserve(qsizetype{image.width()} * image.height() * 3);
    for (int y = 0; y < image.height(); ++y)
        bytes.append(reinterpret_cast<const char*>(image.constScanLine(y)), qsizetype{image.width()} * 3);
    return bytes;
}

std::string sha256(const QByteArray& bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex().toStdString();
}

QString referenceFile(const QString& name)
{
    return testsupport::sourceDir() + QStringLiteral("/tests/reference/imaging/") + name;
}

QByteArray fileBytes(const QString& path)
{
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << qPrintable(path);
    return file.readAll();
}

} // namespace goodsight::testpictures
