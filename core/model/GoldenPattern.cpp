#include "core/model/ModelPackage.h"

#include <algorithm>
#include <cstdlib>

namespace goodsight {

namespace {

constexpr int kSide = 224;

/// The high half of a 32-bit linear congruential generator (Numerical Recipes' constants).
class Generator {
public:
    explicit Generator(quint32 seed)
        : m_state(seed)
    {}
    int next()
    {
        m_state = m_state * 1664525U + 1013904223U;
        return static_cast<int>(m_state >> 16);
    }

private:
    quint32 m_state;
};

/// A triangle wave of period 512, 0..255. Negative positions wrap as two's complement does.
int triangle(int position)
{
    return std::min(255, std::abs((position & 511) - 256));
}

} // namespace

std::vector<quint8> goldenPattern(quint32 seed)
{
    std::vector<quint8> pixels;
    pixels.reserve(3 * kSide * kSide);
    Generator random(seed);
    for (int channel = 0; channel < 3; ++channel) {
        const int fx = 1 + random.next() % 7;
        const int fy = 1 + random.next() % 7;
        const int p = random.next() % 512;
        const int gx = 1 + random.next() % 5;
        const int gy = 1 + random.next() % 5;
        const int q = random.next() % 512;
        for (int y = 0; y < kSide; ++y) {
            for (int x = 0; x < kSide; ++x) {
                const int sum = triangle(x * fx + y * fy + p) + triangle(x * gx - y * gy + q);
                pixels.push_back(static_cast<quint8>(sum >> 1));
            }
        }
    }
    return pixels;
}

} // namespace goodsight
