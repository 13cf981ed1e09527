#include "core/model/ModelPackage.h"
#include "core/model/ModelManifest.h"
#include "core/model/Safetensors.h"
#include "tests/support/TestModels.h"
#include "tests/support/TestSupport.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

using namespace goodsight;

namespace {

constexpr int kClasses = 5;

/// One random model for all cases, since it costs a moment to make.
const ModelPackage& sample()
{
    static const ModelPackage package = [] {
        ModelPackage p = testsupport::randomModel(kClasses, 7);
        p.temperature = 1.25;
        p.golden.seeds = {1, 2};
        p.golden.logits = {{1, 2, 3, 4, 5}, {5, 4, 3, 2, 1}};
        p.golden.embeddingHead = {{0, 1, 2, 3, 4, 5, 6, 7}, {7, 6, 5, 4, 3, 2, 1, 0}};
        p.manifest.insert(QStringLiteral("parts"), QJsonArray{QStringLiteral("free")});
        return p;
    }();
    return package;
}

class ModelPackageFile : public ::testing::Test {
protected:
    void SetUp() override
    {
        path = m_dir.filePath(QStringLiteral("模型.safetensors"));
        const auto saved = sample().save(path, true);
        ASSERT_TRUE(saved) << qPrintable(saved.error().message);
    }
    /// Rewrites the file's metadata by hand, as an attacker or another version would.
    void rewrite(const std::function<void(QJsonObject&)>& change)
    {
        auto file = SafetensorsFile::open(path);
        ASSERT_TRUE(file);
        QJsonObject manifest =
            QJsonDocument::fromJson((*file)->metadata().value(ModelPackage::kManifestKey).toUtf8()).object();
        change(manifest);
        ASSERT_TRUE(writeSafetensors(
            path, {{ModelPackage::kManifestKey, QString::fromUtf8(QJsonDocument(manifest).toJson())}},
            sample().weights, true));
    }
    Error errorOf() { return errorAt(path); }
    /// The error of load(), after checking that loadManifest() has the same.
    static Error errorAt(const QString& file)
    {
        const auto loaded = ModelPackage::load(file);
        const auto manifest = ModelPackage::loadManifest(file);
        EXPECT_FALSE(loaded);
        EXPECT_FALSE(manifest);
        if (loaded || manifest)
            return {};
        EXPECT_EQ(loaded.error(), manifest.error());
        return loaded.error();
    }
    QTemporaryDir m_dir;
    QString path;
};

QJsonObject withField(QJsonObject object, const char* field, const QJsonValue& value)
{
    object.insert(QLatin1String(field), value);
    return object;
}

} // namespace

TEST_F(ModelPackageFile, ComesBackAsItWasSaved)
{
    const auto loaded = ModelPackage::load(path);
    ASSERT_TRUE(loaded) << qPrintable(loaded.error().message);
    EXPECT_EQ(loaded->name, sample().name);
    EXPECT_EQ(loaded->titleZh, sample().titleZh);
    EXPECT_EQ(loaded->titleEn, sample().titleEn);
    EXPECT_EQ(loaded->licence, sample().licence);
    EXPECT_EQ(loaded->temperature, 1.25);
    EXPECT_EQ(loaded->preprocessing, sample().preprocessing);
    ASSERT_EQ(loaded->classes.size(), kClasses);
    EXPECT_EQ(loaded->classes[4].id, QStringLiteral("product-4"));
    EXPECT_EQ(loaded->classes[4].zh, QStringLiteral("商品 4"));
    EXPECT_EQ(loaded->golden.logits, sample().golden.logits);
    EXPECT_EQ(loaded->golden.embeddingHead, sample().golden.embeddingHead);
    EXPECT_EQ(loaded->golden.seeds, sample().golden.seeds);
    EXPECT_EQ(loaded->manifest.value(QStringLiteral("parts")), QJsonValue(QJsonArray{QStringLiteral("free")}))
        << "a field that this class does not know was lost";
    ASSERT_EQ(loaded->weights.size(), 42U);
    for (const auto& [name, tensor] : sample().weights) {
        ASSERT_EQ(loaded->weights.at(name).shape, tensor.shape) << name;
        for (std::size_t i = 0; i < tensor.values.size(); i += 97)
            ASSERT_NEAR(loaded->weights.at(name).values[i], tensor.values[i], 1e-3) << name;
    }
}

TEST_F(ModelPackageFile, TheFingerprintIsTheHashOfTheStoredBytesInOrderOfNames)
{
    auto file = SafetensorsFile::open(path);
    ASSERT_TRUE(file);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const auto& [name, tensor] : sample().weights)
        hash.addData((*file)->bytes(name).value());
    const QString expected = QString::fromLatin1(hash.result().toHex());
    EXPECT_EQ(ModelPackage::load(path)->fingerprint, expected);
    EXPECT_EQ(ModelPackage::loadManifest(path)->fingerprint, expected);
    // Another manifest with the same weights: the same fingerprint.
    rewrite([](QJsonObject& manifest) { manifest.insert(QStringLiteral("name"), QStringLiteral("other")); });
    EXPECT_EQ(ModelPackage::load(path)->fingerprint, expected);
}

TEST_F(ModelPackageFile, LoadManifestLeavesTheWeights)
{
    const auto package = ModelPackage::loadManifest(path);
    ASSERT_TRUE(package);
    EXPECT_TRUE(package->weights.empty());
    EXPECT_EQ(package->classes.size(), kClasses);
}

TEST_F(ModelPackageFile, AFlippedBitInTheWeightsIsFound)
{
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::ReadWrite));
    ASSERT_TRUE(file.seek(file.size() - 12345));
    char byte = 0;
    ASSERT_TRUE(file.getChar(&byte));
    ASSERT_TRUE(file.seek(file.size() - 12345));
    ASSERT_TRUE(file.putChar(static_cast<char>(byte ^ 1)));
    file.close();
    const auto loaded = ModelPackage::load(path);
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().code, QStringLiteral("bad-model"));
}

TEST(ModelManifest, HostileOnesAreRefused)
{
    struct Case {
        const char* what;
        std::function<void(QJsonObject&)> change;
        const char* code = "bad-model";
        const char* says = ""; ///< part of the message
    };
    const auto set = [](const char* field, const QJsonValue& value) {
        return [=](QJsonObject& manifest) { manifest.insert(QLatin1String(field), value); };
    };
    const auto setIn = [](const char* group, const char* field, const QJsonValue& value) {
        return [=](QJsonObject& manifest) {
            manifest.insert(QLatin1String(group),
                            withField(manifest.value(QLatin1String(group)).toObject(), field, value));
        };
    };
    const QJsonObject apple{{QStringLiteral("id"), QStringLiteral("apple")},
                            {QStringLiteral("zh"), QStringLiteral("苹果")}};
    // The other classes are as before, so that nothing else is wrong.
    const auto withClass = [&apple](const char* field, const QJsonValue& value) {
        return [=](QJsonObject& manifest) {
            QJsonArray classes = manifest.value(QStringLiteral("classes")).toArray();
            classes[kClasses - 1] = withField(apple, field, value);
            manifest.insert(QStringLiteral("classes"), classes);
        };
    };
    const std::vector<Case> cases{
        {"no classes", [](QJsonObject& m) { m.remove(QStringLiteral("classes")); }},
        {"empty classes", set("classes", QJsonArray())},
        {"two of one id", set("classes", QJsonArray{apple, apple, apple, apple, apple})},
        {"a class without a name", withClass("zh", QJsonValue()), "bad-model", "classes[4]"},
        {"a class name too long", withClass("zh", QString(1001, u'x')), "bad-model", "classes[4]"},
        {"a class id that no label can have", withClass("id", QStringLiteral("Big Apple")), "bad-model",
         "classes[4]"},
        {"a class id for a device", withClass("id", QStringLiteral("con")), "bad-model", "classes[4]"},
        {"a class id too long", withClass("id", QString(101, u'x')), "bad-model", "classes[4]"},
        {"a class without an id", withClass("id", QJsonValue()), "bad-model", "classes[4]"},
        {"classes of numbers", set("classes", QJsonArray{1, 2, 3, 4, 5})},
        {"temperature 0", set("temperature", 0)},
        {"temperature below 0", set("temperature", -1)},
        {"temperature beyond reason", set("temperature", 1e300)},
        {"temperature as text", set("temperature", QStringLiteral("1"))},
        {"no format", [](QJsonObject& m) { m.remove(QStringLiteral("format")); }},
        {"format 0", set("format", 0)},
        {"format 2", set("format", 2), "newer-version"},
        {"no name", [](QJsonObject& m) { m.remove(QStringLiteral("name")); }},
        {"another network", set("architecture", QStringLiteral("resnet50-folded")), "wrong-architecture"},
        {"no preprocessing", [](QJsonObject& m) { m.remove(QStringLiteral("preprocessing")); }},
        {"another crop", setIn("preprocessing", "crop", 299)},
        {"resize below crop", setIn("preprocessing", "resize", 100)},
        {"resize beyond reason", setIn("preprocessing", "resize", 100000)},
        {"another interpolation", setIn("preprocessing", "interpolation", QStringLiteral("bicubic"))},
        {"two means", setIn("preprocessing", "mean", QJsonArray{0.5, 0.5})},
        {"a mean of text", setIn("preprocessing", "mean", QJsonArray{0.5, 0.5, QStringLiteral("x")})},
        {"a deviation of 0", setIn("preprocessing", "std", QJsonArray{0.2, 0.0, 0.2})},
        {"another pattern", setIn("golden", "pattern", QStringLiteral("waves-2"))},
        {"golden logits too short", setIn("golden", "logits", QJsonArray{QJsonArray{1}, QJsonArray{1}})},
        {"golden seeds without logits", setIn("golden", "seeds", QJsonArray{1, 2, 3})},
        {"golden seed below 0", setIn("golden", "seeds", QJsonArray{1, -2})},
        {"golden tolerance 0", setIn("golden", "tolerance", 0)},
        {"golden tolerance that lets all pass", setIn("golden", "tolerance", 1e9)},
        {"golden embedding too short", setIn("golden", "embedding_head", QJsonArray{1, 2})},
        {"golden as text", set("golden", QStringLiteral("yes"))},
    };
    const QString path = QStringLiteral("/x/模型.safetensors");
    const auto read = [&](const QJsonObject& manifest) {
        ModelPackage package;
        return modelmanifest::read(QJsonDocument(manifest).toJson(), path, package);
    };
    const QJsonObject good = modelmanifest::write(sample());
    ASSERT_TRUE(read(good));
    QJsonObject another = good;
    withClass("zh", QStringLiteral("苹果"))(another);
    ASSERT_TRUE(read(another));
    for (const Case& c : cases) {
        QJsonObject manifest = good;
        c.change(manifest);
        const auto result = read(manifest);
        ASSERT_FALSE(result) << c.what;
        EXPECT_EQ(result.error().code, QLatin1String(c.code)) << c.what;
        EXPECT_TRUE(result.error().message.contains(QStringLiteral("模型.safetensors"))) << c.what;
        EXPECT_TRUE(result.error().message.contains(QLatin1String(c.says)))
            << c.what << ": " << qPrintable(result.error().message);
        EXPECT_FALSE(result.error().hint.isEmpty()) << c.what;
    }
    ModelPackage package;
    EXPECT_FALSE(modelmanifest::read("not JSON", path, package));
    EXPECT_FALSE(modelmanifest::read("[]", path, package));
    EXPECT_FALSE(modelmanifest::read("", path, package));
}

TEST_F(ModelPackageFile, AManifestThatContradictsTheWeightsIsRefused)
{
    rewrite([](QJsonObject& manifest) {
        QJsonArray classes = manifest.value(QStringLiteral("classes")).toArray();
        classes.removeLast();
        manifest.insert(QStringLiteral("classes"), classes);
        manifest.remove(QStringLiteral("golden"));
    });
    const Error error = errorOf();
    EXPECT_EQ(error.code, QStringLiteral("bad-model"));
    EXPECT_TRUE(error.message.contains(u'4') && error.message.contains(u'5')) << qPrintable(error.message);
    rewrite([](QJsonObject& manifest) { manifest.insert(QStringLiteral("format"), 2); });
    EXPECT_EQ(errorOf().code, QStringLiteral("newer-version"));
}

TEST_F(ModelPackageFile, WeightsThatAreNotNumbersAreRefused)
{
    auto weights = sample().weights;
    weights.at("layer3.1.conv2.weight").values[17] = NAN;
    QString manifest;
    {
        auto file = SafetensorsFile::open(path);
        ASSERT_TRUE(file);
        manifest = (*file)->metadata().value(ModelPackage::kManifestKey);
    }
    ASSERT_TRUE(writeSafetensors(path, {{ModelPackage::kManifestKey, manifest}}, weights, true));
    const auto loaded = ModelPackage::load(path);
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().code, QStringLiteral("bad-model"));
    EXPECT_TRUE(loaded.error().message.contains(QStringLiteral("layer3.1.conv2.weight")));
}

TEST_F(ModelPackageFile, WrongShapesAreNamed)
{
    const auto with = [&](const std::function<void(std::map<std::string, Tensor>&)>& change) {
        auto weights = sample().weights;
        change(weights);
        QString manifest;
        {
            auto file = SafetensorsFile::open(path);
            manifest = (*file)->metadata().value(ModelPackage::kManifestKey);
        }
        EXPECT_TRUE(writeSafetensors(path, {{ModelPackage::kManifestKey, manifest}}, weights, true));
        return errorOf();
    };
    const Error missing = with([](auto& weights) { weights.erase("layer2.0.downsample.0.bias"); });
    EXPECT_EQ(missing.code, QStringLiteral("wrong-architecture"));
    EXPECT_TRUE(missing.message.contains(QStringLiteral("layer2.0.downsample.0.bias")));
    const Error bent = with([](auto& weights) { weights["conv1.weight"].shape = {64, 7, 7, 3}; });
    EXPECT_EQ(bent.code, QStringLiteral("wrong-architecture"));
    EXPECT_TRUE(bent.message.contains(QStringLiteral("64x7x7x3"))) << qPrintable(bent.message);
    const Error extra = with([](auto& weights) { weights["layer1.2.conv1.weight"] = Tensor{{1}, {0}}; });
    EXPECT_EQ(extra.code, QStringLiteral("wrong-architecture"));
    EXPECT_TRUE(extra.message.contains(QStringLiteral("layer1.2.conv1.weight")));
    const Error bias = with([](auto& weights) { weights["fc.bias"] = Tensor{{2}, {0, 0}}; });
    EXPECT_EQ(bias.code, QStringLiteral("wrong-architecture"));
    EXPECT_TRUE(bias.message.contains(QStringLiteral("fc.bias")));
}

TEST_F(ModelPackageFile, ForeignFilesAreRefusedWithAWayOut)
{
    ASSERT_TRUE(writeSafetensors(path, {}, sample().weights, true));
    const Error plain = errorOf();
    EXPECT_EQ(plain.code, QStringLiteral("bad-model"));
    EXPECT_TRUE(plain.hint.contains(QStringLiteral("import")));
    EXPECT_EQ(errorAt(m_dir.filePath(QStringLiteral("no.safetensors"))).code, QStringLiteral("not-found"));
    QFile file(path);
    ASSERT_TRUE(file.resize(1'000'000));
    EXPECT_EQ(errorOf().code, QStringLiteral("truncated"));
}

TEST_F(ModelPackageFile, SaveRefusesWhatLoadWouldRefuse)
{
    ModelPackage package = sample();
    package.temperature = 0;
    EXPECT_FALSE(package.save(path, true));
    package = sample();
    package.classes.removeLast();
    EXPECT_FALSE(package.save(path, true));
    package = sample();
    package.weights.erase("fc.bias");
    EXPECT_FALSE(package.save(path, true));
    package = sample();
    package.weights["conv1.bias"].values[0] = INFINITY;
    EXPECT_FALSE(package.save(path, true));
    EXPECT_TRUE(ModelPackage::load(path)) << "a failed save harmed the file that was there";
}

TEST_F(ModelPackageFile, TheSizeOfTheShippedModelStaysBelow23Megabytes)
{
    const QString large = m_dir.filePath(QStringLiteral("large.safetensors"));
    testsupport::writeRandomModel(large, 81);
    EXPECT_LT(QFileInfo(large).size(), 23'000'000);
}
