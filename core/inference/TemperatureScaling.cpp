#include "core/inference/TemperatureScaling.h"

#include "core/inference/CalibrationError.h"
#include "core/inference/InferenceText.h"

#include <QtGlobal>

#include <algorithm>
#include <cmath>

namespace goodsight {

namespace {

/// First and second derivative of the summed negative log-likelihood by b = 1 / T: for each photo the mean of
/// its logits under softmax(b z) less the right one (smoothed: with a little of the mean of all), and their
/// variance.
struct Slope {
    double first = 0;
    double second = 0;
};

Slope slopeAt(double inverse, std::span<const float> logits, std::span<const int> labels, double smoothing)
{
    const std::size_t classes = logits.size() / labels.size();
    Slope slope;
    for (std::size_t photo = 0; photo < labels.size(); ++photo) {
        const std::span<const float> own = logits.subspan(photo * classes, classes);
        const double largest = *std::max_element(own.begin(), own.end());
        double sum = 0;
        double mean = 0;
        double square = 0;
        double all = 0;
        for (const float logit : own) {
            const double distance = static_cast<double>(logit) - largest;
            all += distance;
            const double weight = std::exp(distance * inverse);
            sum += weight;
            mean += weight * distance;
            square += weight * distance * distance;
        }
        mean /= sum;
        const double right = static_cast<double>(own[static_cast<std::size_t>(labels[photo])]) - largest;
        slope.first += mean - (1 - smoothing) * right - smoothing * all / static_cast<double>(classes);
        slope.second += square / sum - mean * mean;
    }
    return slope;
}

/// Where the convex function whose slope slopeAt() gives is least, between the two limits.
double bestInverse(std::span<const float> logits, std::span<const int> labels, double smoothing)
{
    double low = 1 / kMostTemperature;
    double high = 1 / kLeastTemperature;
    if (slopeAt(low, logits, labels, smoothing).first >= 0)
        return low;
    if (slopeAt(high, logits, labels, smoothing).first <= 0)
        return high;
    double inverse = 1;
    constexpr int kSteps = 100;
    for (int step = 0; step < kSteps && high - low > 1e-12 * high; ++step) {
        const Slope slope = slopeAt(inverse, logits, labels, smoothing);
        (slope.first > 0 ? high : low) = inverse;
        const double newton = inverse - slope.first / slope.second;
        const double next = newton > low && newton < high ? newton : (low + high) / 2;
        if (std::abs(next - inverse) <= 1e-12 * inverse)
            return next;
        inverse = next;
    }
    return inverse;
}

} // namespace

bool isTemperature(double temperature)
{
    return std::isfinite(temperature) && temperature > 0;
}

std::vector<double> softmax(std::span<const float> logits, double temperature)
{
    Q_ASSERT(isTemperature(temperature));
    if (logits.empty())
        return {};
    const double largest = *std::max_element(logits.begin(), logits.end());
    std::vector<double> shares(logits.size());
    double sum = 0;
    for (std::size_t i = 0; i < logits.size(); ++i)
        sum += shares[i] = std::exp((static_cast<double>(logits[i]) - largest) / temperature);
    for (double& share : shares)
        share /= sum;
    return shares;
}

Calibration calibrationOf(std::span<const float> logits, std::span<const int> labels, double temperature)
{
    if (labels.empty())
        return {};
    const std::size_t classes = logits.size() / labels.size();
    std::vector<ConfidentAnswer> answers;
    answers.reserve(labels.size());
    double loss = 0;
    for (std::size_t photo = 0; photo < labels.size(); ++photo) {
        const std::span<const float> own = logits.subspan(photo * classes, classes);
        const auto first = std::max_element(own.begin(), own.end());
        double sum = 0;
        for (const float logit : own)
            sum += std::exp((static_cast<double>(logit) - static_cast<double>(*first)) / temperature);
        const auto label = static_cast<std::size_t>(labels[photo]);
        // In logarithms: the share of a class far behind is 0 in floating point.
        loss += std::log(sum) - (static_cast<double>(own[label]) - static_cast<double>(*first)) / temperature;
        answers.push_back({1 / sum, first - own.begin() == labels[photo]});
    }
    return {loss / static_cast<double>(labels.size()), calibrationError(answers)};
}

double plattSmoothing(std::size_t photos)
{
    return 1 / (static_cast<double>(photos) + 2);
}

Result<TemperatureFit> fitTemperature(std::span<const float> logits, std::span<const int> labels,
                                      double smoothing)
{
    if (labels.empty())
        return fail("no-photos",
                    InferenceText::tr("There are no photos with labels to measure the temperature on."),
                    InferenceText::tr("Label some photos, or put some into the part “val”."));
    const std::size_t classes = logits.size() / labels.size();
    const auto isClass = [classes](int label) {
        return label >= 0 && static_cast<std::size_t>(label) < classes;
    };
    if (logits.size() % labels.size() != 0 || !std::all_of(labels.begin(), labels.end(), isClass) ||
        !std::all_of(logits.begin(), logits.end(), [](float v) { return std::isfinite(v); }))
        return fail("bad-logits",
                    InferenceText::tr("The model's numbers for the labelled photos make no sense."),
                    InferenceText::tr("Choose another engine, or install the model again."));
    TemperatureFit fit;
    fit.before = calibrationOf(logits, labels, 1);
    const double inverse = bestInverse(logits, labels, smoothing);
    fit.temperature = 1 / inverse;
    fit.after = calibrationOf(logits, labels, fit.temperature);
    return fit;
}

} // namespace goodsight
