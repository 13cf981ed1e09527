#include "core/inference/CoOccurrence.h"

#include "core/base/OrdinaryFile.h"
#include "core/inference/InferenceText.h"
#include "core/labels/Csv.h"
#include "core/labels/LabelId.h"

#include <QFileInfo>

#include <algorithm>
#include <cmath>

namespace goodsight {

CoOccurrence CoOccurrence::learn(std::span<const TimedAnswer> answers)
{
    CoOccurrence table;
    QStringList session; ///< the last labels of the session, at most kNeighbours
    QDateTime before;
    for (const TimedAnswer& answer : answers) {
        if (answer.state == PhotoState::Imported)
            continue;
        if (before.isValid() && before.msecsTo(answer.at) > kPauseMilliseconds)
            session.clear();
        before = answer.at;
        table.m_counts[answer.labelId] += 1;
        table.m_answers += 1;
        for (const QString& neighbour : session)
            table.addPair(neighbour, answer.labelId, 1);
        session.append(answer.labelId);
        if (session.size() > kNeighbours)
            session.removeFirst();
    }
    return table;
}

QStringList CoOccurrence::recent(std::span<const TimedAnswer> answers, QDateTime now)
{
    QStringList labels;
    for (auto answer = answers.rbegin(); answer != answers.rend() && labels.size() < kNeighbours; ++answer) {
        if (answer->state == PhotoState::Imported)
            continue;
        if (answer->at.msecsTo(now) > kPauseMilliseconds)
            break;
        labels.append(answer->labelId);
        now = answer->at;
    }
    return labels;
}

void CoOccurrence::addPair(const QString& a, const QString& b, double weight)
{
    m_pairs[a][b] += weight;
    if (a != b)
        m_pairs[b][a] += weight;
}

Result<CoOccurrence> CoOccurrence::read(QIODevice& device, const QString& source)
{
    const auto bad = [&source](int line, const QString& what) {
        return fail("bad-prior-table", InferenceText::tr("%1, line %2: %3.").arg(source).arg(line).arg(what),
                    InferenceText::tr("The first line is “label_a,label_b,weight”; each other one has two "
                                      "product ids and a number from 0 on."));
    };
    const auto records = readCsv(device, source);
    if (!records)
        return fail(records.error());
    const QStringList header{QStringLiteral("label_a"), QStringLiteral("label_b"), QStringLiteral("weight")};
    if (records->isEmpty() || records->first().fields != header)
        return bad(records->isEmpty() ? 1 : records->first().line,
                   InferenceText::tr("the header is another one"));
    CoOccurrence table;
    for (const CsvRecord& record : records->mid(1)) {
        if (record.fields.size() != header.size())
            return bad(record.line, InferenceText::tr("there are not three fields"));
        const QString& a = record.fields[0];
        const QString& b = record.fields[1];
        for (const QString& id : {a, b}) {
            if (!isValidLabelId(id))
                return bad(record.line, InferenceText::tr("“%1” is no product id").arg(quotedName(id)));
        }
        bool isNumber = false;
        const double weight = record.fields[2].toDouble(&isNumber);
        if (!isNumber || !std::isfinite(weight) || weight < 0)
            return bad(record.line,
                       InferenceText::tr("“%1” is no number from 0 on").arg(quotedName(record.fields[2])));
        if (table.m_pairs.value(a).contains(b))
            return bad(record.line, InferenceText::tr("the pair was there before"));
        table.addPair(a, b, weight);
    }
    return table;
}

Result<CoOccurrence> CoOccurrence::load(const QString& file)
{
    OrdinaryFile opened(file);
    if (!opened.exists())
        return fail("not-found", InferenceText::tr("There is no file “%1”.").arg(quotedName(file)),
                    InferenceText::tr("Check the file's name."));
    if (!opened.open(QIODevice::ReadOnly))
        return fail("unreadable",
                    InferenceText::tr("“%1” cannot be read: %2.").arg(quotedName(file), opened.errorString()),
                    InferenceText::tr("Check the file and its permissions."));
    return read(opened, QFileInfo(file).fileName());
}

} // namespace goodsight
