#pragma once

#include <span>
#include <vector>

namespace goodsight {

/// What two models made of the same photo.
struct PairedAnswer {
    int truth = 0; ///< class, a number from 0 on
    bool oldRight = false;
    bool newRight = false;
};

/// McNemar's test of "the new model is worse".
struct PairedTest {
    int bothRight = 0;
    int lost = 0; ///< right before, wrong now
    int won = 0;  ///< wrong before, right now
    int bothWrong = 0;
    double difference = 0; ///< share right now less share right before, -1..1
    /// Chance of losing at least that many by luck, if neither model were better: small means worse. 1 where
    /// the models never differ.
    double pWorse = 1;
};

/// The test in one class.
struct ClassPairedTest {
    int label = 0;
    PairedTest test;
    double adjusted = 1; ///< pWorse after Holm's correction for all classes that are tested
};

/// The test over all photos, and in each class with enough of them.
struct PairedComparison {
    PairedTest overall;
    std::vector<ClassPairedTest> classes; ///< by number of the class

    /// Whether the new model is shown to be worse, overall or in a class, at significance `alpha`.
    [[nodiscard]] bool isWorse(double alpha = 0.05) const;
};

/// Discordant photos (lost + won) from which on mid-p is used instead of the exact test.
inline constexpr int kExactDiscordant = 25;

/// McNemar 1947, one-sided. Exact (binomial) for few discordant photos, where a false alarm must be excluded;
/// mid-p for more, where the exact test is needlessly slow to see a loss (Fagerland, Lydersen, Laake 2013).
[[nodiscard]] PairedTest pairedTest(int bothRight, int lost, int won, int bothWrong);

/// Chance of so small a loss, or a smaller one, by luck, if the new model lost `margin` (a share of the
/// photos, 0..1, exclusive): small means that so large a loss is excluded, the new model "not inferior". The
/// score test for paired shares (Tango 1998), of which McNemar's is the case of no margin. 1 for no photos.
[[nodiscard]] double pLosesMargin(int lost, int won, int photos, double margin);

/// Compares over all `answers`, and in classes with at least `minPhotos` of them (Holm 1979 over those).
[[nodiscard]] PairedComparison comparePaired(std::span<const PairedAnswer> answers, int minPhotos = 10);

} // namespace goodsight
