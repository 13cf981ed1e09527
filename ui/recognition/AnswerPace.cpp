#include "ui/recognition/AnswerPace.h"

#include <algorithm>

namespace goodsight {

namespace {

/// A pause longer than this is the person's coffee, not the pace of the work.
constexpr qint64 kLongestMilliseconds = 60'000;

} // namespace

void AnswerPace::reset()
{
    m_time = 0;
    m_answers = 0;
}

void AnswerPace::answered()
{
    if (!m_shown.isValid())
        return;
    m_time += std::min(m_shown.elapsed(), kLongestMilliseconds);
    ++m_answers;
}

qint64 AnswerPace::millisecondsFor(int photos) const
{
    return m_answers < 2 ? -1 : m_time / m_answers * photos;
}

} // namespace goodsight
