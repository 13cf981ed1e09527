#include "core/inference/ModelExport.h"

#include "core/base/JobRunner.h"
#include "core/inference/GoldenReplay.h"
#include "core/inference/ModelCheck.h"
#include "core/inference/ModelExportJob.h"
#include "core/inference/OnnxFile.h"
#include "core/inference/TorchLibrary.h"
#include "core/model/ModelLibrary.h"
#include "core/model/ResNet18Weights.h"
#include "core/model/Safetensors.h"
#include "core/model/StateDictReader.h"
#include "tests/core/inference/FormulaModel.h"
#include "tests/support/Pipes.h"
#include "tests/support/SmallDisk.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace goodsight;
using namespace goodsight::testsupport;

namespace {

class ModelExport : public ::testing::Test {
protected:
    /// One model for all tests: it takes seconds to make.
    static void SetUpTestSuite()
    {
        s_dir = std::make_unique<QTemporaryDir>();
        s_package = formulaModel();
        s_package.temperature = 0.75;
        const auto golden = referenceGolden(s_package);
        ASSERT_TRUE(golden) << qPrintable(golden.error().message);
        s_package.golden = *golden;
        ASSERT_TRUE(s_package.save(s_dir->filePath(kModel), false));
    }
    static void TearDownTestSuite() { s_dir.reset(); }
    Result<ExportedModel> exportTo(const QString& file, ExportFormat format,
                                   const std::function<void(qint64)>& onStep = {})
    {
        Result<ExportedModel> exported;
        m_stop = false;
        ModelExportJob job({m_model, format, file}, [&](const auto& result) { exported = result; });
        const auto done = runInline(
            job,
            [&](qint64 step, qint64 total, const QString& what) {
                EXPECT_LT(step, total);
                EXPECT_FALSE(what.isEmpty());
                if (onStep)
                    onStep(step);
            },
            &m_stop);
        EXPECT_EQ(done.has_value(), exported.has_value());
        return exported;
    }
    static QString code(const Result<ExportedModel>& exported)
    {
        return exported ? QString() : exported.error().code;
    }
    [[nodiscard]] QStringList filesIn(const QString& folder) const
    {
        return QDir(folder).entryList(QDir::Files | QDir::Hidden);
    }
    QString write(const QString& file, const QByteArray& bytes)
    {
        QFile out(file);
        EXPECT_TRUE(out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size());
        return file;
    }
    static QByteArray read(const QString& file)
    {
        QFile in(file);
        EXPECT_TRUE(in.open(QIODevice::ReadOnly)) << qPrintable(file);
        return in.readAll();
    }

    static inline std::unique_ptr<QTemporaryDir> s_dir;
    static inline ModelPackage s_package;
    static inline const QString kModel = QStringLiteral("formula.safetensors");

    QTemporaryDir m_out;
    QString m_model = s_dir->filePath(kModel);
    const QString m_folder = m_out.filePath(QStringLiteral("带走 的模型"));
    const ModelPackage& m_package = s_package;
    std::atomic_bool m_stop = false;
};

} // namespace

TEST_F(ModelExport, EveryFormatIsWrittenWithWhatAnotherProgramNeeds)
{
    ASSERT_TRUE(QDir().mkpath(m_folder));
    for (const ExportFormatInfo& info : kExportFormats) {
        const QString file = m_folder + QStringLiteral("/模型 1.") + info.suffix;
        const auto exported = exportTo(file, info.format);
        ASSERT_TRUE(exported) << info.name.data() << qPrintable(exported.error().message);
        EXPECT_EQ(exported->file, file);
        EXPECT_EQ(exported->bytes, QFileInfo(file).size());
        EXPECT_LE(exported->difference, 1e-4);
        const QJsonObject json = QJsonDocument::fromJson(read(exported->sidecar)).object();
        EXPECT_EQ(exported->sidecar, file + QStringLiteral(".json"));
        const QJsonArray classes = json[QStringLiteral("classes")].toArray();
        ASSERT_EQ(classes.size(), m_package.classes.size());
        EXPECT_EQ(classes[3].toObject()[QStringLiteral("zh")].toString(), QStringLiteral("商品3"));
        EXPECT_EQ(json[QStringLiteral("preprocessing")].toObject()[QStringLiteral("crop")].toInt(), 224);
        EXPECT_EQ(json[QStringLiteral("temperature")].toDouble(), 0.75);
        EXPECT_EQ(json[QStringLiteral("licence")].toString(), QStringLiteral("CC0-1.0"));
        const QJsonObject about = json[QStringLiteral("file")].toObject();
        EXPECT_EQ(about[QStringLiteral("format")].toString(), QString(info.name));
        EXPECT_EQ(
            about[QStringLiteral("sha256")].toString(),
            QString::fromLatin1(QCryptographicHash::hash(read(file), QCryptographicHash::Sha256).toHex()));
    }
    EXPECT_EQ(filesIn(m_folder).size(), 8) << "a temporary file stayed";

    // Weights in torchvision's forms are the model's own, bit for bit.
    const auto pth = StateDictFile::open(m_folder + QStringLiteral("/模型 1.pth"));
    const auto safetensors = SafetensorsFile::open(m_folder + QStringLiteral("/模型 1.safetensors"));
    ASSERT_TRUE(pth && safetensors);
    for (TensorSource* source :
         {static_cast<TensorSource*>(pth->get()), static_cast<TensorSource*>(safetensors->get())}) {
        EXPECT_EQ(resnet18::layoutOf(*source)->form, resnet18::Form::StateDict);
        const auto weights = resnet18::foldedWeights(*source);
        ASSERT_TRUE(weights);
        for (const auto& [name, tensor] : m_package.weights)
            EXPECT_EQ(weights->at(name).values, tensor.values) << name;
    }

    const auto onnx = OnnxFile::read(read(m_folder + QStringLiteral("/模型 1.onnx")), QStringLiteral("x"));
    ASSERT_TRUE(onnx);
    EXPECT_TRUE(onnx->metadata.value("classes").contains("\"商品3\""));
    EXPECT_TRUE(onnx->metadata.value("preprocessing").contains("\"crop\":224"));
    EXPECT_EQ(onnx->metadata.value("temperature"), "0.75");
    EXPECT_EQ(onnx->metadata.value("licence"), "CC0-1.0");
}

TEST_F(ModelExport, ATorchScriptFileLoadsAndAnswersInBatches)
{
    const auto torch = torchlibrary::load();
    ASSERT_TRUE(torch);
    const auto script = (*torch)->makeTorchScript(m_package, QByteArrayLiteral("{}"));
    ASSERT_TRUE(script) << qPrintable(script.error().message);
    const auto backend = (*torch)->loadTorchScript(*script);
    ASSERT_TRUE(backend) << qPrintable(backend.error().message);
    const auto difference = replayGolden(**backend, m_package);
    ASSERT_TRUE(difference);
    EXPECT_LE(*difference, 1e-4);
    std::vector<float> two = goldenInput(1, m_package.preprocessing);
    const std::vector<float> second = goldenInput(2, m_package.preprocessing);
    two.insert(two.end(), second.begin(), second.end());
    const auto output = (*backend)->run(two, 2);
    ASSERT_TRUE(output);
    EXPECT_EQ(output->batch, 2);
    EXPECT_EQ(output->embeddingSize, 512);
    EXPECT_NEAR(output->logits[static_cast<std::size_t>(output->classes)], m_package.golden.logits[1][0],
                1e-3F);
    EXPECT_EQ((*backend)->run(second, 2).error().code, QStringLiteral("bad-input"));
    for (const QByteArray& broken : {QByteArray(), QByteArray("no zip"), script->left(script->size() / 2)})
        EXPECT_FALSE((*torch)->loadTorchScript(broken));
}

TEST_F(ModelExport, PlacesWhereNothingCanBeWrittenAreNamed)
{
    ASSERT_TRUE(QDir().mkpath(m_folder));
    EXPECT_EQ(code(exportTo(m_folder, ExportFormat::Onnx)), QStringLiteral("is-a-folder"));
    EXPECT_EQ(code(exportTo(m_folder + u'/', ExportFormat::Onnx)), QStringLiteral("is-a-folder"));
    const auto nowhere = exportTo(m_folder + QStringLiteral("/没有/x.pth"), ExportFormat::Pth);
    EXPECT_EQ(code(nowhere), QStringLiteral("unwritable"));
    EXPECT_TRUE(nowhere.error().message.contains(QStringLiteral("x.pth")));
    ASSERT_TRUE(QDir(m_folder).mkpath(QStringLiteral("y.pth.json")));
    EXPECT_EQ(code(exportTo(m_folder + QStringLiteral("/y.pth"), ExportFormat::Pth)),
              QStringLiteral("is-a-folder"));
    const QByteArray before = read(m_model);
    EXPECT_EQ(code(exportTo(m_model, ExportFormat::Safetensors)), QStringLiteral("same-file"));
    EXPECT_EQ(read(m_model), before);
    EXPECT_TRUE(filesIn(m_folder).isEmpty());
}

TEST_F(ModelExport, NeitherAnInstalledModelNorAPipeIsWrittenOver)
{
    ASSERT_TRUE(QDir().mkpath(m_folder));
    const QTemporaryDir home;
    const QByteArray before = qgetenv("GOODSIGHT_HOME");
    qputenv("GOODSIGHT_HOME", home.path().toUtf8());
    ModelPackage other = m_package;
    other.name = QStringLiteral("other");
    const auto installed = ModelLibrary().install(other, true);
    if (installed) {
        const QByteArray bytes = read(installed->path);
        EXPECT_EQ(code(exportTo(installed->path, ExportFormat::Safetensors)), QStringLiteral("same-file"));
        EXPECT_EQ(read(installed->path), bytes);
    }
    if (before.isNull())
        qunsetenv("GOODSIGHT_HOME");
    else
        qputenv("GOODSIGHT_HOME", before);
    ASSERT_TRUE(installed) << qPrintable(installed.error().message);
    const QString pipe = m_folder + QStringLiteral("/pipe.onnx");
    if (!makePipe(pipe))
        GTEST_SKIP() << kNoPipes;
    EXPECT_EQ(code(exportTo(pipe, ExportFormat::Onnx)), QStringLiteral("not-a-file"));
    EXPECT_TRUE(QFileInfo::exists(pipe) && !QFileInfo(pipe).isFile());
}

TEST_F(ModelExport, AFullDiskLeavesNothingAndTheOlderFile)
{
    const SmallDisk disk(20'000);
    if (!disk.isMounted())
        GTEST_SKIP() << "skipped: no small file system could be mounted here";
    const QString file = write(disk.path() + QStringLiteral("/模型.onnx"), "older");
    for (const ExportFormatInfo& info : kExportFormats) {
        const auto full = exportTo(file, info.format);
        EXPECT_EQ(code(full), QStringLiteral("disk-full")) << info.name.data();
        EXPECT_TRUE(full.error().message.contains(QStringLiteral("模型.onnx")));
    }
    EXPECT_EQ(filesIn(disk.path()), QStringList{QStringLiteral("模型.onnx")});
    EXPECT_EQ(read(file), "older");
}

TEST_F(ModelExport, AStopAtAnyStepLeavesTheOlderFile)
{
    ASSERT_TRUE(QDir().mkpath(m_folder));
    const QString file = write(m_folder + QStringLiteral("/a.onnx"), "older");
    for (const qint64 step : {0, 1, 2}) {
        const auto stopped =
            exportTo(file, ExportFormat::Onnx, [&](qint64 at) { m_stop = m_stop || at == step; });
        EXPECT_EQ(code(stopped), QStringLiteral("cancelled"));
        EXPECT_EQ(filesIn(m_folder), QStringList{QStringLiteral("a.onnx")});
        EXPECT_EQ(read(file), "older");
    }
    ASSERT_TRUE(exportTo(file, ExportFormat::Safetensors)); // over the older one
    EXPECT_GT(QFileInfo(file).size(), 40'000'000);
}

TEST_F(ModelExport, AFileThatDoesNotGiveTheAnswersIsNotKept)
{
    ASSERT_TRUE(QDir().mkpath(m_folder));
    for (const ExportFormat format : {ExportFormat::Onnx, ExportFormat::TorchScript}) {
        // Spoilt between writing and checking, as by a bad disk: one number of fc.bias.
        const auto exported = exportTo(m_folder + QStringLiteral("/a"), format, [&](qint64 step) {
            if (step != 2)
                return;
            const QString part =
                m_folder + u'/' +
                QDir(m_folder).entryList({QStringLiteral("*.part")}, QDir::Files | QDir::Hidden).value(0);
            QByteArray bytes = read(part);
            const float bias = m_package.weights.at("fc.bias").values[7];
            const qsizetype at = bytes.lastIndexOf(QByteArrayView(reinterpret_cast<const char*>(&bias), 4));
            ASSERT_GT(at, 0);
            const float other = bias + 1;
            std::copy_n(reinterpret_cast<const char*>(&other), 4, bytes.data() + at);
            write(part, bytes);
        });
        EXPECT_EQ(code(exported), QStringLiteral("export-mismatch"))
            << qPrintable(exportFormatInfo(format).name);
        EXPECT_TRUE(filesIn(m_folder).isEmpty());
    }
}

TEST_F(ModelExport, ADamagedModelIsNotCarriedAway)
{
    ASSERT_TRUE(QDir().mkpath(m_folder));
    ModelPackage liar = m_package;
    liar.golden.logits[0][0] += 1;
    m_model = m_out.filePath(QStringLiteral("liar.safetensors"));
    ASSERT_TRUE(liar.save(m_model, false));
    const auto exported = exportTo(m_folder + QStringLiteral("/a.pth"), ExportFormat::Pth);
    EXPECT_EQ(code(exported), QStringLiteral("backend-mismatch"));
    write(m_model, "no model");
    EXPECT_FALSE(exportTo(m_folder + QStringLiteral("/a.pth"), ExportFormat::Pth));
    EXPECT_TRUE(filesIn(m_folder).isEmpty());
}

TEST(ExportFormats, AreFoundByName)
{
    for (const ExportFormatInfo& info : kExportFormats)
        EXPECT_EQ(*exportFormatFromName(info.name), info.format);
    const auto other = exportFormatFromName(QStringLiteral("tflite"));
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code, QStringLiteral("unknown-format"));
    EXPECT_TRUE(other.error().hint.contains(QStringLiteral("torchscript")));
}
