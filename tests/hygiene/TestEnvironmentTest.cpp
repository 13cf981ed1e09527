#include <QByteArray>

#include <gtest/gtest.h>

// Without their options the sanitizers report what libraries keep, and LibTorch stops LeakSanitizer.
TEST(TestEnvironment, AllOfItArrives)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        GTEST_SKIP() << "not started by ctest";
    EXPECT_EQ(qgetenv("LC_ALL"), "C.UTF-8");
    EXPECT_TRUE(qgetenv("LSAN_OPTIONS").contains("lsan.supp"));
}
