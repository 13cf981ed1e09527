#pragma once

#include <QString>

#include <functional>
#include <memory>

namespace goodsight {

/// One thread that runs what is posted to it, in order. Posting is safe from any thread.
class SerialExecutor {
public:
    /// Starts the thread; `name` is what debuggers show.
    explicit SerialExecutor(const QString& name);
    /// Drops what has not begun, waits for what runs, joins.
    ~SerialExecutor();
    SerialExecutor(const SerialExecutor&) = delete;
    SerialExecutor& operator=(const SerialExecutor&) = delete;

    /// Queues `work` and returns at once. An exception that leaves it is logged and swallowed.
    void post(std::function<void()> work);
    /// Runs `work` on the thread and waits for its end, also where it throws (as post() does then). Returns
    /// without having run it where the executor is ending. Never call it from the thread itself.
    void run(const std::function<void()>& work);
    /// Waits until everything posted before has run.
    void drain();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace goodsight
