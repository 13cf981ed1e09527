#include "core/base/JobRunner.h"
#include "core/model/InstallModelJob.h"
#include "core/model/ResNet18Weights.h"
#include "core/model/Safetensors.h"
#include "core/model/StateDictReader.h"
#include "tests/support/Pipes.h"
#include "tests/support/TestHttpServer.h"
#include "tests/support/TestModels.h"
#include "tests/support/TestSupport.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace goodsight;

namespace {

/// Models made once for all cases, each when it is first wanted.
QString made(const QString& name, const std::function<void(const QString&)>& make)
{
    static const QTemporaryDir folder;
    const QString path = folder.filePath(name);
    if (!QFile::exists(path))
        make(path);
    return path;
}

QString shippedModel()
{
    return made(QStringLiteral("groceries.safetensors"),
                [](const QString& path) { testsupport::writeRandomModel(path, 3); });
}

/// A whole package, as somebody brings it on a stick.
QString fruitPackage()
{
    return made(QStringLiteral("fruit 水果.safetensors"), [](const QString& path) {
        ModelPackage fruit = testsupport::randomModel(4, 2, QStringLiteral("fruit"));
        fruit.golden.seeds = {1};
        fruit.golden.logits = {{1, 2, 3, 4}};
        EXPECT_TRUE(fruit.save(path, true));
    });
}

/// Weights of four classes without a manifest, in float32.
QString plainWeights()
{
    return made(QStringLiteral("weights.safetensors"), [](const QString& path) {
        EXPECT_TRUE(writeSafetensors(path, {}, testsupport::randomModel(4, 3).weights, false));
    });
}

/// Weights of a thousand classes without a manifest, in half precision.
QString thousandWeights()
{
    return made(QStringLiteral("thousand.safetensors"), [](const QString& path) {
        EXPECT_TRUE(writeSafetensors(path, {}, testsupport::randomModel(1000, 4).weights, true));
    });
}

/// A golden maker that needs no network engine.
Result<GoldenOutputs> fakeGolden(const ModelPackage& package)
{
    GoldenOutputs golden;
    golden.seeds = {7};
    golden.logits = {std::vector<float>(static_cast<std::size_t>(package.classes.size()), 0.5F)};
    return golden;
}

class Library : public ::testing::Test {
protected:
    Library()
        : folder(m_dir.filePath(QStringLiteral("用户/models")))
        , library(folder, {shippedModel()})
    {
        QFile labels(m_dir.filePath(QStringLiteral("labels.txt")));
        EXPECT_TRUE(labels.open(QIODevice::WriteOnly));
        labels.write("苹果\n梨\nBanana\nMilk\n");
    }
    Result<InstalledModel> import(const ImportRequest& request, int stopAtStep = -1)
    {
        Result<InstalledModel> model;
        std::atomic_bool stop = false;
        ImportModelJob job(library, request, [&](const auto& imported) { model = imported; });
        runInline(
            job, [&](qint64 step, qint64, const QString&) { stop = stop || step == stopAtStep; }, &stop);
        return model;
    }
    QString codeOf(const ImportRequest& request)
    {
        const auto model = import(request);
        return model ? QString() : model.error().code;
    }
    void put(const QString& name, const QByteArray& bytes)
    {
        QDir().mkpath(folder);
        QFile file(folder + u'/' + name);
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    [[nodiscard]] QString labels() const { return m_dir.filePath(QStringLiteral("labels.txt")); }
    [[nodiscard]] QStringList names() const
    {
        QStringList all;
        for (const InstalledModel& model : library.list())
            all.append(model.name);
        return all;
    }

    QTemporaryDir m_dir;
    QString folder;
    ModelLibrary library;
};

} // namespace

TEST_F(Library, ShowsTheShippedModelAtFirst)
{
    const QList<InstalledModel> models = library.list();
    ASSERT_EQ(models.size(), 1);
    EXPECT_EQ(models[0].name, QStringLiteral("groceries"));
    EXPECT_TRUE(models[0].shipped);
    EXPECT_EQ(models[0].classes, 3);
    EXPECT_EQ(models[0].titleZh, QStringLiteral("随机模型"));
    EXPECT_EQ(models[0].fingerprint.size(), 64);
    EXPECT_FALSE(models[0].error);
}

TEST_F(Library, APackageIsImportedAsItIs)
{
    const auto model =
        import({.file = fruitPackage(),
                .golden = [](const ModelPackage&) -> Result<GoldenOutputs> { return fail("unwanted", {}); }});
    ASSERT_TRUE(model) << qPrintable(model.error().message);
    EXPECT_EQ(model->name, QStringLiteral("fruit"));
    EXPECT_EQ(model->path, library.pathFor(QStringLiteral("fruit")));
    const auto original = ModelPackage::load(fruitPackage());
    const auto copy = ModelPackage::load(model->path);
    ASSERT_TRUE(copy);
    EXPECT_EQ(copy->fingerprint, original->fingerprint);
    EXPECT_EQ(copy->manifest, original->manifest);
    EXPECT_EQ(names(), (QStringList{QStringLiteral("groceries"), QStringLiteral("fruit")}));
    // The same again gets a name of its own; a name that is asked for must be free.
    EXPECT_EQ(import({.file = fruitPackage()})->name, QStringLiteral("fruit-2"));
    EXPECT_EQ(codeOf({.file = fruitPackage(), .name = QStringLiteral("FRUIT")}),
              QStringLiteral("name-taken"));
    EXPECT_EQ(codeOf({.file = fruitPackage(), .name = QStringLiteral("groceries")}),
              QStringLiteral("name-taken"));
    EXPECT_EQ(codeOf({.file = fruitPackage(), .labelsFile = labels()}), QStringLiteral("labels-not-needed"));
    const auto renamed = import({.file = fruitPackage(), .name = QStringLiteral("水果")});
    ASSERT_TRUE(renamed);
    EXPECT_EQ(ModelPackage::load(renamed->path)->name, QStringLiteral("水果"));
    EXPECT_EQ(ModelPackage::load(renamed->path)->fingerprint, original->fingerprint);
}

TEST_F(Library, PlainWeightsNeedLabels)
{
    EXPECT_EQ(codeOf({.file = plainWeights()}), QStringLiteral("labels-needed"));
    const auto model = import({.file = plainWeights(), .labelsFile = labels(), .golden = fakeGolden});
    ASSERT_TRUE(model) << qPrintable(model.error().message);
    EXPECT_EQ(model->name, QStringLiteral("weights"));
    const auto package = ModelPackage::load(model->path);
    ASSERT_TRUE(package);
    EXPECT_EQ(package->classes[0].zh, QStringLiteral("苹果"));
    EXPECT_EQ(package->classes[2].en, QStringLiteral("Banana"));
    EXPECT_EQ(package->golden.seeds, (std::vector<quint32>{7}));
    EXPECT_EQ(package->preprocessing, PreprocessSpec());
    EXPECT_EQ(package->weights.at("conv1.weight").values,
              testsupport::randomModel(4, 3).weights.at("conv1.weight").values)
        << "float32 weights lost bits";
}

TEST_F(Library, AThousandClassesAreImageNets)
{
    const auto model =
        import({.file = thousandWeights(), .name = QStringLiteral("imagenet"), .golden = fakeGolden});
    ASSERT_TRUE(model) << qPrintable(model.error().message);
    EXPECT_EQ(model->classes, 1000);
    EXPECT_EQ(ModelPackage::loadManifest(model->path)->classes[948].en, QStringLiteral("Granny Smith"));
    EXPECT_LT(model->bytes, 24'000'000) << "half precision weights grew";
}

TEST_F(Library, AFailedGoldenMakerInstallsNothing)
{
    EXPECT_EQ(codeOf({.file = plainWeights(),
                      .labelsFile = labels(),
                      .golden = [](const ModelPackage&) -> Result<GoldenOutputs> {
                          return fail("backend-unavailable", {});
                      }}),
              QStringLiteral("backend-unavailable"));
    EXPECT_EQ(names(), QStringList{QStringLiteral("groceries")});
}

TEST_F(Library, CancelInstallsNothing)
{
    for (const int step : {0, 1, 2, 3}) {
        const auto model =
            import({.file = plainWeights(), .labelsFile = labels(), .golden = fakeGolden}, step);
        ASSERT_FALSE(model) << step;
        EXPECT_EQ(model.error().code, QStringLiteral("cancelled")) << step;
        EXPECT_EQ(names(), QStringList{QStringLiteral("groceries")}) << step;
    }
}

TEST_F(Library, OtherFilesAreRefusedAndInstallNothing)
{
    const auto fixture = [](const char* name) {
        return testsupport::sourceDir() + QStringLiteral("/tests/core/model/data/") + QString::fromUtf8(name);
    };
    EXPECT_EQ(codeOf({.file = fixture("os-system.pth")}), QStringLiteral("refused-code"));
    EXPECT_EQ(codeOf({.file = fixture("ramps.pth")}), QStringLiteral("wrong-architecture"));
    EXPECT_EQ(codeOf({.file = fixture("legacy.pth")}), QStringLiteral("legacy-format"));
    EXPECT_EQ(codeOf({.file = fixture("no.pth")}), QStringLiteral("not-found"));
    EXPECT_EQ(codeOf({.file = fixture("../ModelLibraryTest.cpp")}), QStringLiteral("bad-model"));
    EXPECT_EQ(codeOf({.file = m_dir.path()}), QStringLiteral("unreadable"));
    const QString empty = m_dir.filePath(QStringLiteral("empty.pth"));
    QFile file(empty);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    EXPECT_EQ(codeOf({.file = empty}), QStringLiteral("truncated"));
    EXPECT_FALSE(QDir(folder).exists() && !QDir(folder).isEmpty());
}

TEST_F(Library, DamagedFilesAreShownWithTheirError)
{
    put(QStringLiteral("broken.safetensors"), "this is no model at all");
    put(QStringLiteral("notes.txt"), "ignored");
    ASSERT_EQ(names(), (QStringList{QStringLiteral("groceries"), QStringLiteral("broken")}));
    ASSERT_TRUE(library.list()[1].error);
    EXPECT_EQ(library.list()[1].error->code, QStringLiteral("bad-model"));
    EXPECT_EQ(library.find(QStringLiteral("broken")).error().code, QStringLiteral("bad-model"));
    EXPECT_TRUE(library.remove(QStringLiteral("broken")));
    EXPECT_EQ(names(), QStringList{QStringLiteral("groceries")});
}

TEST_F(Library, FindsByNameAndByFile)
{
    EXPECT_EQ(library.find(QStringLiteral("groceries"))->path, shippedModel());
    EXPECT_EQ(library.find(fruitPackage())->path, fruitPackage());
    EXPECT_EQ(library.find(QStringLiteral("nothing")).error().code, QStringLiteral("no-such-model"));
    EXPECT_EQ(library.find(QString()).error().code, QStringLiteral("no-such-model"));
    EXPECT_EQ(library.find(QStringLiteral("../groceries")).error().code, QStringLiteral("no-such-model"));
}

TEST_F(Library, TheShippedModelCannotBeRemoved)
{
    EXPECT_EQ(library.remove(QStringLiteral("groceries")).error().code, QStringLiteral("shipped-model"));
    EXPECT_EQ(library.remove(QStringLiteral("nothing")).error().code, QStringLiteral("no-such-model"));
    put(QStringLiteral("x.safetensors"), "x");
    EXPECT_EQ(library.remove(QStringLiteral("../models/x")).error().code, QStringLiteral("no-such-model"));
    EXPECT_TRUE(QFile::exists(folder + QStringLiteral("/x.safetensors")));
}

TEST_F(Library, NamesAreSafeOnEverySystem)
{
    for (const char* name : {"a", "水果-2", "my_model.v1", "ResNet18"})
        EXPECT_TRUE(library.checkNewName(QString::fromUtf8(name))) << name;
    for (const char* name : {"", "a/b", "a\\b", "..", ".hidden", "a:b", "a b", "a\nb", "con", "CON.x", "com1",
                             "a.", "-x", "a*", "\"a\"", "groceries", "Groceries"})
        EXPECT_FALSE(library.checkNewName(QString::fromUtf8(name))) << name;
    EXPECT_FALSE(library.checkNewName(QString(61, u'a')));
    EXPECT_EQ(library.freeName(QStringLiteral("../my model (1)")), QStringLiteral("my-model--1"));
    EXPECT_EQ(library.freeName(QStringLiteral("groceries")), QStringLiteral("groceries-2"));
    EXPECT_EQ(library.freeName(QStringLiteral("nul")), QStringLiteral("model"));
    EXPECT_EQ(library.freeName(QStringLiteral("///")), QStringLiteral("model"));
    EXPECT_TRUE(library.checkNewName(library.freeName(QString(500, u'x'))));
}

namespace {

/// The same cases on the inline worker and on a real thread.
class Install : public Library, public ::testing::WithParamInterface<bool> {
protected:
    Install()
        : server(bytesOf(thousandWeights()))
    {
        const QByteArray hash =
            QCryptographicHash::hash(bytesOf(thousandWeights()), QCryptographicHash::Sha256).toHex();
        request.download.url =
            server.url(QStringLiteral("resnet18-%1.pth").arg(QString::fromLatin1(hash.left(8))));
        request.download.folder = m_dir.filePath(QStringLiteral("downloads"));
        request.name = QStringLiteral("imagenet");
        request.titleZh = QStringLiteral("ImageNet 1000 类");
        request.licence = QStringLiteral("BSD-3-Clause (torchvision)");
        request.golden = fakeGolden;
    }
    static QByteArray bytesOf(const QString& path)
    {
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::ReadOnly));
        return file.readAll();
    }
    /// Runs the job to its end; a stop is requested at the first progress of `stopAfter` bytes.
    Result<InstalledModel> install(qint64 stopAfter = -1)
    {
        std::optional<Result<InstalledModel>> model;
        auto job = std::make_unique<InstallModelJob>(library, request, [&](const auto& m) { model = m; });
        if (GetParam()) {
            JobRunner runner;
            QObject::connect(&runner, &JobRunner::progressed, &runner, [&](const QString&, qint64 done) {
                if (stopAfter >= 0 && done >= stopAfter)
                    runner.cancelAll();
            });
            runner.start(std::move(job));
            EXPECT_TRUE(testsupport::waitFor([&] { return model.has_value(); }, 60'000));
        } else {
            std::atomic_bool stop = false;
            runInline(
                *job,
                [&](qint64 done, qint64, const QString&) {
                    stop = stop || (stopAfter >= 0 && done >= stopAfter);
                },
                &stop);
        }
        return model.value_or(fail("never-finished", {}));
    }
    testsupport::TestHttpServer server;
    InstallRequest request;
};

} // namespace

TEST_P(Install, DownloadsChecksConvertsAndInstalls)
{
    const auto model = install();
    ASSERT_TRUE(model) << qPrintable(model.error().code + u' ' + model.error().message);
    EXPECT_EQ(model->name, QStringLiteral("imagenet"));
    const auto package = ModelPackage::load(model->path);
    ASSERT_TRUE(package);
    EXPECT_EQ(package->classes.size(), 1000);
    EXPECT_EQ(package->licence, request.licence);
    EXPECT_EQ(package->titleZh, request.titleZh);
    EXPECT_EQ(package->golden.seeds, (std::vector<quint32>{7}));
    EXPECT_EQ(package->manifest.value(QStringLiteral("parts"))
                  .toArray()
                  .first()
                  .toObject()
                  .value(QStringLiteral("source")),
              request.download.url.toString());
    EXPECT_TRUE(QDir(request.download.folder).isEmpty()) << "the download was left behind";
    // Once installed, nothing is fetched again.
    EXPECT_TRUE(install());
    EXPECT_EQ(server.requests().size(), 1);
}

TEST_P(Install, AStopKeepsThePartForTheNextTime)
{
    server.setScript({{.delayMs = 5}});
    const auto stopped = install(1'000'000);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, QStringLiteral("cancelled"));
    EXPECT_FALSE(library.find(QStringLiteral("imagenet")));
    server.setScript({{}});
    ASSERT_TRUE(install());
    EXPECT_TRUE(server.requests().last().headers.value("range").startsWith("bytes="));
}

TEST_P(Install, AnotherFileUnderTheNameIsNotInstalled)
{
    server.setBody("not what the name says");
    const auto model = install();
    ASSERT_FALSE(model);
    EXPECT_EQ(model.error().code, QStringLiteral("hash-mismatch"));
    EXPECT_FALSE(library.find(QStringLiteral("imagenet")));
}

INSTANTIATE_TEST_SUITE_P(Workers, Install, ::testing::Bool(),
                         [](const auto& worker) { return worker.param ? "Thread" : "Inline"; });

TEST(ImagenetRequest, IsTorchvisionsOfficialFileUnlessToldOtherwise)
{
    const QByteArray before = qgetenv("GOODSIGHT_IMAGENET_URL");
    qunsetenv("GOODSIGHT_IMAGENET_URL");
    EXPECT_EQ(InstallRequest::imagenet().download.url.toString(),
              QStringLiteral("https://download.pytorch.org/models/resnet18-f37072fd.pth"));
    EXPECT_TRUE(InstallRequest::imagenet().download.sha256.startsWith("f37072fd"));
    EXPECT_EQ(InstallRequest::imagenet().download.sha256.size(), 64);
    qputenv("GOODSIGHT_IMAGENET_URL", "https://mirror.example/resnet18-01234567.pth");
    EXPECT_EQ(InstallRequest::imagenet().download.url.host(), QStringLiteral("mirror.example"));
    EXPECT_TRUE(InstallRequest::imagenet().download.sha256.isEmpty());
    qputenv("GOODSIGHT_IMAGENET_URL", before);
}

TEST_F(Library, TheReconstructedResNet18IsImported)
{
    const QString path = testsupport::shared(QStringLiteral("models/resnet18-reconstructed.pth"));
    if (path.isEmpty())
        GTEST_SKIP() << testsupport::kNoShared;
    const auto model = import({.file = path, .golden = fakeGolden});
    ASSERT_TRUE(model) << qPrintable(model.error().message);
    EXPECT_EQ(model->name, QStringLiteral("resnet18-reconstructed"));
    EXPECT_EQ(model->classes, 1000);
    EXPECT_TRUE(ModelPackage::load(model->path));
}

TEST_F(Library, APipeKeepsNobodyWaiting)
{
    put(QStringLiteral("known.safetensors"), "x");
    const QString pipe = folder + QStringLiteral("/pipe.safetensors");
    if (!testsupport::makePipe(pipe))
        GTEST_SKIP() << testsupport::kNoPipes;
    ASSERT_TRUE(QFile::link(pipe, folder + QStringLiteral("/link.safetensors")));
    EXPECT_FALSE(names().contains(QStringLiteral("pipe")));
    EXPECT_TRUE(names().contains(QStringLiteral("known")));
    for (const QString& path : {pipe, QStringLiteral("/dev/zero")}) {
        EXPECT_EQ(codeOf({.file = path}), QStringLiteral("unreadable")) << qPrintable(path);
        EXPECT_EQ(StateDictFile::open(path).error().code, QStringLiteral("unreadable"));
        EXPECT_EQ(codeOf({.file = plainWeights(), .labelsFile = path}), QStringLiteral("unreadable"));
    }
}
