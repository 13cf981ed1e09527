#include "core/learning/FolderTrainingSet.h"
#include "core/learning/StartModel.h"
#include "core/learning/TrainingPlan.h"
#include "tests/support/Pipes.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <map>

using namespace goodsight;

namespace {

class FolderTrainingSetTest : public ::testing::Test {
protected:
    /// Writes a photo of its own into `part`/`product`.
    void put(const QString& part, const QString& product)
    {
        const QString path = at(part + u'/' + product + QStringLiteral("/%1.png").arg(++m_photos));
        ASSERT_TRUE(QDir().mkpath(QFileInfo(path).path()));
        QFile file(path);
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::number(m_photos));
    }
    [[nodiscard]] QString at(const QString& name) const { return m_dir.filePath(name); }

    Result<TrainingSet> read(bool withVal)
    {
        failures.clear();
        return folderTrainingSet(at(QStringLiteral("train")), withVal ? at(QStringLiteral("val")) : QString(),
                                 [this](const QString& file, const Error& error) {
                                     failures[QDir(m_dir.path()).relativeFilePath(file)] = error.code;
                                 });
    }

    std::map<QString, QString> failures;

private:
    QTemporaryDir m_dir;
    int m_photos = 0;
};

/// The label's id of each photo's folder.
std::map<QString, QString> idsByFolder(const TrainingSet& set, Part part)
{
    std::map<QString, QString> ids;
    for (const TrainingPhoto& photo : set.photos) {
        if (photo.part == part)
            ids[QFileInfo(QFileInfo(photo.file).path()).fileName()] = set.classes[photo.label].id;
    }
    return ids;
}

} // namespace

TEST_F(FolderTrainingSetTest, ProductsThatSoundAlikeStayTwo)
{
    const QString pear = QStringLiteral("梨子");
    const QString chestnut = QStringLiteral("栗子");
    for (const QString& part : {QStringLiteral("train"), QStringLiteral("val")}) {
        put(part, pear);
        put(part, chestnut);
    }
    const auto set = read(true);
    ASSERT_TRUE(set) << qPrintable(set.error().message);
    ASSERT_EQ(set->classes.size(), 2);
    // In the order of their names, whatever order a hash has today.
    EXPECT_EQ(set->classes[0].id, QStringLiteral("li-zi"));
    EXPECT_EQ(set->classes[0].zh, chestnut);
    EXPECT_EQ(set->classes[1].id, QStringLiteral("li-zi-2"));
    EXPECT_EQ(set->classes[1].zh, pear);
    const std::map<QString, QString> expected{{chestnut, QStringLiteral("li-zi")},
                                              {pear, QStringLiteral("li-zi-2")}};
    EXPECT_EQ(idsByFolder(*set, Part::Train), expected);
    EXPECT_EQ(idsByFolder(*set, Part::Val), expected);
    EXPECT_TRUE(failures.empty());
}

TEST_F(FolderTrainingSetTest, OneProductMayHaveFoldersOfSeveralNames)
{
    for (const char* name : {"青苹果", "Granny-Smith", "granny-smith", "moon dust", "Moon_Dust"})
        put(QStringLiteral("train"), QString::fromUtf8(name));
    put(QStringLiteral("val"), QStringLiteral("MOON-DUST"));
    put(QStringLiteral("val"), QStringLiteral("Lemon"));
    put(QStringLiteral("val"), QStringLiteral("sun dust"));
    const auto set = read(true);
    ASSERT_TRUE(set) << qPrintable(set.error().message);
    ASSERT_EQ(set->classes.size(), 2);
    EXPECT_EQ(set->classes[0].id, QStringLiteral("granny-smith"));
    EXPECT_EQ(set->classes[1].id, QStringLiteral("moon-dust"));
    EXPECT_EQ(idsByFolder(*set, Part::Val),
              (std::map<QString, QString>{{QStringLiteral("MOON-DUST"), QStringLiteral("moon-dust")}}));
    EXPECT_EQ(failures.size(), 2U) << "val has products that train lacks";
    for (const auto& [file, code] : failures)
        EXPECT_EQ(code, QStringLiteral("unknown-label")) << qPrintable(file);
}

TEST_F(FolderTrainingSetTest, APipeKeepsNobodyWaiting)
{
    put(QStringLiteral("train"), QStringLiteral("Apple"));
    put(QStringLiteral("train"), QStringLiteral("Lemon"));
    const QString pipe = at(QStringLiteral("pipe"));
    if (!testsupport::makePipe(pipe))
        GTEST_SKIP() << testsupport::kNoPipes;
    ASSERT_TRUE(QFile::link(pipe, at(QStringLiteral("train/Apple/link.jpg"))));
    const auto set = read(false);
    ASSERT_TRUE(set) << qPrintable(set.error().message);
    EXPECT_EQ(set->photos.size(), 2U);
    EXPECT_EQ(failures, (std::map<QString, QString>{
                            {QStringLiteral("train/Apple/link.jpg"), QStringLiteral("unreadable")}}));
    EXPECT_EQ(loadStart(pipe).error().code, QStringLiteral("unreadable"));
    EXPECT_EQ(TrainingPlan::fromFile(pipe).error().code, QStringLiteral("unreadable"));
}

TEST_F(FolderTrainingSetTest, ReadingCanBeStopped)
{
    for (int i = 0; i < 5; ++i)
        put(QStringLiteral("train"), QStringLiteral("Apple"));
    int photos = 0;
    const auto hear = [&photos](const QString&, const Error&) { ++photos; };
    int asked = 0;
    const auto stopped =
        folderTrainingSet(at(QStringLiteral("train")), {}, hear, [&asked](qint64) { return ++asked < 4; });
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, QStringLiteral("cancelled"));
    EXPECT_EQ(asked, 4);
    EXPECT_EQ(photos, 0) << "no photo has failed";
}
