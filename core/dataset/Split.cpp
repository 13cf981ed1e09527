#include "core/dataset/Split.h"

#include <QCryptographicHash>
#include <QHashFunctions>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <unordered_map>
#include <utility>

namespace goodsight {

namespace {

constexpr std::array kMeasured{Part::Val, Part::Test};

std::size_t at(Part part)
{
    return static_cast<std::size_t>(part);
}

/// Photos that get a part together.
struct Unit {
    QString key; ///< smallest hash of its photos, which does not depend on how groups are numbered
    QByteArray order;
    std::vector<std::size_t> items;                  ///< those that are free
    std::vector<std::pair<std::size_t, int>> labels; ///< label, its photos among them
    std::optional<Part> part;
};

struct LabelCount {
    QString id;
    int photos = 0;
    std::array<int, 3> have{};
    std::array<int, 3> want{};
    std::vector<std::size_t> units; ///< in seeded order
};

class Splitter {
public:
    Splitter(std::span<const SplitItem> items, const SplitOptions& options)
        : m_items(items)
        , m_options(options)
    {
        gather();
        order();
        wish();
    }

    std::vector<Part> run()
    {
        for (Unit& unit : m_units)
            if (unit.part)
                count(unit, *unit.part);
        std::vector<std::size_t> rareFirst(m_labels.size());
        for (std::size_t i = 0; i < rareFirst.size(); ++i)
            rareFirst[i] = i;
        std::sort(rareFirst.begin(), rareFirst.end(), [this](std::size_t a, std::size_t b) {
            return std::pair(m_labels[a].photos, m_labels[a].id) <
                   std::pair(m_labels[b].photos, m_labels[b].id);
        });
        for (const std::size_t label : rareFirst)
            for (const Part part : kMeasured)
                fill(label, part);

        std::vector<Part> parts(m_items.size(), Part::Train);
        for (const Unit& unit : m_units)
            for (const std::size_t item : unit.items)
                parts[item] = unit.part.value_or(Part::Train);
        for (std::size_t i = 0; i < m_items.size(); ++i)
            if (m_items[i].part)
                parts[i] = *m_items[i].part;
        return parts;
    }

private:
    void gather()
    {
        std::unordered_map<QString, std::size_t> labels;
        std::unordered_map<QString, std::size_t> alone;
        std::unordered_map<qint64, std::size_t> groups;
        for (std::size_t i = 0; i < m_items.size(); ++i) {
            const SplitItem& item = m_items[i];
            const std::size_t unitIndex = item.group == 0
                                              ? alone.try_emplace(item.sha256, m_units.size()).first->second
                                              : groups.try_emplace(item.group, m_units.size()).first->second;
            if (unitIndex == m_units.size())
                m_units.push_back({item.sha256, {}, {}, {}, std::nullopt});
            Unit& unit = m_units[unitIndex];
            unit.key = std::min(unit.key, item.sha256);
            const std::size_t label = labels.try_emplace(item.labelId, m_labels.size()).first->second;
            if (label == m_labels.size())
                m_labels.push_back({item.labelId, 0, {}, {}, {}});
            ++m_labels[label].photos;
            if (item.part) {
                ++m_labels[label].have[at(*item.part)];
                unit.part = unit.part && *unit.part != *item.part ? Part::Train : *item.part;
                continue;
            }
            unit.items.push_back(i);
            const auto mine = std::find_if(unit.labels.begin(), unit.labels.end(),
                                           [&](const auto& one) { return one.first == label; });
            if (mine == unit.labels.end())
                unit.labels.emplace_back(label, 1);
            else
                ++mine->second;
        }
    }

    void order()
    {
        const QByteArray seed = QByteArray::number(m_options.seed) + ' ';
        std::vector<std::size_t> sequence(m_units.size());
        for (std::size_t i = 0; i < m_units.size(); ++i) {
            sequence[i] = i;
            m_units[i].order =
                QCryptographicHash::hash(seed + m_units[i].key.toUtf8(), QCryptographicHash::Sha1);
        }
        std::sort(sequence.begin(), sequence.end(),
                  [this](std::size_t a, std::size_t b) { return m_units[a].order < m_units[b].order; });
        for (const std::size_t unit : sequence)
            for (const auto& [label, photos] : m_units[unit].labels)
                m_labels[label].units.push_back(unit);
    }

    void wish()
    {
        for (LabelCount& label : m_labels) {
            int left = label.photos - 1; // one photo is always learnt from
            for (const Part part : kMeasured) {
                const double share = part == Part::Val ? m_options.val : m_options.test;
                const int least = share > 0 ? 1 : 0;
                const int wanted =
                    std::max(least, static_cast<int>(std::lround(std::max(0.0, share) * label.photos)));
                label.want[at(part)] = std::min(wanted, left);
                left -= label.want[at(part)];
            }
        }
    }

    void count(Unit& unit, Part part)
    {
        unit.part = part;
        for (const auto& [label, photos] : unit.labels)
            m_labels[label].have[at(part)] += photos;
    }

    [[nodiscard]] bool isFree(const Unit& unit) const
    {
        return !unit.part && std::all_of(unit.labels.begin(), unit.labels.end(), [this](const auto& one) {
            const LabelCount& label = m_labels[one.first];
            return label.photos - label.have[at(Part::Val)] - label.have[at(Part::Test)] > one.second;
        });
    }

    [[nodiscard]] bool fits(const Unit& unit, Part part) const
    {
        return std::all_of(unit.labels.begin(), unit.labels.end(), [this, part](const auto& one) {
            const LabelCount& label = m_labels[one.first];
            return label.have[at(part)] + one.second <= label.want[at(part)];
        });
    }

    /// How many photos nearer to what is wanted the counts come with this unit; negative: farther.
    [[nodiscard]] int gain(const Unit& unit, Part part) const
    {
        int sum = 0;
        for (const auto& [index, photos] : unit.labels) {
            const LabelCount& label = m_labels[index];
            const int missing = label.want[at(part)] - label.have[at(part)];
            sum += std::abs(missing) - std::abs(missing - photos);
        }
        return sum;
    }

    void fill(std::size_t index, Part part)
    {
        LabelCount& label = m_labels[index];
        const int& have = label.have[at(part)];
        const int want = label.want[at(part)];
        for (const std::size_t unit : label.units) {
            if (have >= want)
                return;
            if (isFree(m_units[unit]) && fits(m_units[unit], part))
                count(m_units[unit], part);
        }
        if (have >= want)
            return;
        // Only groups that are too large are left: the best of them, if it helps or if there is no photo yet.
        Unit* best = nullptr;
        int bestGain = 0;
        for (const std::size_t one : label.units) {
            Unit& unit = m_units[one];
            if (!isFree(unit))
                continue;
            const int nearer = gain(unit, part);
            if ((nearer > 0 || have == 0) && (!best || nearer > bestGain)) {
                best = &unit;
                bestGain = nearer;
            }
        }
        if (best)
            count(*best, part);
    }

    std::span<const SplitItem> m_items;
    SplitOptions m_options;
    std::vector<Unit> m_units;
    std::vector<LabelCount> m_labels;
};

} // namespace

QString partWord(Part part)
{
    switch (part) {
    case Part::Val:
        return QStringLiteral("val");
    case Part::Test:
        return QStringLiteral("test");
    case Part::Train:
        break;
    }
    return QStringLiteral("train");
}

std::optional<Part> partFromWord(const QString& word)
{
    for (const Part part : {Part::Train, Part::Val, Part::Test})
        if (word == partWord(part))
            return part;
    return std::nullopt;
}

std::vector<Part> splitStratified(std::span<const SplitItem> items, const SplitOptions& options)
{
    return Splitter(items, options).run();
}

} // namespace goodsight
