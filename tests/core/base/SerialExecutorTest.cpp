#include "core/base/SerialExecutor.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace goodsight;

TEST(SerialExecutor, RunsInOrder)
{
    SerialExecutor executor(QStringLiteral("test"));
    std::vector<int> order;
    for (int i = 0; i < 100; ++i)
        executor.post([&order, i] { order.push_back(i); });
    executor.drain();
    ASSERT_EQ(order.size(), 100u);
    for (int i = 0; i < 100; ++i)
        EXPECT_EQ(order[static_cast<std::size_t>(i)], i);
}

TEST(SerialExecutor, SurvivesAnException)
{
    SerialExecutor executor(QStringLiteral("test"));
    executor.post([] { throw std::runtime_error("boom"); });
    std::atomic_bool ran = false;
    executor.run([&] { ran = true; });
    EXPECT_TRUE(ran);
}

TEST(SerialExecutor, WaitingEndsWhenTheWorkThrows)
{
    SerialExecutor executor(QStringLiteral("test"));
    executor.run([] { throw std::runtime_error("boom"); });
    std::atomic_bool ran = false;
    executor.run([&] { ran = true; });
    EXPECT_TRUE(ran);
}

TEST(SerialExecutor, WaitingEndsWhenTheExecutorDoes)
{
    std::atomic_bool returned = false;
    std::atomic_bool begun = false;
    auto executor = std::make_unique<SerialExecutor>(QStringLiteral("test"));
    executor->post([&, &ending = *executor] {
        begun = true;
        // Ending shows in that what is posted is let go at once.
        for (;;) {
            auto token = std::make_shared<int>();
            const std::weak_ptr<int> kept = token;
            ending.post([token = std::move(token)] {});
            if (kept.expired())
                break;
            std::this_thread::yield();
        }
        while (!returned)
            std::this_thread::yield();
    });
    while (!begun)
        std::this_thread::yield();
    // Whether it is queued before the end or comes too late: nobody will run it.
    std::atomic_bool ran = false;
    std::thread waiting([&, &ending = *executor] {
        ending.run([&] { ran = true; });
        returned = true;
    });
    executor.reset();
    waiting.join();
    EXPECT_FALSE(ran);
}
