#pragma once

#include "core/base/Result.h"
#include "core/dataset/TimedAnswer.h"

#include <QHash>
#include <QIODevice>
#include <QString>
#include <QStringList>

#include <span>

namespace goodsight {

/// How often each product was answered, and how often each two of them soon after each other in one session,
/// in either order. A value.
class CoOccurrence {
public:
    /// A pause longer than this ends a session.
    static constexpr qint64 kPauseMilliseconds = 30 * 60 * 1000;
    /// Answers of a session that each one is paired with.
    static constexpr int kNeighbours = 3;

    /// Counts `answers`, which are in the order of time. Imported ones are passed over: nobody gave them one
    /// after the other.
    [[nodiscard]] static CoOccurrence learn(std::span<const TimedAnswer> answers);
    /// Labels of the session that goes on at `now`, the newest first, at most kNeighbours: what a next answer
    /// is paired with. `answers` as for learn(); empty where the last of them is longer ago than a pause.
    [[nodiscard]] static QStringList recent(std::span<const TimedAnswer> answers, QDateTime now);
    /// Reads CSV with the header `label_a,label_b,weight`: how much more than nothing the two ids belong
    /// together, 0 or more, in the unit of counted pairs. It knows no frequencies. Errors: readCsv's;
    /// "bad-prior-table" (names the line: another header or number of fields, an id that is none, a weight
    /// that is no number from 0 on, a pair that was there before).
    [[nodiscard]] static Result<CoOccurrence> read(QIODevice& device, const QString& source);
    /// The same from a file. Errors: "not-found" and "unreadable", too.
    [[nodiscard]] static Result<CoOccurrence> load(const QString& file);

    /// Answers of `label`.
    [[nodiscard]] double count(const QString& label) const { return m_counts.value(label); }
    /// All answers that were counted; 0 for a table that a person made.
    [[nodiscard]] double answers() const { return m_answers; }
    /// What each label was paired with, and how often; empty where it never was.
    [[nodiscard]] QHash<QString, double> partners(const QString& label) const { return m_pairs.value(label); }
    [[nodiscard]] bool isEmpty() const { return m_counts.isEmpty() && m_pairs.isEmpty(); }

private:
    void addPair(const QString& a, const QString& b, double weight);

    double m_answers = 0;
    QHash<QString, double> m_counts;
    QHash<QString, QHash<QString, double>> m_pairs; ///< both directions
};

} // namespace goodsight
