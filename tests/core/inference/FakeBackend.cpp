#include "tests/core/inference/FakeBackend.h"

#include <QThread>

#include <cmath>
#include <limits>
#include <new>
#include <stdexcept>

namespace goodsight::testsupport {

namespace {
constexpr int kClasses = 5;
constexpr int kStep = 50;
constexpr std::size_t kPlane = std::size_t{224} * 224;
} // namespace

FakeBackend::FakeBackend(std::shared_ptr<FakeScript> script)
    : m_script(std::move(script))
{}

QString FakeBackend::name() const
{
    return QStringLiteral("fake");
}

void FakeBackend::setThreads(int threads)
{
    m_script->threads = threads;
}

Result<BackendOutput> FakeBackend::run(std::span<const float> input, int batch)
{
    ++m_script->runs;
    if (m_script->gated)
        m_script->gate.acquire();
    QThread::msleep(static_cast<unsigned long>(m_script->milliseconds.load()));
    if (batch > m_script->largestBatch)
        return fail("out-of-memory", QStringLiteral("the batch is too large"));
    const FakeScript::Mood mood = m_script->mood;
    switch (mood) {
    case FakeScript::Mood::Fail:
        return fail("backend-failed", QStringLiteral("told to fail"));
    case FakeScript::Mood::Throw:
        throw std::runtime_error("told to throw");
    case FakeScript::Mood::ThrowInt:
        throw 42;
    case FakeScript::Mood::ThrowBadAlloc:
        throw std::bad_alloc();
    default:
        break;
    }
    BackendOutput out;
    out.batch = batch;
    out.embeddingSize = 2;
    out.classes = kClasses;
    const PreprocessSpec spec;
    for (int photo = 0; photo < batch; ++photo) {
        const float first = input[static_cast<std::size_t>(photo) * 3 * kPlane + kPlane / 2];
        const float grey = (first * spec.std[0] + spec.mean[0]) * 255.0F;
        out.embeddings.insert(out.embeddings.end(), {grey, 1.0F});
        for (int k = 0; k < kClasses; ++k)
            out.logits.push_back(-std::abs(grey - static_cast<float>(kStep * k)) / 10.0F);
    }
    if (mood == FakeScript::Mood::NotANumber)
        out.logits.back() = std::numeric_limits<float>::quiet_NaN();
    if (mood == FakeScript::Mood::TooFew)
        out.logits.pop_back();
    return out;
}

ModelPackage fakePackage()
{
    ModelPackage package;
    package.name = QStringLiteral("fake");
    package.architecture = QStringLiteral("resnet18-folded");
    package.fingerprint = QStringLiteral("f00d");
    for (int k = 0; k < kClasses; ++k) {
        package.classes.append({QStringLiteral("grey-%1").arg(k), QStringLiteral("灰%1").arg(k),
                                QStringLiteral("Grey %1").arg(k)});
    }
    return package;
}

std::unique_ptr<Recognizer> fakeRecognizer(std::shared_ptr<FakeScript> script, int threads)
{
    return std::make_unique<Recognizer>(fakePackage(), std::make_unique<FakeBackend>(std::move(script)),
                                        threads);
}

QImage fakePhoto(int index, QSize size)
{
    QImage photo(size, QImage::Format_RGB888);
    photo.fill(QColor(kStep * index, kStep * index, kStep * index));
    return photo;
}

} // namespace goodsight::testsupport
