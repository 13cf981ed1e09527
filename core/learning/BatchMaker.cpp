#include "core/learning/BatchMaker.h"

#include "core/inference/TemperatureScaling.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace goodsight {

namespace {

/// A number of the Beta(alpha, alpha) distribution, as X / (X + Y) of two Gamma(alpha) ones (Marsaglia and
/// Tsang 2000, "A Simple Method for Generating Gamma Variables").
double gammaNumber(double alpha, Random& random)
{
    if (alpha < 1)
        return gammaNumber(alpha + 1, random) * std::pow(1 - random.uniform(), 1 / alpha);
    const double d = alpha - 1.0 / 3;
    const double c = 1 / std::sqrt(9 * d);
    for (;;) {
        const double x = random.normal();
        const double v = std::pow(1 + c * x, 3);
        if (v > 0 && std::log(1 - random.uniform()) < x * x / 2 + d - d * v + d * std::log(v))
            return d * v;
    }
}

double betaNumber(double alpha, Random& random)
{
    const double x = gammaNumber(alpha, random);
    const double y = gammaNumber(alpha, random);
    return x + y > 0 ? x / (x + y) : 1;
}

} // namespace

BatchMaker::BatchMaker(const TrainingStage& stage, const TrainingSet& set,
                       std::span<const std::size_t> photos, const TeacherAnswers* teacher)
    : m_stage(stage)
    , m_set(set)
    , m_teacher(teacher)
    , m_classWeights(static_cast<std::size_t>(set.classes.size()))
{
    std::vector<double> counts(m_classWeights.size());
    for (const std::size_t photo : photos)
        ++counts[static_cast<std::size_t>(set.photos[photo].label)];
    double sum = 0;
    for (const double count : counts)
        sum += count > 0 ? count * std::pow(count, -stage.classBalance) : 0;
    for (std::size_t c = 0; c < counts.size(); ++c) {
        if (counts[c] > 0) {
            m_classWeights[c] = static_cast<float>(std::pow(counts[c], -stage.classBalance) *
                                                   static_cast<double>(photos.size()) / sum);
        }
    }
    if (teacher != nullptr) {
        for (const ModelClass& item : set.classes)
            m_columns.push_back(
                static_cast<std::size_t>(std::max<qsizetype>(0, teacher->classes().indexOf(item.id))));
    }
}

BatchTargets BatchMaker::targets(std::span<const ViewRef> rows) const
{
    BatchTargets out;
    const auto classes = static_cast<std::size_t>(m_set.classes.size());
    const double smoothing = m_stage.labelSmoothing;
    out.labels.assign(rows.size() * classes, static_cast<float>(smoothing / static_cast<double>(classes)));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto label = static_cast<std::size_t>(m_set.photos[rows[i].photo].label);
        out.labels[i * classes + label] += static_cast<float>(1 - smoothing);
        out.weights.push_back(m_classWeights[label]);
    }
    const LossWeights& loss = m_stage.loss;
    if (m_teacher == nullptr || loss.teacher + loss.embedding + loss.imagenet <= 0)
        return out;
    const auto append = [](std::vector<float>& to, const std::vector<double>& values) {
        for (const double value : values)
            to.push_back(static_cast<float>(value));
    };
    for (const ViewRef& row : rows) {
        const int answer = m_teacher->rowOf(m_set.photos[row.photo].sha256, row.view);
        if (loss.teacher > 0) {
            const std::span<const float> all = m_teacher->logits(answer);
            std::vector<float> logits;
            for (const std::size_t column : m_columns)
                logits.push_back(all[column]);
            append(out.teacher, softmax(logits, loss.temperature));
        }
        if (loss.embedding > 0) {
            const std::span<const float> embedding = m_teacher->embedding(answer);
            out.embedding.insert(out.embedding.end(), embedding.begin(), embedding.end());
        }
        if (loss.imagenet > 0)
            append(out.imagenet, softmax(m_teacher->imagenet(answer)));
    }
    return out;
}

void BatchMaker::mirror(std::vector<float>& input, BoundaryShape shape, Random& random) const
{
    if (m_stage.mirror <= 0 || shape.side < 2)
        return;
    const auto channels = static_cast<std::ptrdiff_t>(shape.channels);
    const std::ptrdiff_t line = channels * shape.side;
    const auto row = static_cast<std::ptrdiff_t>(shape.numbers());
    for (auto at = input.begin(); at != input.end(); at += row) {
        if (random.uniform() >= m_stage.mirror)
            continue;
        for (auto y = at; y != at + row; y += line) {
            for (std::ptrdiff_t left = 0, right = shape.side - 1; left < right; ++left, --right)
                std::swap_ranges(y + left * channels, y + (left + 1) * channels, y + right * channels);
        }
    }
}

int BatchMaker::crop(std::vector<float>& input, BoundaryShape shape, Random& random) const
{
    const auto least = static_cast<int>(std::ceil(m_stage.crop * shape.side));
    if (least >= shape.side)
        return shape.side;
    const int side =
        least + static_cast<int>(random.below(static_cast<std::uint64_t>(shape.side - least + 1)));
    const auto line = static_cast<std::ptrdiff_t>(side) * shape.channels;
    const auto row = static_cast<std::ptrdiff_t>(shape.numbers());
    const auto places = static_cast<std::uint64_t>(shape.side - side + 1);
    auto to = input.begin();
    for (auto from = input.begin(); from != input.end(); from += row) {
        const auto top = static_cast<std::ptrdiff_t>(random.below(places));
        const auto left = static_cast<std::ptrdiff_t>(random.below(places));
        for (std::ptrdiff_t y = 0; y < side; ++y, to += line) {
            const auto begin = from + ((top + y) * shape.side + left) * shape.channels;
            std::copy(begin, begin + line, to); // never behind what is still to be read
        }
    }
    input.erase(to, input.end());
    return side;
}

void BatchMaker::mix(std::vector<float>& input, BatchTargets& targets, Random& random) const
{
    const std::size_t rows = targets.weights.size();
    if (m_stage.mixup <= 0 || rows < 2)
        return;
    const double drawn = betaNumber(m_stage.mixup, random);
    const auto keep = static_cast<float>(std::max(drawn, 1 - drawn)); // a row stays mostly itself
    std::vector<std::size_t> partners(rows);
    std::iota(partners.begin(), partners.end(), std::size_t{0});
    random.shuffle(partners);
    for (std::vector<float>* values : {&input, &targets.labels, &targets.weights, &targets.teacher,
                                       &targets.embedding, &targets.imagenet}) {
        const std::size_t numbers = values->size() / rows;
        const std::vector<float> before = *values;
        for (std::size_t i = 0; i < rows; ++i) {
            const float* const other = before.data() + partners[i] * numbers;
            float* const mine = values->data() + i * numbers;
            for (std::size_t k = 0; k < numbers; ++k)
                mine[k] = keep * mine[k] + (1 - keep) * other[k];
        }
    }
}

BatchTargets slice(const BatchTargets& targets, std::size_t rows, std::size_t begin, std::size_t count)
{
    const auto part = [&](const std::vector<float>& values) {
        const std::size_t numbers = values.size() / rows;
        return std::vector<float>(values.begin() + static_cast<std::ptrdiff_t>(begin * numbers),
                                  values.begin() + static_cast<std::ptrdiff_t>((begin + count) * numbers));
    };
    return {part(targets.labels), part(targets.weights), part(targets.teacher), part(targets.embedding),
            part(targets.imagenet)};
}

} // namespace goodsight
