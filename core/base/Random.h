#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <utility>
#include <vector>

namespace goodsight {

/// A small random generator whose numbers are the same on every machine and with every compiler, which those
/// of the standard library's distributions are not: SplitMix64 (Steele, Lea, Flood 2014). A generator is
/// keyed rather than stored: the same keys give the same numbers again, whatever was drawn before.
class Random {
public:
    explicit Random(std::uint64_t seed)
        : m_state(seed)
    {}

    /// A generator for one purpose: `keys` tell what for (a photo, a view, an epoch, …).
    template <typename... Keys>
    [[nodiscard]] static Random keyed(std::uint64_t seed, Keys... keys)
    {
        std::uint64_t state = mixed(seed);
        ((state = mixed(state ^ static_cast<std::uint64_t>(keys))), ...);
        return Random(state);
    }

    [[nodiscard]] std::uint64_t next()
    {
        m_state += kGamma;
        return finished(m_state);
    }
    /// 0 <= x < 1, in steps of 2^-53.
    [[nodiscard]] double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    [[nodiscard]] double uniform(double from, double to) { return from + (to - from) * uniform(); }
    /// 0 <= n < `count`; `count` is above 0 and far below 2^64.
    [[nodiscard]] std::uint64_t below(std::uint64_t count)
    {
        return static_cast<std::uint64_t>(uniform() * static_cast<double>(count));
    }
    /// Mean 0, variance 1 (Box and Muller 1958).
    [[nodiscard]] double normal()
    {
        const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
        return radius * std::cos(2.0 * std::numbers::pi * uniform());
    }

    /// Puts `items` into random order (Fisher and Yates).
    template <typename T>
    void shuffle(std::vector<T>& items)
    {
        for (std::size_t i = items.size(); i > 1; --i)
            std::swap(items[i - 1], items[static_cast<std::size_t>(below(i))]);
    }

private:
    static constexpr std::uint64_t kGamma = 0x9E3779B97F4A7C15ULL;
    [[nodiscard]] static std::uint64_t finished(std::uint64_t x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
        return x ^ (x >> 31);
    }
    [[nodiscard]] static std::uint64_t mixed(std::uint64_t x) { return finished(x + kGamma); }

    std::uint64_t m_state;
};

} // namespace goodsight
