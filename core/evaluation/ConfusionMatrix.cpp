#include "core/evaluation/ConfusionMatrix.h"

#include <algorithm>
#include <set>

namespace goodsight {

ConfusionMatrix::ConfusionMatrix(std::span<const ScoredPhoto> photos)
{
    for (std::size_t i = 0; i < photos.size(); ++i) {
        if (!photos[i].ranking.empty())
            add(photos[i].truth, photos[i].ranking.front(), static_cast<int>(i));
    }
}

void ConfusionMatrix::add(int truth, int predicted, int photo)
{
    m_cells[{truth, predicted}].push_back(photo);
}

int ConfusionMatrix::count(int truth, int predicted) const
{
    return static_cast<int>(photos(truth, predicted).size());
}

std::span<const int> ConfusionMatrix::photos(int truth, int predicted) const
{
    const auto cell = m_cells.find({truth, predicted});
    return cell == m_cells.end() ? std::span<const int>() : std::span<const int>(cell->second);
}

std::vector<int> ConfusionMatrix::classes() const
{
    std::set<int> all;
    for (const auto& [key, photos] : m_cells)
        all.insert({key.first, key.second});
    return {all.begin(), all.end()};
}

std::vector<ConfusionCell> ConfusionMatrix::cells() const
{
    std::vector<ConfusionCell> all;
    all.reserve(m_cells.size());
    for (const auto& [key, photos] : m_cells)
        all.push_back({key.first, key.second, photos});
    return all;
}

std::vector<ConfusionCell> ConfusionMatrix::mostConfused(int count) const
{
    std::vector<ConfusionCell> wrong = cells();
    std::erase_if(wrong, [](const ConfusionCell& cell) { return cell.truth == cell.predicted; });
    std::stable_sort(wrong.begin(), wrong.end(), [](const ConfusionCell& left, const ConfusionCell& right) {
        return left.photos.size() > right.photos.size();
    });
    wrong.resize(std::min(wrong.size(), static_cast<std::size_t>(std::max(count, 0))));
    return wrong;
}

} // namespace goodsight
