#include "core/inference/PatientThreads.h"

#if defined(__GNUC__) && !defined(__clang__)

#include <omp.h>

#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>

namespace goodsight {

namespace {

/// Owns a team, asleep, until the process ends.
class IdleTeam {
public:
    IdleTeam()
    {
        try {
            m_owner = std::jthread([this](const std::stop_token& stop) { sleep(stop); });
        } catch (const std::system_error&) {
            return; // no thread to be had: then they spin
        }
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_there; });
    }

private:
    void sleep(const std::stop_token& stop)
    {
        // Not empty: a loop without anything to do would be left out.
#pragma omp parallel num_threads(omp_get_num_procs() + 1)
        {
            const std::lock_guard lock(m_mutex);
            m_there = true;
        }
        std::unique_lock lock(m_mutex);
        m_changed.notify_all();
        m_changed.wait(lock, stop, [] { return false; });
    }

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    bool m_there = false;
    std::jthread m_owner; ///< last: ends before what it uses goes
};

} // namespace

void letWaitingThreadsSleep()
{
    static const IdleTeam kTeam;
}

} // namespace goodsight

#else

void goodsight::letWaitingThreadsSleep() {}

#endif
