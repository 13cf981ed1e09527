#pragma once

#include "core/inference/Backend.h"
#include "core/inference/Recognizer.h"

#include <QImage>
#include <QSemaphore>

#include <atomic>
#include <memory>

namespace goodsight::testsupport {

/// What a FakeBackend does, changed by the test while it runs. Thread-safe.
struct FakeScript {
    enum class Mood { Answer, Fail, Throw, ThrowInt, ThrowBadAlloc, NotANumber, TooFew };

    std::atomic<Mood> mood = Mood::Answer;
    std::atomic_int milliseconds = 0;  ///< each run takes this long
    std::atomic_bool gated = false;    ///< each run waits for one `gate` permit
    std::atomic_int largestBatch = 99; ///< larger ones fail
    std::atomic_int runs = 0;          ///< runs begun
    std::atomic_int threads = 0;       ///< last number set
    QSemaphore gate;
};

/// Sees which of fakePhoto()'s colours a picture has: five classes "grey-0" to "grey-4".
class FakeBackend : public Backend {
public:
    explicit FakeBackend(std::shared_ptr<FakeScript> script);
    [[nodiscard]] QString name() const override;
    void setThreads(int threads) override;
    [[nodiscard]] Result<BackendOutput> run(std::span<const float> input, int batch) override;

private:
    const std::shared_ptr<FakeScript> m_script;
};

/// A model "fake" without weights, for FakeBackend.
[[nodiscard]] ModelPackage fakePackage();
[[nodiscard]] std::unique_ptr<Recognizer> fakeRecognizer(std::shared_ptr<FakeScript> script, int threads = 1);
/// A picture that FakeBackend takes for class `index`.
[[nodiscard]] QImage fakePhoto(int index, QSize size = {320, 300});

} // namespace goodsight::testsupport
