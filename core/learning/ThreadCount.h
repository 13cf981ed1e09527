#pragma once

#include "core/inference/Recognizer.h"

#include <omp.h>

namespace goodsight {

/// Sets how many OpenMP threads the calling thread's loops take (0: all cores), and puts the number back at
/// the end: it belongs to the thread. Private to the room.
class ThreadCount {
public:
    explicit ThreadCount(int threads)
        : m_before(omp_get_max_threads())
    {
        omp_set_num_threads(usableThreads(threads));
    }
    ~ThreadCount() { omp_set_num_threads(m_before); }
    ThreadCount(const ThreadCount&) = delete;
    ThreadCount& operator=(const ThreadCount&) = delete;

private:
    int m_before;
};

} // namespace goodsight
