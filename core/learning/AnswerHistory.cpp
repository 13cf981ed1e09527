#include "core/learning/AnswerHistory.h"

#include <algorithm>

namespace goodsight {

Result<std::vector<TimedAnswer>> answersInOrder(const DatasetStore& store)
{
    std::vector<TimedAnswer> answers;
    PhotoQuery query;
    query.states = {PhotoState::Accepted, PhotoState::Corrected};
    query.limit = 1000;
    for (;;) {
        const auto page = store.photos(query);
        if (!page)
            return fail(page.error());
        for (const PhotoRow& row : *page)
            answers.push_back({row.labelId, row.labelledAt.toMSecsSinceEpoch()});
        if (page->size() < query.limit)
            break;
        query.offset += query.limit;
    }
    std::stable_sort(answers.begin(), answers.end(),
                     [](const TimedAnswer& a, const TimedAnswer& b) { return a.at < b.at; });
    return answers;
}

} // namespace goodsight
