#include "core/evaluation/Binomial.h"

#include <cmath>
#include <limits>

namespace goodsight {

namespace {

double continuedFraction(double a, double b, double x)
{
    constexpr double kTiny = 1e-300;
    constexpr int kMost = 100'000; // about sqrt(max(a, b)) are needed
    const auto away = [](double value) { return std::abs(value) < kTiny ? kTiny : value; };
    double c = 1;
    double d = 1 / away(1 - (a + b) * x / (a + 1));
    double fraction = d;
    for (int m = 1; m < kMost; ++m) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        d = 1 / away(1 + even * d);
        c = away(1 + even / c);
        fraction *= d * c;
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / away(1 + odd * d);
        c = away(1 + odd / c);
        fraction *= d * c;
        if (std::abs(d * c - 1) < std::numeric_limits<double>::epsilon())
            break;
    }
    return fraction;
}

/// Where a rising `of` reaches `value`, 0..1.
template <typename Function>
double inverse(const Function& of, double value)
{
    double low = 0;
    double high = 1;
    while (high - low > 1e-14) {
        const double middle = (low + high) / 2;
        (of(middle) < value ? low : high) = middle;
    }
    return (low + high) / 2;
}

} // namespace

double incompleteBeta(double a, double b, double x)
{
    if (x <= 0 || x >= 1)
        return x <= 0 ? 0 : 1;
    if (x > (a + 1) / (a + b + 2)) // the fraction converges fast below the mean only
        return 1 - incompleteBeta(b, a, 1 - x);
    const double logarithm =
        a * std::log(x) + b * std::log1p(-x) + std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b);
    return std::exp(logarithm) * continuedFraction(a, b, x) / a;
}

double chanceOfAtLeast(int least, int count, double p)
{
    if (least <= 0 || least > count)
        return least <= 0 ? 1 : 0;
    return incompleteBeta(least, count - least + 1, p);
}

double clopperPearsonUpper(int wrong, int count, double level)
{
    if (wrong >= count)
        return 1;
    return inverse([&](double p) { return incompleteBeta(wrong + 1, count - wrong, p); }, level);
}

double clopperPearsonLower(int wrong, int count, double level)
{
    return wrong <= 0 ? 0 : 1 - clopperPearsonUpper(count - wrong, count, level);
}

} // namespace goodsight
