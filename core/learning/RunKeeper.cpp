#include "core/learning/RunKeeper.h"

#include "core/base/Job.h"
#include "core/learning/LearningText.h"

#include <algorithm>
#include <utility>

namespace goodsight {

namespace {

Error badCheckpoint()
{
    return {QStringLiteral("bad-checkpoint"),
            LearningText::tr("The kept state of the training does not fit its plan."),
            LearningText::tr("Start the training again.")};
}

/// Copies the tensors from the `at`th on, as many as there are places; false where one has another size.
bool copyBack(const std::vector<std::vector<float>>& tensors, std::size_t at,
              std::span<const std::span<float>> places)
{
    if (tensors.size() < at + places.size())
        return false;
    for (const std::span<float> to : places) {
        const std::vector<float>& from = tensors[at++];
        if (from.size() != to.size())
            return false;
        std::copy(from.begin(), from.end(), to.begin());
    }
    return true;
}

} // namespace

RunKeeper::RunKeeper(const QString& folder, QString identity, double seconds,
                     std::function<bool()> stopRequested)
    : m_store(folder)
    , m_identity(std::move(identity))
    , m_seconds(seconds)
    , m_stopRequested(std::move(stopRequested))
{}

Result<void> RunKeeper::read()
{
    m_read = m_store.load(m_stopRequested);
    if (m_stopRequested && m_stopRequested())
        return fail(cancelledError());
    if (m_read && m_read->state.value(QLatin1String("run")).toString() != m_identity)
        m_read.reset();
    m_lost = !m_read && !m_store.files().isEmpty();
    return {};
}

std::optional<int> RunKeeper::stage() const
{
    return m_read ? std::optional(RunState::fromJson(m_read->state).stage) : std::nullopt;
}

Result<void> RunKeeper::putBack(TrainableNetwork& network) const
{
    if (!m_read || !copyBack(m_read->tensors, 0, network.state()))
        return fail(badCheckpoint());
    return {};
}

Result<RunState> RunKeeper::putBack(TrainableNetwork& network, Optimiser& optimiser,
                                    std::vector<std::vector<float>>& average)
{
    std::vector<std::span<float>> places = optimiser.state();
    places.insert(places.end(), average.begin(), average.end());
    if (!m_read || !copyBack(m_read->tensors, network.state().size(), places))
        return fail(badCheckpoint());
    RunState state = RunState::fromJson(m_read->state);
    optimiser.setSteps(state.optimiserSteps);
    m_read.reset();
    return state;
}

bool RunKeeper::isDue() const
{
    return static_cast<double>(m_clock.elapsed()) >= m_seconds * 1000;
}

void RunKeeper::startClock()
{
    m_clock.start();
}

Result<void> RunKeeper::keep(const RunState& state, TrainableNetwork& network, Optimiser& optimiser,
                             std::span<const std::vector<float>> average)
{
    QJsonObject json = state.toJson();
    json.insert(QStringLiteral("run"), m_identity);
    std::vector<std::span<const float>> tensors;
    for (const std::span<float> values : network.state())
        tensors.emplace_back(values);
    for (const std::span<float> values : optimiser.state())
        tensors.emplace_back(values);
    tensors.insert(tensors.end(), average.begin(), average.end());
    auto kept = m_store.save(json, tensors, m_stopRequested);
    startClock();
    return kept;
}

} // namespace goodsight
