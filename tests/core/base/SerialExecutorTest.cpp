#include "core/base/SerialExecutor.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
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
