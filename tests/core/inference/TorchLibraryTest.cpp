#include "core/inference/TorchLibrary.h"
#include "core/base/Cpu.h"
#include "core/inference/Backend.h"
#include "core/inference/BackendChoice.h"
#include "core/model/ModelPackage.h"
#include "tests/core/inference/FormulaModel.h"
#include "tests/support/TestSupport.h"

#include <QCoreApplication>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace goodsight;

namespace {

/// Sets the variable that names the library, for as long as it lives.
class ChosenLibrary {
public:
    explicit ChosenLibrary(const QString& path) { qputenv("GOODSIGHT_TORCH_LIBRARY", path.toLocal8Bit()); }
    ~ChosenLibrary() { qunsetenv("GOODSIGHT_TORCH_LIBRARY"); }
    ChosenLibrary(const ChosenLibrary&) = delete;
    ChosenLibrary& operator=(const ChosenLibrary&) = delete;
};

} // namespace

// This program never loads the real library first: a loaded one would be kept.
TEST(TorchLibrary, AMissingOneIsASentenceThatNamesIt)
{
    const QTemporaryDir folder;
    const ChosenLibrary chosen(folder.filePath(QStringLiteral("libnowhere.so")));
    const auto backend = createBackend(BackendKind::Torch, testsupport::formulaModel(), 1);
    ASSERT_FALSE(backend);
    EXPECT_EQ(backend.error().code, QStringLiteral("backend-unavailable"));
    EXPECT_TRUE(backend.error().message.contains(folder.path())) << qPrintable(backend.error().message);
    EXPECT_FALSE(backend.error().hint.isEmpty());
}

TEST(TorchLibrary, AFileThatIsNoLibraryIsRefused)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("libbroken.so"));
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("this is no library");
    file.close();
    const ChosenLibrary chosen(path);
    const auto torch = torchlibrary::load();
    ASSERT_FALSE(torch);
    EXPECT_EQ(torch.error().code, QStringLiteral("backend-unavailable"));
}

// What the choice of a first start costs: the whole window is to stay below 300 MB.
TEST(TorchLibrary, AFirstStartWithTheShippedModelDoesNotLoadIt)
{
    if (!cpu::hasAvx2())
        GTEST_SKIP() << "without AVX2 the reference may be the fastest";
    const QTemporaryDir folder;
    const auto package = ModelPackage::load(testsupport::sourceDir() +
                                            QStringLiteral("/resources/models/groceries.safetensors"));
    ASSERT_TRUE(package) << qPrintable(package.error().message);
    const BackendChoice choice(folder.filePath(QStringLiteral("engines.json")));
    const auto backend = choice.make(*package, 1);
    ASSERT_TRUE(backend) << qPrintable(backend.error().message);
    EXPECT_TRUE((*backend)->name().startsWith(u"onednn"));
    EXPECT_FALSE(choice.remembered(*package, 1)
                     .value(QLatin1String("ms"))
                     .toObject()
                     .contains(QLatin1String("torch")));
    QFile maps(QStringLiteral("/proc/self/maps"));
    if (!maps.open(QIODevice::ReadOnly))
        GTEST_SKIP() << "this system does not tell what is loaded";
    const QByteArray loaded = maps.readAll();
    ASSERT_TRUE(loaded.contains("dnnl"));
    EXPECT_FALSE(loaded.contains("torch_cpu"));
    EXPECT_FALSE(loaded.contains("goodsight_torch"));
}

TEST(TorchLibrary, IsLookedForBesideTheProgramAndInLib)
{
    const QStringList files = torchlibrary::candidates();
    ASSERT_EQ(files.size(), 3);
    EXPECT_TRUE(files[0].startsWith(QCoreApplication::applicationDirPath()));
    EXPECT_TRUE(files[1].contains(QStringLiteral("/lib/")));
    EXPECT_FALSE(files[1].contains(QStringLiteral("..")));
}

TEST(TorchLibrary, ItsThreadsSleepWhileTheyWait)
{
    EXPECT_TRUE(qEnvironmentVariableIsSet("OMP_WAIT_POLICY") || qEnvironmentVariableIsSet("GOMP_SPINCOUNT"));
}
