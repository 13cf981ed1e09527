#include "core/learning/PrototypeIndex.h"

#include "core/learning/LearningText.h"

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <mutex>

namespace goodsight {

namespace {

using Points = std::vector<Eigen::Map<const Eigen::ArrayXf>>;

/// Chosen with tests/bench/FewShotBench.cpp: photos of one product resemble each other more than independent
/// ones would, so that many count as 1 / kLikeness at most.
constexpr float kLikeness = 0.35F;
constexpr int kMostPrototypes = 4;
/// Of the t distribution, degrees of freedom. Few, so that what is far from every product is judged by the
/// ratio of its distances and not by their difference, which grows with them: a plain picture, a dozen
/// standard deviations from everything, is a little nearer to a drawing on plain ground than to anything
/// else. Not searched for: tests/bench/FewShotBench.cpp has its figures.
constexpr double kFreedom = 16;

/// Minus the logarithm of the t density in `dimensions` at a squared distance, up to what all have in common.
double rarity(double distance, double dimensions)
{
    return (kFreedom + dimensions) / 2 * std::log1p(distance / kFreedom);
}

float independentPhotos(std::size_t photos)
{
    const auto count = static_cast<float>(photos);
    return count / (1 + (count - 1) * kLikeness);
}

Eigen::ArrayXf meanOf(const Points& points)
{
    Eigen::ArrayXf sum = Eigen::ArrayXf::Zero(points.front().size());
    for (const auto& point : points)
        sum += point;
    return sum / static_cast<float>(points.size());
}

std::size_t farthest(const Points& points, const Eigen::ArrayXf& from)
{
    std::size_t best = 0;
    float most = -1;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (const float distance = (points[i] - from).square().sum(); distance > most) {
            most = distance;
            best = i;
        }
    }
    return best;
}

/// The two halves that 2-means finds from the two ends of the set.
std::pair<Points, Points> halves(const Points& points)
{
    constexpr int kRounds = 10;
    Eigen::ArrayXf a = points[farthest(points, meanOf(points))];
    Eigen::ArrayXf b = points[farthest(points, a)];
    std::pair<Points, Points> found;
    for (int round = 0; round < kRounds; ++round) {
        std::pair<Points, Points> dealt;
        for (const auto& point : points)
            ((point - a).square().sum() <= (point - b).square().sum() ? dealt.first : dealt.second)
                .push_back(point);
        const bool settled = dealt.first.size() == found.first.size();
        found = std::move(dealt);
        if (settled || found.first.empty() || found.second.empty())
            break;
        a = meanOf(found.first);
        b = meanOf(found.second);
    }
    return found;
}

/// Splits `points` while their halves lie as far apart as photos of different products: the squared distance
/// of their means, less what chance adds, exceeds `apart`.
void split(const Points& points, float apart, int most, std::vector<Points>& out)
{
    if (points.size() >= 2 && most >= 2) {
        const auto [a, b] = halves(points);
        if (!a.empty() && !b.empty()) {
            const float chance = static_cast<float>(points.front().size()) *
                                 (1 / static_cast<float>(a.size()) + 1 / static_cast<float>(b.size()));
            if ((meanOf(a) - meanOf(b)).square().sum() - chance > apart) {
                split(a, apart, most / 2, out);
                split(b, apart, most / 2, out);
                return;
            }
        }
    }
    out.push_back(points);
}

Eigen::Map<const Eigen::ArrayXf> asArray(std::span<const float> values)
{
    return {values.data(), static_cast<Eigen::Index>(values.size())};
}

} // namespace

PrototypeIndex::PrototypeIndex(std::shared_ptr<const EmbeddingMetric> metric)
    : m_metric(std::move(metric))
{}

Result<std::vector<float>> PrototypeIndex::project(std::span<const float> embedding) const
{
    const bool fits = embedding.size() == static_cast<std::size_t>(m_metric->dimensions());
    // A sum of squares that overflows would make the direction 0.
    float squares = 0;
    for (const float value : embedding)
        squares += value * value;
    if (!fits || !std::isfinite(squares) || squares <= 0) {
        return fail("bad-embedding", LearningText::tr("The embedding of this photo cannot be used."),
                    LearningText::tr("Check the model, then recognise the photos again."));
    }
    return m_metric->project(embedding);
}

std::vector<PrototypeIndex::Prototype> PrototypeIndex::learn(const Contents& contents,
                                                             const Product& product) const
{
    const auto between = asArray(m_metric->between());
    Points points;
    for (const QString& sha256 : product.photos)
        points.push_back(asArray(contents.photos.find(sha256)->point));
    std::vector<Points> groups;
    split(points, between.sum(), kMostPrototypes, groups);
    std::vector<Prototype> prototypes;
    for (const Points& group : groups) {
        const float count = independentPhotos(group.size());
        const Eigen::ArrayXf variance = 1 + between / (count * between + 1);
        const Eigen::ArrayXf centre = meanOf(group) * (count * between / (count * between + 1));
        const Eigen::ArrayXf inverse = variance.inverse();
        Prototype prototype;
        prototype.centre.assign(centre.data(), centre.data() + centre.size());
        prototype.inverse.assign(inverse.data(), inverse.data() + inverse.size());
        prototype.offset = std::log(static_cast<float>(group.size()) / static_cast<float>(points.size())) -
                           variance.log().sum() / 2;
        prototypes.push_back(std::move(prototype));
    }
    return prototypes;
}

PrototypeIndex::Product& PrototypeIndex::product(Contents& contents, const QString& labelId)
{
    auto at = std::lower_bound(contents.products.begin(), contents.products.end(), labelId,
                               [](const auto& entry, const QString& id) { return entry.first < id; });
    if (at == contents.products.end() || at->first != labelId)
        at = contents.products.insert(at, {labelId, Product()});
    return at->second;
}

void PrototypeIndex::forget(Contents& contents, const QString& sha256) const
{
    const QString labelId = contents.photos.take(sha256).labelId;
    Product& changed = product(contents, labelId);
    std::erase(changed.photos, sha256);
    if (changed.photos.empty())
        std::erase_if(contents.products, [&](const auto& entry) { return entry.first == labelId; });
    else
        changed.prototypes = learn(contents, changed);
}

Result<void> PrototypeIndex::add(const QString& sha256, std::span<const float> embedding,
                                 const QString& labelId)
{
    auto point = project(embedding);
    if (!point)
        return fail(point.error());
    const std::unique_lock lock(m_mutex);
    if (m_contents.photos.contains(sha256))
        forget(m_contents, sha256);
    m_contents.photos.insert(sha256, {labelId, std::move(*point)});
    Product& taught = product(m_contents, labelId);
    taught.photos.insert(std::lower_bound(taught.photos.begin(), taught.photos.end(), sha256), sha256);
    taught.prototypes = learn(m_contents, taught);
    return {};
}

bool PrototypeIndex::remove(const QString& sha256)
{
    const std::unique_lock lock(m_mutex);
    if (!m_contents.photos.contains(sha256))
        return false;
    forget(m_contents, sha256);
    return true;
}

int PrototypeIndex::rebuild(std::span<const TaughtPhoto> photos)
{
    Contents contents;
    for (const TaughtPhoto& photo : photos) {
        if (auto point = project(photo.embedding))
            contents.photos.insert(photo.sha256, {photo.labelId, std::move(*point)});
    }
    QHash<QString, Product> byLabel;
    for (auto photo = contents.photos.cbegin(); photo != contents.photos.cend(); ++photo)
        byLabel[photo->labelId].photos.push_back(photo.key());
    for (auto entry = byLabel.begin(); entry != byLabel.end(); ++entry) {
        std::sort(entry->photos.begin(), entry->photos.end());
        entry->prototypes = learn(contents, *entry);
        contents.products.emplace_back(entry.key(), std::move(*entry));
    }
    std::sort(contents.products.begin(), contents.products.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    const auto held = static_cast<int>(contents.photos.size());
    const std::unique_lock lock(m_mutex);
    std::swap(m_contents, contents);
    return held;
}

int PrototypeIndex::photos() const
{
    const std::shared_lock lock(m_mutex);
    return static_cast<int>(m_contents.photos.size());
}

int PrototypeIndex::prototypes(const QString& labelId) const
{
    const std::shared_lock lock(m_mutex);
    for (const auto& [id, product] : m_contents.products) {
        if (id == labelId)
            return static_cast<int>(product.prototypes.size());
    }
    return 0;
}

std::vector<PrototypeScore> PrototypeIndex::scores(std::span<const float> embedding) const
{
    const auto projected = project(embedding);
    if (!projected)
        return {};
    const auto point = asArray(*projected);
    const auto between = asArray(m_metric->between());
    const auto dimensions = static_cast<double>(point.size());
    const double anyProduct =
        -rarity(static_cast<double>((point.square() / (1 + between)).sum()), dimensions) -
        0.5 * static_cast<double>((1 + between).log().sum());

    const std::shared_lock lock(m_mutex);
    std::vector<PrototypeScore> scores;
    scores.reserve(m_contents.products.size());
    std::vector<double> fits;
    for (const auto& [labelId, product] : m_contents.products) {
        fits.clear();
        for (const Prototype& prototype : product.prototypes) {
            const float distance =
                ((point - asArray(prototype.centre)).square() * asArray(prototype.inverse)).sum();
            fits.push_back(static_cast<double>(prototype.offset) -
                           rarity(static_cast<double>(distance), dimensions));
        }
        const double best = *std::max_element(fits.begin(), fits.end());
        double sum = 0;
        for (const double fit : fits)
            sum += std::exp(fit - best);
        scores.push_back(
            {labelId, best + std::log(sum) - anyProduct, static_cast<int>(product.photos.size())});
    }
    return scores;
}

} // namespace goodsight
