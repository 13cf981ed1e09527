#pragma once

namespace goodsight {

/// The regularised incomplete beta function I_x(a, b) for a, b > 0 and 0 <= x <= 1, to about 1e-9: by its
/// continued fraction (DLMF 8.17.22), evaluated as Lentz does.
[[nodiscard]] double incompleteBeta(double a, double b, double x);

/// Chance that `count` throws with chance `p` each give at least `least` hits.
[[nodiscard]] double chanceOfAtLeast(int least, int count, double p);

/// The largest error rate that `wrong` wrong answers among `count` allow: the true rate lies below it with a
/// probability of at least `level` (Clopper and Pearson 1934; one-sided). 1 when count is 0.
[[nodiscard]] double clopperPearsonUpper(int wrong, int count, double level);
/// The smallest error rate that they allow, likewise. 0 when count is 0.
[[nodiscard]] double clopperPearsonLower(int wrong, int count, double level);

} // namespace goodsight
