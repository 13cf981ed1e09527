#include "core/inference/BackendChoice.h"
#include "core/base/Cpu.h"
#include "core/model/ModelPackage.h"

#include <QFile>
#include <QTemporaryDir>
#include <QThread>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

using namespace goodsight;

namespace {

constexpr int kClasses = 3;

int g_alive = 0;     // engines that have not gone
int g_mostAlive = 0; // of them at once

/// Answers all golden questions with `logit`, after some milliseconds.
class Sleeper : public Backend {
public:
    Sleeper(QString name, int milliseconds, float logit)
        : m_name(std::move(name))
        , m_milliseconds(milliseconds)
        , m_logit(logit)
    {
        g_mostAlive = std::max(g_mostAlive, ++g_alive);
    }
    ~Sleeper() override { --g_alive; }
    Sleeper(const Sleeper&) = delete;
    Sleeper& operator=(const Sleeper&) = delete;
    [[nodiscard]] QString name() const override { return m_name; }
    void setThreads(int) override {}
    [[nodiscard]] Result<BackendOutput> run(std::span<const float>, int batch) override
    {
        QThread::msleep(static_cast<unsigned long>(m_milliseconds));
        BackendOutput out;
        out.batch = batch;
        out.embeddingSize = 512;
        out.classes = kClasses;
        out.embeddings.resize(512);
        out.logits.assign(kClasses, m_logit);
        return out;
    }

private:
    QString m_name;
    int m_milliseconds;
    float m_logit;
};

int g_made[3];         // how often each engine was asked for
float g_logits[3];     // what each says
int g_milliseconds[3]; // how long it takes
bool g_there[3];       // whether it can be made

template <int kIndex>
Result<std::unique_ptr<Backend>> makeSleeper(const ModelPackage&, int)
{
    ++g_made[kIndex];
    if (!g_there[kIndex])
        return fail("backend-unavailable", QStringLiteral("not here"));
    return std::make_unique<Sleeper>(QString::number(kIndex), g_milliseconds[kIndex], g_logits[kIndex]);
}

// The last is no reference here, so that it is always timed.
constexpr std::array<Engine, 3> kThree{{{BackendKind::OneDnnFp32, "zero", makeSleeper<0>},
                                        {BackendKind::OneDnnFp32, "one", makeSleeper<1>},
                                        {BackendKind::OneDnnFp32, "two", makeSleeper<2>}}};

class BackendChoiceTest : public testing::Test {
protected:
    QTemporaryDir dir;
    QString file = dir.filePath(QStringLiteral("below/engines.json"));
    BackendChoice choice{file, kThree};
    ModelPackage package;

    void SetUp() override
    {
        package.name = QStringLiteral("m");
        package.fingerprint = QStringLiteral("abc");
        package.golden.seeds = {1};
        package.golden.logits = {std::vector<float>(kClasses, 1.0F)};
        for (int i = 0; i < kClasses; ++i)
            package.classes.append({QString::number(i), {}, {}});
        g_mostAlive = 0;
        for (int i = 0; i < 3; ++i) {
            g_made[i] = 0;
            g_logits[i] = 1.0F;
            g_milliseconds[i] = 12 - 4 * i;
            g_there[i] = true;
        }
    }
    [[nodiscard]] QString chosen() const
    {
        const auto made = choice.make(package, 1);
        return made ? (*made)->name() : made.error().code;
    }
};

} // namespace

TEST_F(BackendChoiceTest, TheFastestIsTakenAndRemembered)
{
    EXPECT_TRUE(choice.remembered(package, 1).isEmpty());
    EXPECT_EQ(chosen(), QStringLiteral("2"));
    const QJsonObject known = choice.remembered(package, 1);
    EXPECT_EQ(known[u"engine"].toString(), QStringLiteral("two"));
    EXPECT_GE(known[u"ms"][u"zero"].toDouble(), 12.0);
    EXPECT_EQ(chosen(), QStringLiteral("2"));
    EXPECT_EQ(g_made[0], 1) << "timed once";
    EXPECT_EQ(g_made[2], 2);
}

TEST_F(BackendChoiceTest, NoTwoEnginesAreInMemoryAtOnce)
{
    std::swap(g_milliseconds[0], g_milliseconds[2]);
    EXPECT_EQ(chosen(), QStringLiteral("0"));
    EXPECT_EQ(g_mostAlive, 1);
    EXPECT_EQ(g_made[0], 2) << "timed first, and made again once it had won";
    EXPECT_EQ(g_made[1], 1);
}

TEST_F(BackendChoiceTest, TheReferenceIsNotEvenLoadedWhereAnotherEnginePasses)
{
    constexpr std::array<Engine, 2> kEngines{
        {{BackendKind::OneDnnFp32, "one", makeSleeper<1>}, {BackendKind::Torch, "torch", makeSleeper<2>}}};
    if (!cpu::hasAvx2())
        GTEST_SKIP() << "without AVX2 the reference may be the fastest";
    const BackendChoice withTorch(file, kEngines);
    EXPECT_EQ(withTorch.make(package, 1).value()->name(), QStringLiteral("1"));
    EXPECT_EQ(g_made[2], 0);

    package.fingerprint = QStringLiteral("another");
    g_logits[1] = 2.0F;
    EXPECT_EQ(withTorch.make(package, 1).value()->name(), QStringLiteral("2")) << "the last resort";
    EXPECT_EQ(g_made[2], 1);
}

TEST_F(BackendChoiceTest, OneThatFailsItsCheckIsNeverUsed)
{
    g_logits[2] = 1.5F;
    EXPECT_EQ(chosen(), QStringLiteral("1"));
    // Remembered, and wrong from now on, as after an update of the system.
    g_logits[1] = 2.0F;
    EXPECT_EQ(chosen(), QStringLiteral("0"));
    EXPECT_EQ(choice.remembered(package, 1)[u"engine"].toString(), QStringLiteral("zero"));
    g_logits[0] = 3.0F;
    EXPECT_EQ(chosen(), QStringLiteral("backend-mismatch"));
}

TEST_F(BackendChoiceTest, AnotherModelScalesOrThreadsAreTimedAnew)
{
    EXPECT_EQ(chosen(), QStringLiteral("2"));
    ModelPackage other = package;
    other.fingerprint = QStringLiteral("def");
    EXPECT_TRUE(choice.remembered(other, 1).isEmpty());
    EXPECT_TRUE(choice.remembered(package, 2).isEmpty());
    other = package;
    other.int8 = Int8Scales{};
    EXPECT_TRUE(choice.remembered(other, 1).isEmpty());
}

TEST_F(BackendChoiceTest, WhatIsWrittenInTheFileNeedNotMakeSense)
{
    g_there[0] = false;
    ASSERT_EQ(chosen(), QStringLiteral("2"));
    for (const QByteArray& text :
         {QByteArray("{"), QByteArray("[1,2]"), QByteArray(2 << 20, 'x'), QByteArray()}) {
        QFile out(file);
        ASSERT_TRUE(out.open(QIODevice::WriteOnly));
        out.write(text);
        out.close();
        EXPECT_EQ(chosen(), QStringLiteral("2"));
        EXPECT_EQ(choice.remembered(package, 1)[u"engine"].toString(), QStringLiteral("two"));
    }
    EXPECT_EQ(BackendChoice(QStringLiteral("/proc/no/engines.json"), kThree).make(package, 1).value()->name(),
              QStringLiteral("2"));
}
