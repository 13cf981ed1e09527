#include "core/model/StateDictWriter.h"

#include "core/model/ResNet18Weights.h"
#include "core/model/StateDictReader.h"
#include "core/model/ZipReader.h"
#include "tests/support/SmallDisk.h"
#include "tests/support/TestModels.h"
#include "tests/support/TestSupport.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtEndian>

#include <gtest/gtest.h>

using namespace goodsight;

namespace {

std::vector<StateDictEntry> few()
{
    return {{"z.weight", {{2, 1, 3}, {1, -2, 3.5F, 4, 5, 6e-30F}}},
            {"苹果", {{300}, std::vector<float>(300, 0.25F)}},
            {"a.counter", {{}, {7}}, ElementType::I64},
            {"none", {{0, 3}, {}}}};
}

std::map<std::string, Tensor> readBack(const QString& path)
{
    const auto file = StateDictFile::open(path);
    EXPECT_TRUE(file) << qPrintable(file ? QString() : file.error().message);
    std::vector<std::string> names;
    for (const auto& [name, info] : (*file)->tensors())
        names.push_back(name);
    auto tensors = (*file)->read(names);
    EXPECT_TRUE(tensors) << qPrintable(tensors ? QString() : tensors.error().message);
    return tensors ? *tensors : std::map<std::string, Tensor>{};
}

QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    return file.readAll();
}

class StateDictWriter : public ::testing::Test {
protected:
    QTemporaryDir m_dir;
    const QString m_path = m_dir.filePath(QStringLiteral("带走 的.pth"));
};

} // namespace

TEST_F(StateDictWriter, TheReaderFindsNamesShapesTypesAndNumbersInOrder)
{
    ASSERT_TRUE(writeStateDict(m_path, few()));
    const auto file = StateDictFile::open(m_path);
    ASSERT_TRUE(file) << qPrintable(file.error().message);
    const auto& tensors = (*file)->tensors();
    ASSERT_EQ(tensors.size(), few().size());
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        EXPECT_EQ(tensors[i].first, few()[i].name);
        EXPECT_EQ(tensors[i].second.shape, few()[i].tensor.shape);
        EXPECT_EQ(tensors[i].second.type, few()[i].type);
    }
    const auto read = readBack(m_path);
    for (const StateDictEntry& entry : few())
        EXPECT_EQ(read.at(entry.name).values, entry.tensor.values) << entry.name;
}

// What torch 2.15's torch.save(OrderedDict(w=torch.tensor([[1., 2.]]))) writes, as pickletools prints it, but
// without a memo and with MARK TUPLE and MARK SETITEMS for TUPLE2 and SETITEM.
TEST_F(StateDictWriter, ThePickleIsTorchs)
{
    ASSERT_TRUE(writeStateDict(m_path, {{"w", {{1, 2}, {1, 2}}}}));
    QByteArray pickle;
    ASSERT_TRUE(visitZip(m_path, [&](ZipEntry& entry) -> Result<bool> {
        if (entry.name() == "archive/data.pkl")
            pickle = *entry.read();
        return true;
    }));
    const QByteArray dict("ccollections\nOrderedDict\n)R");
    QByteArray wanted = QByteArray::fromHex("8002") + dict + '(';
    wanted += QByteArray::fromHex("5801000000") + "w";
    wanted +=
        QByteArray("ctorch._utils\n_rebuild_tensor_v2\n((") + QByteArray::fromHex("5807000000") + "storage";
    wanted += QByteArray("ctorch\nFloatStorage\n") + QByteArray::fromHex("5801000000") + "0";
    wanted += QByteArray::fromHex("5803000000") + "cpu" + QByteArray::fromHex("4b02") + "tQ";
    wanted += QByteArray::fromHex("4b00") + '(' + QByteArray::fromHex("4b014b02") + "t(" +
              QByteArray::fromHex("4b024b01") + 't' + QByteArray::fromHex("89") + dict + "tRu.";
    EXPECT_EQ(pickle.toHex(), wanted.toHex());
}

TEST_F(StateDictWriter, TheNumbersOfEveryTensorAreAligned)
{
    ASSERT_TRUE(writeStateDict(m_path, few()));
    const QByteArray bytes = bytesOf(m_path);
    int entries = 0;
    for (qsizetype at = bytes.indexOf("PK\x03\x04"); at >= 0; at = bytes.indexOf("PK\x03\x04", at + 1)) {
        const auto name = qFromLittleEndian<quint16>(bytes.constData() + at + 26);
        const auto extra = qFromLittleEndian<quint16>(bytes.constData() + at + 28);
        EXPECT_EQ((at + 30 + name + extra) % 64, 0) << at;
        ++entries;
    }
    EXPECT_EQ(entries, 4 + 3); // data.pkl, byteorder, version
    ASSERT_TRUE(writeStateDict(m_path, few()));
    EXPECT_EQ(bytesOf(m_path), bytes) << "the same model gives the same bytes";
}

TEST_F(StateDictWriter, AChangedByteIsFoundByItsSum)
{
    ASSERT_TRUE(writeStateDict(m_path, {{"w", {{2}, {1.25F, 1234.5F}}}}));
    QByteArray bytes = bytesOf(m_path);
    const float number = 1234.5F;
    const qsizetype at = bytes.indexOf(QByteArrayView(reinterpret_cast<const char*>(&number), 4));
    ASSERT_GT(at, 0);
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
    QFile file(m_path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    file.close();
    const auto opened = StateDictFile::open(m_path);
    ASSERT_TRUE(opened);
    EXPECT_EQ((*opened)->read({"w"}).error().code, QStringLiteral("bad-model"));
}

TEST_F(StateDictWriter, SaysWhatItCannotWrite)
{
    ASSERT_TRUE(writeStateDict(m_path, few()));
    const auto wrong = writeStateDict(m_path, {{"w", {{2}, {1}}}});
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, QStringLiteral("bad-model"));
    EXPECT_EQ(readBack(m_path).size(), 4U) << "a failed write harmed the file that was there";
    const auto nowhere = writeStateDict(m_dir.filePath(QStringLiteral("no/folder.pth")), few());
    ASSERT_FALSE(nowhere);
    EXPECT_EQ(nowhere.error().code, QStringLiteral("unwritable"));
}

TEST_F(StateDictWriter, AFullDiskIsSaid)
{
    const testsupport::SmallDisk disk(64);
    if (!disk.isMounted())
        GTEST_SKIP() << "skipped: no small file system could be mounted here";
    const auto full = writeStateDict(disk.path() + QStringLiteral("/x.pth"),
                                     {{"a", {{1 << 16}, std::vector<float>(1 << 16)}}});
    ASSERT_FALSE(full);
    EXPECT_EQ(full.error().code, QStringLiteral("disk-full"));
    EXPECT_TRUE(QDir(disk.path()).isEmpty(QDir::Files)) << "a temporary file stayed";
}

TEST_F(StateDictWriter, AFoldedNetworkComesBackBitForBit)
{
    const std::map<std::string, Tensor> weights = testsupport::randomModel(5).weights;
    const std::vector<StateDictEntry> entries = resnet18::stateDict(weights);
    EXPECT_EQ(entries.size(), 122U) << "as torchvision.models.resnet18().state_dict() has";
    EXPECT_EQ(entries[1].name, "bn1.weight");
    EXPECT_EQ(entries[5].name, "bn1.num_batches_tracked");
    // What BatchNorm2d divides by in float32: exactly one.
    EXPECT_EQ(entries[4].tensor.values.front() + 1e-5F, 1.0F);
    ASSERT_TRUE(writeStateDict(m_path, entries));
    const auto file = StateDictFile::open(m_path);
    ASSERT_TRUE(file) << qPrintable(file.error().message);
    const auto folded = resnet18::foldedWeights(**file);
    ASSERT_TRUE(folded) << qPrintable(folded.error().message);
    ASSERT_EQ(folded->size(), weights.size());
    for (const auto& [name, tensor] : weights) {
        EXPECT_EQ(folded->at(name).shape, tensor.shape) << name;
        EXPECT_EQ(folded->at(name).values, tensor.values) << name;
    }
}
