#pragma once

#include <QElapsedTimer>

namespace goodsight {

/// How fast a person answers photo after photo. A plain value.
class AnswerPace {
public:
    /// Another queue, perhaps another person.
    void reset();
    /// A photo is shown.
    void shown() { m_shown.start(); }
    /// It was answered.
    void answered();
    /// What `photos` more will take; -1 while unknown.
    [[nodiscard]] qint64 millisecondsFor(int photos) const;

private:
    QElapsedTimer m_shown;
    qint64 m_time = 0;
    int m_answers = 0;
};

} // namespace goodsight
