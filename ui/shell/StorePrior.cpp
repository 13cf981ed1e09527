#include "ui/shell/StorePrior.h"

#include "core/dataset/DatasetStore.h"
#include "core/inference/SemanticPrior.h"
#include "ui/shell/ProjectSession.h"

#include <QDateTime>

#include <utility>

namespace goodsight {

struct StorePrior::Read {
    std::shared_ptr<const CoOccurrence> table;
    QStringList recent;
    std::optional<Error> error;
};

StorePrior::Read StorePrior::look(Settings::Prior source, const QString& file, const QString& dir)
{
    Read read;
    QList<TimedAnswer> answers;
    if (!dir.isEmpty()) {
        const auto store = DatasetStore::open(dir, DatasetStore::Access::ReadOnly);
        auto given =
            store ? (*store)->answers(std::nullopt, -1) : Result<QList<TimedAnswer>>(fail(store.error()));
        if (given)
            answers = std::move(*given);
        else
            read.error = given.error();
    }
    read.recent = CoOccurrence::recent(answers, QDateTime::currentDateTimeUtc());
    if (source == Settings::Prior::Project) {
        read.table = std::make_shared<const CoOccurrence>(CoOccurrence::learn(answers));
    } else if (auto table = CoOccurrence::load(file)) {
        read.table = std::make_shared<const CoOccurrence>(std::move(*table));
    } else {
        read.error = table.error();
    }
    return read;
}

StorePrior::StorePrior(Settings& settings, ProjectSession& project, QObject* parent)
    : QObject(parent)
    , m_settings(settings)
    , m_project(project)
    , m_worker(QStringLiteral("goodsight-prior"))
{
    m_sessionEnd.setSingleShot(true);
    m_sessionEnd.setInterval(static_cast<int>(CoOccurrence::kPauseMilliseconds) + 1000);
    connect(&m_sessionEnd, &QTimer::timeout, this, &StorePrior::read);
    connect(&project, &ProjectSession::opened, this, &StorePrior::restart);
    connect(&project, &ProjectSession::changed, this, &StorePrior::read);
    connect(&settings, &Settings::changed, this, [this](const QString& key) {
        if (key == Settings::kPrior || key == Settings::kPriorFile)
            restart();
    });
}

StorePrior::~StorePrior() = default;

void StorePrior::restart()
{
    ++m_generation;
    m_sessionEnd.stop();
    set(nullptr, {});
    read();
}

void StorePrior::read()
{
    const Settings::Prior source = m_settings.prior();
    // One look for a burst of changes: it begins after the last of them. A restart looks for itself.
    if (source == Settings::Prior::Off || m_looking.exchange(m_generation) == m_generation)
        return;
    m_worker.post([this, generation = m_generation, source, file = m_settings.priorFile(),
                   dir = m_project.store() ? m_project.dir() : QString()] {
        quint64 mine = generation;
        m_looking.compare_exchange_strong(mine, kNobody);
        Read read = look(source, file, dir);
        QMetaObject::invokeMethod(
            this,
            [this, generation, read = std::move(read)] {
                if (generation == m_generation)
                    take(read);
            },
            Qt::QueuedConnection);
    });
}

void StorePrior::take(const Read& read)
{
    if (!read.recent.isEmpty())
        m_sessionEnd.start();
    set(read.table && !read.table->isEmpty()
            ? std::make_shared<SemanticPrior>(read.table, read.recent, SemanticPrior::kStrength)
            : nullptr,
        read.error);
}

void StorePrior::set(std::shared_ptr<const AnswerStep> step, std::optional<Error> error)
{
    const bool silent = !m_step && !step && !m_error && !error;
    m_step = std::move(step);
    m_error = std::move(error);
    if (!silent)
        Q_EMIT changed();
}

} // namespace goodsight
