#include "core/base/JobRunner.h"
#include "core/dataset/VerifyJob.h"
#include "tests/core/dataset/DatasetFixture.h"

#include <QFile>
#include <QSysInfo>

using namespace goodsight;

namespace {

class VerifyTest : public DatasetTest {
protected:
    Result<void> verify()
    {
        codes.clear();
        VerifyJob job(
            projectDir(),
            [this](const VerifyFinding& finding) {
                codes.append(finding.error.code);
                EXPECT_FALSE(finding.error.message.isEmpty());
                EXPECT_FALSE(finding.file.isEmpty());
            },
            [this](const Result<void>&, const VerifyReport& got) { report = got; });
        const auto result = runInline(job);
        codes.sort();
        return result;
    }

    QStringList codes;
    VerifyReport report;
};

} // namespace

TEST_F(VerifyTest, AWholeProjectHasNoFindingsAlsoWhileItIsOpen)
{
    for (int i = 0; i < 5; ++i)
        ASSERT_TRUE(store->answer(answerFor(i, QStringLiteral("apple"))));
    ASSERT_TRUE(verify());
    EXPECT_EQ(codes, QStringList());
    EXPECT_EQ(report.photos, 5);
    EXPECT_EQ(report.damaged, 0);
}

TEST_F(VerifyTest, NamesWhatIsMissingChangedEmptiedAndStray)
{
    QStringList files;
    for (int i = 0; i < 5; ++i)
        files.append(store->answer(answerFor(i, QStringLiteral("apple")))->file);
    ASSERT_TRUE(QFile::remove(files[0]));
    writeFile(files[1], pngBytes(77));
    writeFile(files[2], {});
    writeFile(projectDir() + QStringLiteral("/images/00/stray.png"), "x");
    ASSERT_TRUE(verify());
    EXPECT_EQ(codes, (QStringList{QStringLiteral("photo-changed"), QStringLiteral("photo-changed"),
                                  QStringLiteral("photo-missing"), QStringLiteral("stray-file")}));
    EXPECT_EQ(report.damaged, 3);
    EXPECT_EQ(report.stray, 1);
    EXPECT_EQ(report.photos, 5);
}

TEST_F(VerifyTest, ADamagedDatabaseIsFound)
{
    for (int i = 0; i < 50; ++i)
        ASSERT_TRUE(store->answer(answerFor(i, QStringLiteral("apple"))));
    store.reset();
    QByteArray bytes = fileBytes(database());
    bytes.replace(bytes.size() - 4096, 4096, QByteArray(4096, '\xa5'));
    writeFile(database(), bytes);
    const auto result = verify();
    EXPECT_TRUE(!result || codes.contains(QStringLiteral("bad-database")));
}

TEST_F(VerifyTest, WhatAKilledProgramLeftIsSweptByTheNextOne)
{
    const auto row = store->answer(answerFor(1, QStringLiteral("apple")));
    writeFile(row->file + QStringLiteral(".aB3xYz"), "half");
    ASSERT_TRUE(verify());
    EXPECT_EQ(codes, QStringList{QStringLiteral("stray-file")});
    store.reset();
    // The lock of a process that is not there any more.
    writeFile(projectDir() + QStringLiteral("/project.lock"),
              "999999999\nnobody\n" + QSysInfo::machineHostName().toUtf8() + "\n");
    auto opened = DatasetStore::open(projectDir());
    ASSERT_TRUE(opened) << qPrintable(opened.error().message);
    opened->reset();
    ASSERT_TRUE(verify());
    EXPECT_EQ(codes, QStringList());
}
