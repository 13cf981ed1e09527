#include "ui/recognition/UndoSteps.h"

#include "ui/recognition/PhotoQueue.h"
#include "ui/shell/ProjectSession.h"

#include <algorithm>
#include <utility>

namespace goodsight {

UndoSteps::UndoSteps(ProjectSession& project, const PhotoQueue& queue, QObject* parent)
    : QObject(parent)
    , m_project(project)
    , m_queue(queue)
{}

void UndoSteps::answered()
{
    m_steps.push_back({Step::Kind::Answer, 0, {}});
}

void UndoSteps::skipped(quint64 serial)
{
    m_steps.push_back({Step::Kind::Skip, serial, {}});
}

void UndoSteps::cleared(std::vector<QueueItem> items)
{
    m_steps.push_back({Step::Kind::Clear, 0, std::move(items)});
}

void UndoSteps::forget()
{
    m_steps.clear();
    m_undoing = false;
    m_asked = 0;
}

void UndoSteps::undo(bool confirmed)
{
    if (m_undoing) {
        ++m_asked;
        return;
    }
    if (endsOutsideJournal()) {
        Step step = std::move(m_steps.back());
        m_steps.pop_back();
        takeBack(std::move(step));
        return;
    }
    if (!m_project.writable())
        return;
    // An answer of the person that is still being saved will be the newest step.
    if (!confirmed && !m_queue.isAnySaving()) {
        const std::optional<EditRow> next = m_project.store()->nextUndo();
        if (next && next->photos > 1) {
            Q_EMIT wouldTake(*next);
            return;
        }
    }
    m_undoing = true;
    m_project.store()->undoAsync([this](const Result<PhotoRow>& row) { onUndone(row, true); });
}

void UndoSteps::undoAutomatic(const QString& sha256)
{
    if (m_undoing) {
        ++m_asked;
        return;
    }
    if (!m_project.writable())
        return;
    m_undoing = true;
    m_project.store()->undoAutomaticAsync(sha256,
                                          [this](const Result<PhotoRow>& row) { onUndone(row, false); });
}

void UndoSteps::takeBack(Step step)
{
    if (step.kind == Step::Kind::Clear)
        Q_EMIT clearTakenBack(std::move(step.cleared));
    else if (m_queue.indexOfSerial(step.serial) >= 0)
        Q_EMIT skipTakenBack(step.serial);
    else // it went with a queue that was finished
        undo(false);
}

void UndoSteps::onUndone(const Result<PhotoRow>& row, bool ownStep)
{
    m_undoing = false;
    int asked = std::exchange(m_asked, 0);
    if (ownStep && row && row->id != 0) {
        const auto answer = std::find_if(m_steps.rbegin(), m_steps.rend(),
                                         [](const Step& step) { return step.kind == Step::Kind::Answer; });
        if (answer != m_steps.rend())
            m_steps.erase(std::next(answer).base());
    }
    tell(row);
    for (; row && asked > 0 && !m_undoing; --asked)
        undo(false);
    m_asked = m_undoing ? asked : 0;
}

void UndoSteps::redo()
{
    if (!m_project.writable())
        return;
    m_project.store()->redoAsync([this](const Result<PhotoRow>& row) {
        if (row && row->id != 0 && row->state != PhotoState::Automatic)
            answered();
        tell(row);
    });
}

void UndoSteps::tell(const Result<PhotoRow>& row)
{
    if (row)
        Q_EMIT journalMoved(*row);
    else
        Q_EMIT failed(row.error());
}

bool UndoSteps::endsOutsideJournal() const
{
    return !m_steps.empty() && m_steps.back().kind != Step::Kind::Answer;
}

bool UndoSteps::takesBack(qint64 photoId) const
{
    if (endsOutsideJournal() || m_queue.isAnySaving() || !m_project.writable())
        return false;
    const DatasetStore& store = *m_project.store();
    const std::optional<EditRow> next = store.nextUndo();
    if (!next || next->sha256.isEmpty())
        return false;
    const auto photo = store.photo(next->sha256);
    return photo && photo->id == photoId;
}

bool UndoSteps::canUndo() const
{
    return !m_steps.empty() || (m_project.writable() && m_project.store()->canUndo());
}

} // namespace goodsight
