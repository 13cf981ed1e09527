#include "core/model/Safetensors.h"
#include "tests/support/SmallDisk.h"
#include "tests/support/TestSupport.h"

#include <QDir>
#include <QTemporaryDir>
#include <QtEndian>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

using namespace goodsight;

namespace {

class Safetensors : public ::testing::Test {
protected:
    QString write(const QByteArray& bytes, const QString& name = QStringLiteral("x.safetensors"))
    {
        QFile file(m_dir.filePath(name));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        return file.fileName();
    }
    static QByteArray fileOf(const QByteArray& header, const QByteArray& data = {})
    {
        QByteArray length(8, '\0');
        qToLittleEndian(static_cast<quint64>(header.size()), length.data());
        return length + header + data;
    }
    QString codeOf(const QByteArray& bytes)
    {
        const auto file = SafetensorsFile::open(write(bytes));
        return file ? QString() : file.error().code;
    }
    QTemporaryDir m_dir;
};

const std::map<std::string, Tensor> kTwo{{"a", {{2, 3}, {1, -2, 0.5F, 0, 65504, 1e-7F}}}, {"b", {{}, {42}}}};

} // namespace

TEST_F(Safetensors, WhatIsWrittenIsRead)
{
    for (const bool half : {false, true}) {
        const QString path = m_dir.filePath(QStringLiteral("识品 🍎.safetensors"));
        ASSERT_TRUE(writeSafetensors(path, {{QStringLiteral("k"), QStringLiteral("值\n\"")}}, kTwo, half));
        const auto file = SafetensorsFile::open(path);
        ASSERT_TRUE(file) << qPrintable(file.error().message);
        EXPECT_EQ((*file)->metadata().value(QStringLiteral("k")), QStringLiteral("值\n\""));
        ASSERT_EQ((*file)->tensors().size(), 2U);
        EXPECT_EQ((*file)->tensors()[0].second.type, half ? ElementType::F16 : ElementType::F32);
        const auto tensors = (*file)->read({"a", "b"});
        ASSERT_TRUE(tensors);
        EXPECT_EQ(tensors->at("a").shape, (std::vector<int64_t>{2, 3}));
        EXPECT_EQ(tensors->at("a").values[4], 65504.0F);
        EXPECT_EQ(tensors->at("a").values[5] == 1e-7F, !half);
        EXPECT_EQ(tensors->at("b").values, (std::vector<float>{42}));
    }
    EXPECT_EQ(QDir(m_dir.path()).entryList(QDir::Files).size(), 1) << "a temporary file stayed";
}

TEST_F(Safetensors, TheTrunkOfTorchvisionIsRead)
{
    const QString path = testsupport::shared(QStringLiteral("models/resnet18-v1-trunk.safetensors"));
    if (path.isEmpty())
        GTEST_SKIP() << testsupport::kNoShared;
    const auto file = SafetensorsFile::open(path);
    ASSERT_TRUE(file) << qPrintable(file.error().message);
    EXPECT_EQ((*file)->tensors().size(), 34U);
    const auto fc = (*file)->read({"fc.weight"});
    ASSERT_TRUE(fc);
    EXPECT_EQ(fc->at("fc.weight").shape, (std::vector<int64_t>{1000, 512}));
}

TEST_F(Safetensors, EveryTruncationIsAnError)
{
    const QString path = m_dir.filePath(QStringLiteral("whole.safetensors"));
    ASSERT_TRUE(writeSafetensors(path, {}, kTwo, false));
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QByteArray whole = file.readAll();
    for (qsizetype size = 0; size < whole.size(); ++size)
        EXPECT_EQ(codeOf(whole.left(size)), QStringLiteral("truncated")) << size;
    EXPECT_EQ(codeOf(whole), QString());
}

TEST_F(Safetensors, HostileHeadersAreRefused)
{
    const QByteArray data(24, '\1');
    const auto one = [&](const char* entry) {
        return codeOf(fileOf(QByteArray(R"({"t":)") + entry + "}", data));
    };
    EXPECT_EQ(one(R"({"dtype":"F32","shape":[2,3],"data_offsets":[0,24]})"), QString());
    for (const char* entry : {
             R"({"dtype":"F32","shape":[2,4],"data_offsets":[0,24]})",   // shape and size disagree
             R"({"dtype":"F32","shape":[2,3],"data_offsets":[24,0]})",   // backwards
             R"({"dtype":"F32","shape":[-2,-3],"data_offsets":[0,24]})", // negative sizes
             R"({"dtype":"F32","shape":[-1],"data_offsets":[0,24]})",
             R"({"dtype":"F32","shape":[2,3],"data_offsets":[-24,0]})",                 // before the data
             R"({"dtype":"F32","shape":[2,2],"data_offsets":[8,24]})",                  // a hole in front
             R"({"dtype":"F32","shape":[2,2],"data_offsets":[0,16]})",                  // bytes left over
             R"({"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]})", // the product
                                                                                        // overflows
             R"({"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]})",
             R"({"dtype":"F32","shape":[2.5],"data_offsets":[0,24]})",
             R"({"dtype":"F32","shape":"23","data_offsets":[0,24]})",
             R"({"dtype":"F32","shape":[2,3],"data_offsets":[0,24,0]})",
             R"({"dtype":"F32","shape":[2,3]})",
             R"({"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,6],"data_offsets":[0,24]})",
             R"({"dtype":"Q7","shape":[2,3],"data_offsets":[0,24]})", // unknown type
             R"({})",
             R"("text")",
             R"(null)",
         })
        EXPECT_EQ(one(entry), QStringLiteral("bad-model")) << entry;
    // Sizes far beyond the file are "cut off", and nothing is allocated for them.
    EXPECT_EQ(one(R"({"dtype":"U8","shape":[4611686018427387904],"data_offsets":[0,4611686018427387904]})"),
              QStringLiteral("truncated"));
}

TEST_F(Safetensors, OverlapsAreRefused)
{
    const QByteArray header = R"({"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]},)"
                              R"("b":{"dtype":"F32","shape":[4],"data_offsets":[8,24]}})";
    EXPECT_EQ(codeOf(fileOf(header, QByteArray(24, '\0'))), QStringLiteral("bad-model"));
    const QByteArray twice = R"({"a":{"dtype":"F32","shape":[6],"data_offsets":[0,24]},)"
                             R"("b":{"dtype":"F32","shape":[6],"data_offsets":[0,24]}})";
    EXPECT_EQ(codeOf(fileOf(twice, QByteArray(24, '\0'))), QStringLiteral("bad-model"));
}

TEST_F(Safetensors, OtherFilesAreRefused)
{
    EXPECT_EQ(codeOf("\x89PNG\r\n\x1a\n and so on, long enough"), QStringLiteral("bad-model"));
    EXPECT_EQ(codeOf(QByteArray(4096, '\0')), QStringLiteral("bad-model"));
    EXPECT_EQ(codeOf(QByteArray(4096, '\xff')), QStringLiteral("bad-model"));
    EXPECT_EQ(codeOf(fileOf("{not json")), QStringLiteral("bad-model"));
    EXPECT_EQ(codeOf(fileOf("[1,2]")), QStringLiteral("bad-model"));
    EXPECT_EQ(codeOf(fileOf(QByteArray(100'000, '{'))), QStringLiteral("bad-model"));
    EXPECT_EQ(codeOf({}), QStringLiteral("truncated"));
    // A header longer than the limit, in a file that says it is long enough for it.
    QByteArray length(8, '\0');
    qToLittleEndian(quint64{1} << 40, length.data());
    EXPECT_EQ(codeOf(length + "{}"), QStringLiteral("bad-model"));
}

TEST_F(Safetensors, MissingAndUnreadableFilesAreNamed)
{
    const auto missing = SafetensorsFile::open(m_dir.filePath(QStringLiteral("没有.safetensors")));
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, QStringLiteral("not-found"));
    EXPECT_TRUE(missing.error().message.contains(QStringLiteral("没有.safetensors")));
    const auto folder = SafetensorsFile::open(m_dir.path());
    ASSERT_FALSE(folder);
    EXPECT_EQ(folder.error().code, QStringLiteral("unreadable"));
}

TEST_F(Safetensors, AFileCutAfterOpeningIsNoCrash)
{
    const QString path = m_dir.filePath(QStringLiteral("cut.safetensors"));
    ASSERT_TRUE(writeSafetensors(path, {}, {{"a", {{1 << 20}, std::vector<float>(1 << 20)}}}, false));
    const auto file = SafetensorsFile::open(path);
    ASSERT_TRUE(file);
    ASSERT_TRUE(QFile::resize(path, 1 << 20));
    const auto tensors = (*file)->read({"a"});
    ASSERT_FALSE(tensors);
    EXPECT_EQ(tensors.error().code, QStringLiteral("truncated"));
    EXPECT_EQ((*file)->read({"zzz"}).error().code, QStringLiteral("bad-model"));
}

TEST_F(Safetensors, WritingSaysWhatItCannotDo)
{
    const QString path = m_dir.filePath(QStringLiteral("w.safetensors"));
    const auto large = writeSafetensors(path, {}, {{"a", {{1}, {70000}}}}, true);
    ASSERT_FALSE(large);
    EXPECT_EQ(large.error().code, QStringLiteral("bad-model"));
    EXPECT_TRUE(writeSafetensors(path, {}, {{"a", {{1}, {70000}}}}, false));
    EXPECT_FALSE(writeSafetensors(path, {}, {{"a", {{2}, {1}}}}, false));
    EXPECT_TRUE(SafetensorsFile::open(path)) << "a failed write harmed the file that was there";
    const auto nowhere =
        writeSafetensors(m_dir.filePath(QStringLiteral("no/such/folder.safetensors")), {}, kTwo, false);
    ASSERT_FALSE(nowhere);
    EXPECT_EQ(nowhere.error().code, QStringLiteral("unwritable"));
}

TEST_F(Safetensors, AFullDiskIsSaid)
{
    const testsupport::SmallDisk disk(64);
    if (!disk.isMounted())
        GTEST_SKIP() << "skipped: no small file system could be mounted here";
    const QString path = disk.path() + QStringLiteral("/x.safetensors");
    const auto full = writeSafetensors(path, {}, {{"a", {{1 << 16}, std::vector<float>(1 << 16)}}}, false);
    ASSERT_FALSE(full);
    EXPECT_EQ(full.error().code, QStringLiteral("disk-full"));
    EXPECT_TRUE(QDir(disk.path()).isEmpty(QDir::Files)) << "a temporary file stayed";
}
