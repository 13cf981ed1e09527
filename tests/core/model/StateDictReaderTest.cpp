#include "core/model/StateDictReader.h"
#include "tests/support/TestSupport.h"

#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <clocale>
#include <random>

using namespace goodsight;

namespace {

QString fixture(const char* name)
{
    return testsupport::sourceDir() + QStringLiteral("/tests/core/model/data/") + QString::fromUtf8(name);
}

QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << qPrintable(path);
    return file.readAll();
}

Error errorOf(const QString& path)
{
    const auto file = StateDictFile::open(path);
    EXPECT_FALSE(file) << qPrintable(path);
    return file ? Error{} : file.error();
}

std::vector<std::string> namesOf(const TensorSource& source)
{
    std::vector<std::string> names;
    for (const auto& [name, info] : source.tensors())
        names.push_back(name);
    return names;
}

/// Opens and reads everything; the code of the first error, or empty.
QString readAll(const QString& path)
{
    const auto file = StateDictFile::open(path);
    if (!file)
        return file.error().code;
    const auto tensors = (*file)->read(namesOf(**file));
    return tensors ? QString() : tensors.error().code;
}

class WrittenStateDict : public ::testing::Test {
protected:
    QString write(const QByteArray& bytes)
    {
        QFile file(m_dir.filePath(QStringLiteral("x.pth")));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        return file.fileName();
    }
    QTemporaryDir m_dir;
};

/// The contents that tests/reference/state_dicts.py gave ramps.pth.
void expectRamps(const QString& path)
{
    const auto file = StateDictFile::open(path);
    ASSERT_TRUE(file) << qPrintable(file.error().message);
    const std::vector<std::string> order{"f32",  "transposed", "sliced", "every.second", "f16",
                                         "bf16", "f64",        "i64",    "i32",          "i16",
                                         "i8",   "u8",         "bool",   "empty",        "苹果.weight"};
    EXPECT_EQ(namesOf(**file), order);
    const auto read = (*file)->read(order);
    ASSERT_TRUE(read) << qPrintable(read.error().message);
    const auto values = [&](const char* name) { return read->at(name).values; };
    EXPECT_EQ(read->at("f32").shape, (std::vector<int64_t>{2, 3, 4}));
    EXPECT_EQ(values("f32")[23], 23.0F);
    EXPECT_EQ(read->at("transposed").shape, (std::vector<int64_t>{6, 4}));
    std::vector<float> columns = values("transposed");
    columns.resize(6);
    EXPECT_EQ(columns, (std::vector<float>{0, 6, 12, 18, 1, 7}));
    EXPECT_EQ(values("transposed").back(), 23.0F);
    EXPECT_EQ(values("sliced"), (std::vector<float>{8, 9, 10, 14, 15, 16}));
    EXPECT_EQ(values("every.second"), (std::vector<float>{1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23}));
    EXPECT_EQ(values("f16"), (std::vector<float>{1.5F, -2, 65504}));
    EXPECT_EQ(values("bf16")[1], -2.0F);
    EXPECT_NEAR(values("bf16")[2] / 3e38F, 1, 0.004);
    EXPECT_EQ(values("f64"), (std::vector<float>{0.1F, -0.0F}));
    EXPECT_TRUE(read->at("i64").shape.empty());
    EXPECT_EQ(values("i64"), (std::vector<float>{123456789.0F}));
    EXPECT_EQ(values("i32"), (std::vector<float>{-7}));
    EXPECT_EQ(values("i16"), (std::vector<float>{-300}));
    EXPECT_EQ(values("i8"), (std::vector<float>{-5}));
    EXPECT_EQ(values("u8"), (std::vector<float>{250}));
    EXPECT_EQ(values("bool"), (std::vector<float>{1, 0}));
    EXPECT_EQ(read->at("empty").shape, (std::vector<int64_t>{0, 3}));
    EXPECT_EQ(values("苹果.weight"), (std::vector<float>{4}));
}

} // namespace

TEST(StateDict, EveryTypeAndLayoutOfPyTorchIsRead)
{
    expectRamps(fixture("ramps.pth"));
    expectRamps(fixture("ramps-protocol4.pth"));
}

TEST(StateDict, ChineseNamesAreReadInAnyLocale)
{
    const std::string before = std::setlocale(LC_ALL, nullptr);
    for (const char* locale : {"C", "C.UTF-8"}) {
        std::setlocale(LC_ALL, locale);
        expectRamps(fixture("识品.pth"));
    }
    std::setlocale(LC_ALL, before.c_str());
}

TEST(StateDict, ParametersAndMetadataAreRead)
{
    auto parameter = StateDictFile::open(fixture("parameter.pth"));
    ASSERT_TRUE(parameter) << qPrintable(parameter.error().message);
    EXPECT_EQ((*parameter)->read({"a"})->at("a").values, (std::vector<float>{0, 1, 2}));
    const auto module = StateDictFile::open(fixture("module.pth"));
    ASSERT_TRUE(module) << qPrintable(module.error().message);
    EXPECT_EQ(namesOf(**module),
              (std::vector<std::string>{"0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean",
                                        "1.running_var", "1.num_batches_tracked"}));
}

TEST(StateDict, CodeIsRefusedByName)
{
    for (const auto& [name, asks] :
         {std::pair("os-system.pth", "os.system"), std::pair("os-system-protocol4.pth", "os.system"),
          std::pair("call.pth", "posix.system"),
          std::pair("whole-module.pth", "torch.nn.modules.container.Sequential")}) {
        const Error error = errorOf(fixture(name));
        EXPECT_EQ(error.code, QStringLiteral("refused-code")) << name;
        EXPECT_TRUE(error.message.contains(QStringLiteral("refused: ") + QLatin1String(asks)))
            << qPrintable(error.message);
        EXPECT_TRUE(error.message.contains(QLatin1String(name)));
    }
    EXPECT_FALSE(QFile::exists(QStringLiteral("/tmp/goodsight-was-fooled")));
}

TEST(StateDict, OtherFilesGetTheirOwnSentence)
{
    EXPECT_EQ(errorOf(fixture("legacy.pth")).code, QStringLiteral("legacy-format"));
    const Error checkpoint = errorOf(fixture("checkpoint.pth"));
    EXPECT_EQ(checkpoint.code, QStringLiteral("bad-model"));
    EXPECT_TRUE(checkpoint.message.contains(QStringLiteral("epoch"))) << qPrintable(checkpoint.message);
    EXPECT_EQ(errorOf(fixture("big-endian.pth")).code, QStringLiteral("bad-model"));
    EXPECT_EQ(errorOf(fixture("no.pth")).code, QStringLiteral("not-found"));
    EXPECT_EQ(errorOf(fixture("")).code, QStringLiteral("unreadable"));
    EXPECT_EQ(errorOf(fixture("../StateDictReaderTest.cpp")).code, QStringLiteral("bad-model"));
}

TEST(StateDict, BombsAreRefused)
{
    // 2^40 numbers out of four bytes, and 20 MB out of 20 KB.
    EXPECT_EQ(errorOf(fixture("expanded.pth")).code, QStringLiteral("bad-model"));
    EXPECT_EQ(errorOf(fixture("deflated-bomb.pth")).code, QStringLiteral("bad-model"));
}

TEST_F(WrittenStateDict, EveryTruncationIsAnError)
{
    const QByteArray whole = bytesOf(fixture("ramps.pth"));
    for (int cut = 0; cut < 200; ++cut) {
        const qsizetype size = whole.size() * cut / 200;
        const QString code = readAll(write(whole.left(size)));
        EXPECT_EQ(code, QStringLiteral("truncated")) << size;
    }
    for (qsizetype size = whole.size() - 200; size < whole.size(); ++size)
        EXPECT_EQ(readAll(write(whole.left(size))), QStringLiteral("truncated")) << size;
    EXPECT_EQ(readAll(write(whole)), QString());
}

TEST_F(WrittenStateDict, FlippedBitsNeverCrashAndNeverPassUnseenInTheNumbers)
{
    const QByteArray whole = bytesOf(fixture("ramps.pth"));
    const qsizetype numbers = whole.indexOf(QByteArray::fromHex("0000803f00000040")); // 1.0F, 2.0F of "f32"
    ASSERT_GT(numbers, 0);
    std::mt19937 random(5);
    for (int i = 0; i < 1000; ++i) {
        QByteArray broken = whole;
        const int flips = 1 + static_cast<int>(random() % 4);
        for (int flip = 0; flip < flips; ++flip) {
            const auto at = static_cast<qsizetype>(random() % static_cast<quint32>(whole.size()));
            broken[at] = static_cast<char>(broken[at] ^ (1 << (random() % 8)));
        }
        (void)readAll(write(broken)); // any answer, but no crash and no sanitizer report
    }
    for (int bit = 0; bit < 64; ++bit) {
        QByteArray broken = whole;
        broken[numbers + bit / 8] = static_cast<char>(broken[numbers + bit / 8] ^ (1 << (bit % 8)));
        EXPECT_EQ(readAll(write(broken)), QStringLiteral("bad-model")) << bit;
    }
}

TEST(StateDict, TheReconstructedResNet18IsReadWhole)
{
    const QString path = testsupport::shared(QStringLiteral("models/resnet18-reconstructed.pth"));
    if (path.isEmpty())
        GTEST_SKIP() << testsupport::kNoShared;
    const auto file = StateDictFile::open(path);
    ASSERT_TRUE(file) << qPrintable(file.error().message);
    EXPECT_EQ((*file)->tensors().size(), 122U);
    EXPECT_EQ((*file)->tensors().front().first, "conv1.weight");
    EXPECT_EQ((*file)->tensors().back().first, "fc.bias");
    const auto tensors = (*file)->read(namesOf(**file));
    ASSERT_TRUE(tensors) << qPrintable(tensors.error().message);
    // Shapes, sums and numbers (first, middle, last) printed by tests/reference/state_dicts.py.
    struct Golden {
        const char* name;
        std::vector<int64_t> shape;
        double sum;
        std::array<float, 3> spots;
    };
    const std::vector<Golden> goldens{
        {"conv1.weight",
         {64, 3, 7, 7},
         -0.6087068229900949,
         {-0.002536008134484291F, 0.01400492899119854F, -0.014570869505405426F}},
        {"layer2.0.downsample.1.running_var", {128}, 128.0, {1, 1, 1}},
        {"layer4.1.bn2.num_batches_tracked", {}, 10.0, {10, 10, 10}},
        {"fc.weight",
         {1000, 512},
         0.02995539040907147,
         {-0.01847403682768345F, -0.03740697726607323F, 0.06632734090089798F}},
    };
    for (const Golden& golden : goldens) {
        const Tensor& tensor = tensors->at(golden.name);
        EXPECT_EQ(tensor.shape, golden.shape) << golden.name;
        double sum = 0;
        for (const float value : tensor.values)
            sum += double(value);
        EXPECT_NEAR(sum, golden.sum, 1e-6) << golden.name;
        EXPECT_EQ(tensor.values.front(), golden.spots[0]) << golden.name;
        EXPECT_EQ(tensor.values[tensor.values.size() / 2], golden.spots[1]) << golden.name;
        EXPECT_EQ(tensor.values.back(), golden.spots[2]) << golden.name;
    }
}

TEST_F(WrittenStateDict, TheReconstructedResNet18CutAnywhereIsAnError)
{
    const QString path = testsupport::shared(QStringLiteral("models/resnet18-reconstructed.pth"));
    if (path.isEmpty())
        GTEST_SKIP() << testsupport::kNoShared;
    const QByteArray whole = bytesOf(path);
    for (const double part : {0.9999, 0.999, 0.99, 0.9, 0.5, 0.001})
        EXPECT_EQ(readAll(write(whole.left(static_cast<qsizetype>(double(whole.size()) * part)))),
                  QStringLiteral("truncated"))
            << part;
}
