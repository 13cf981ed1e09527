#include "core/base/JobRunner.h"
#include "core/dataset/PhotoFiles.h"
#include "core/dataset/exporters/ImageFolderExport.h"
#include "core/dataset/importers/ImportJob.h"
#include "core/dataset/importers/ImportSource.h"
#include "tests/core/dataset/DatasetFixture.h"
#include "tests/support/Pipes.h"
#include "tests/support/TestSupport.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>

using namespace goodsight;

namespace {

class ImportTest : public DatasetTest {
protected:
    void SetUp() override
    {
        DatasetTest::SetUp();
        photos = folder.filePath(QStringLiteral("照片"));
        writeFile(photos + QStringLiteral("/Granny-Smith/a.png"), pngBytes(1));
        writeFile(photos + QStringLiteral("/fruit/苹果/😀 b.png"), pngBytes(2));
        writeFile(photos + QStringLiteral("/新商品/c\nd.PNG"), pngBytes(3));
        writeFile(photos + QStringLiteral("/新商品/broken.jpg"), "not a photo");
        writeFile(photos + QStringLiteral("/新商品/empty.png"), {});
        writeFile(photos + QStringLiteral("/新商品/notes.txt"), "not a photo either");
        writeFile(photos + QStringLiteral("/.thumbnails/t.png"), pngBytes(8));
        writeFile(photos + QStringLiteral("/loose.png"), pngBytes(4));
    }

    Result<void> import(const ImportRequest& request, const std::atomic_bool* stop = nullptr)
    {
        report = {};
        errors.clear();
        ImportJob job(
            *store, request,
            [this](const QString& file, const ImportOutcome& outcome) {
                if (outcome.error)
                    errors[file] = outcome.error->code;
            },
            [this](const Result<void>&, const ImportReport& got) { report = got; });
        return runInline(job, {}, stop);
    }

    Result<void> exportTo(const QString& out)
    {
        exported.clear();
        ImageFolderExport job(
            projectDir(), out,
            [this, out](const PhotoRow&, const Result<QString>& target) {
                exported.append(target ? QDir(out).relativeFilePath(*target) : target.error().code);
            },
            [this](const Result<void>&, const ExportReport& got) { exportReport = got; });
        const auto result = runInline(job);
        exported.sort();
        return result;
    }

    QString photos;
    ImportReport report;
    QMap<QString, QString> errors;
    QStringList exported;
    ExportReport exportReport;
};

QStringList filesBelow(const QString& root)
{
    QStringList names;
    QDirIterator files(root, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext())
        names.append(QDir(root).relativeFilePath(files.next()));
    names.sort();
    return names;
}

} // namespace

TEST_F(ImportTest, TheLastFoldersNameIsTheLabelAndLoosePhotosHaveNone)
{
    ASSERT_TRUE(import({photos}));
    EXPECT_EQ(report.found, 6);
    EXPECT_EQ(report.added, 4);
    EXPECT_EQ(report.labelled, 3);
    EXPECT_EQ(report.failed, 2);
    EXPECT_EQ(errors, (QMap<QString, QString>{
                          {photos + QStringLiteral("/新商品/broken.jpg"), QStringLiteral("not-an-image")},
                          {photos + QStringLiteral("/新商品/empty.png"), QStringLiteral("empty-file")}}));
    QMap<QString, QString> labels;
    const auto rows = store->photos({});
    for (const PhotoRow& row : *rows) {
        labels[row.name] = row.labelId;
        EXPECT_EQ(row.state, row.labelId.isEmpty() ? PhotoState::Unseen : PhotoState::Imported);
        EXPECT_EQ(row.source, QStringLiteral("import"));
    }
    EXPECT_EQ(labels, (QMap<QString, QString>{{QStringLiteral("a.png"), QStringLiteral("granny-smith")},
                                              {QStringLiteral("😀 b.png"), QStringLiteral("apple")},
                                              {QStringLiteral("c\nd.PNG"), QStringLiteral("xin-shang-pin")},
                                              {QStringLiteral("loose.png"), QString()}}));
    EXPECT_EQ(store->history()->size(), 1);
    store.reset();
    EXPECT_EQ(askSql(database(), QStringLiteral("SELECT DISTINCT width || 'x' || height FROM images")),
              QStringLiteral("8x8"));
    reopen();
    ASSERT_TRUE(store->undo());
    EXPECT_EQ(*store->count({}), 0);
    EXPECT_EQ(store->labels(), fruit());
}

TEST_F(ImportTest, TheSameFolderAgainChangesNothing)
{
    ASSERT_TRUE(import({photos}));
    ASSERT_TRUE(import({photos}));
    EXPECT_EQ(report.added, 0);
    EXPECT_EQ(report.labelled, 0);
    EXPECT_EQ(report.edit, 0);
    EXPECT_EQ(store->history()->size(), 1);
    EXPECT_EQ(*store->count({}), 4);
}

TEST_F(ImportTest, PhotosStayInPlaceWhenAsked)
{
    ImportRequest request{photos};
    request.inPlace = true;
    ASSERT_TRUE(import(request));
    EXPECT_TRUE(filesBelow(projectDir() + QStringLiteral("/images")).isEmpty());
    PhotoQuery query;
    query.labelId = QStringLiteral("granny-smith");
    EXPECT_EQ(store->photos(query)->first().file, photos + QStringLiteral("/Granny-Smith/a.png"));
    ASSERT_TRUE(store->undo());
    ASSERT_TRUE(store->answer(answerFor(50, QStringLiteral("pear"))));
    reopen();
    EXPECT_EQ(filesBelow(photos).size(), 7) << "the person's photos are never deleted";
}

TEST_F(ImportTest, OnePhotoAndWhatIsNotThere)
{
    ASSERT_TRUE(import({photos + QStringLiteral("/loose.png")}));
    EXPECT_EQ(report.added, 1);
    EXPECT_EQ(import({photos + QStringLiteral("/gone")}).error().code, QStringLiteral("not-found"));
    EXPECT_TRUE(QDir().mkpath(folder.filePath(QStringLiteral("empty"))));
    EXPECT_EQ(import({folder.filePath(QStringLiteral("empty"))}).error().code, QStringLiteral("no-photos"));
    EXPECT_EQ(import({photos, QStringLiteral("coco")}).error().code, QStringLiteral("not-supported-yet"));
    EXPECT_EQ(import({photos, QStringLiteral("zip")}).error().code, QStringLiteral("unknown-format"));
}

TEST_F(ImportTest, AStopLeavesWhatWasDoneAsOneEntry)
{
    for (int i = 0; i < 100; ++i)
        writeFile(photos + QStringLiteral("/many/%1.png").arg(i, 3, 10, QLatin1Char('0')),
                  pngBytes(1000 + i));
    std::atomic_bool stop = false;
    int seen = 0;
    ImportJob job(
        *store, {photos},
        [&](const QString&, const ImportOutcome&) {
            if (++seen == 20)
                stop = true;
        },
        [&](const Result<void>& result, const ImportReport& got) {
            EXPECT_EQ(result.error().code, QStringLiteral("cancelled"));
            report = got;
        });
    EXPECT_FALSE(runInline(job, {}, &stop));
    EXPECT_GT(report.added, 10);
    EXPECT_LT(report.added, 60);
    EXPECT_EQ(*store->count({}), report.added);
    EXPECT_EQ(store->history()->size(), 1);
    ASSERT_TRUE(store->undo());
    EXPECT_EQ(*store->count({}), 0);
}

TEST_F(ImportTest, AnswersGivenWhileItRunsAreKept)
{
    for (int i = 0; i < 100; ++i)
        writeFile(photos + QStringLiteral("/many/%1.png").arg(i), pngBytes(1000 + i));
    bool finished = false;
    int answers = 0;
    int changes = 0;
    QObject::connect(store.get(), &DatasetStore::changed, store.get(), [&] { ++changes; });
    JobRunner runner;
    runner.start(std::make_unique<ImportJob>(*store, ImportRequest{photos}, nullptr,
                                             [&](const Result<void>& result, const ImportReport& got) {
                                                 EXPECT_TRUE(result);
                                                 report = got;
                                                 finished = true;
                                             }));
    for (int i = 0; i < 10; ++i)
        store->answerAsync(answerFor(5000 + i, QStringLiteral("pear")), [&](const Result<PhotoRow>& row) {
            EXPECT_TRUE(row);
            ++answers;
        });
    ASSERT_TRUE(testsupport::waitFor([&] { return finished && answers == 10; }, 60'000));
    EXPECT_EQ(*store->count({}), 114);
    EXPECT_GT(changes, 10);
    EXPECT_EQ(store->stats()->accepted, 10);
}

TEST_F(ImportTest, ExportsOneFolderForEachLabelAndWritesNothingOver)
{
    ASSERT_TRUE(import({photos}));
    ASSERT_TRUE(store->answer(answerFor(9, QStringLiteral("apple"))));
    const QString pastedName = store->photos({})->first().sha256.left(16) + QStringLiteral(".png");
    const QString out = folder.filePath(QStringLiteral("出口"));
    writeFile(out + QStringLiteral("/granny-smith/a.png"), "mine");
    ASSERT_TRUE(exportTo(out));
    QStringList expected{QStringLiteral("granny-smith/a-2.png"), QStringLiteral("apple/😀 b.png"),
                         QStringLiteral("xin-shang-pin/c_d.PNG"), QStringLiteral("apple/") + pastedName};
    expected.sort();
    EXPECT_EQ(exported, expected);
    EXPECT_EQ(exportReport.written, 4);
    EXPECT_EQ(exportReport.unseen, 1);
    EXPECT_EQ(fileBytes(out + QStringLiteral("/granny-smith/a.png")), QByteArray("mine"));
    EXPECT_EQ(fileBytes(out + QStringLiteral("/granny-smith/a-2.png")), pngBytes(1));
    ASSERT_TRUE(exportTo(out));
    EXPECT_EQ(exportReport.written, 0);
    EXPECT_EQ(exportReport.present, 4);
    EXPECT_EQ(filesBelow(out).size(), 5);
}

TEST_F(ImportTest, AnExportComesBackAsItWas)
{
    ASSERT_TRUE(import({photos}));
    const QString out = folder.filePath(QStringLiteral("out"));
    ASSERT_TRUE(exportTo(out));
    const auto before = store->stats()->perLabel;
    const auto second = DatasetStore::open(folder.filePath(QStringLiteral("second.goodsight")));
    ASSERT_TRUE(second);
    ASSERT_TRUE((*second)->ensureLabels(store->labels()));
    ImportJob job(**second, {out}, nullptr, nullptr);
    ASSERT_TRUE(runInline(job));
    EXPECT_EQ((*second)->stats()->perLabel, before);
}

TEST_F(ImportTest, AMissingPhotoDoesNotStopAnExport)
{
    ASSERT_TRUE(import({photos}));
    PhotoQuery query;
    query.labelId = QStringLiteral("apple");
    ASSERT_TRUE(QFile::remove(store->photos(query)->first().file));
    ASSERT_TRUE(exportTo(folder.filePath(QStringLiteral("out"))));
    EXPECT_EQ(exportReport.failed, 1);
    EXPECT_EQ(exportReport.written, 2);
    EXPECT_TRUE(exported.contains(QStringLiteral("not-found")));
    writeFile(folder.filePath(QStringLiteral("file")), "x");
    EXPECT_EQ(exportTo(folder.filePath(QStringLiteral("file"))).error().code, QStringLiteral("not-a-folder"));
}

TEST_F(ImportTest, APipeOrADeviceIsNoPhoto)
{
    const QString pipe = folder.filePath(QStringLiteral("pipe.jpg"));
    if (!testsupport::makePipe(pipe))
        GTEST_SKIP() << testsupport::kNoPipes;
    for (const QString& path : {pipe, QStringLiteral("/dev/zero")}) {
        const auto read = readPhotoFile(path);
        ASSERT_FALSE(read);
        EXPECT_EQ(read.error().code, QStringLiteral("unreadable"));
    }
    Answer answer = answerFor(1, QStringLiteral("apple"));
    answer.photo.bytes.clear();
    answer.photo.path = pipe;
    EXPECT_EQ(store->answer(answer).error().code, QStringLiteral("unreadable"));
}

TEST_F(ImportTest, LongNamesAreCutToWhatAFileSystemTakes)
{
    const QString name = QString(80, u'苹') + QString(40, u'x') + QStringLiteral(".png");
    ASSERT_TRUE(store->answer(answerFor(1, QStringLiteral("apple"))));
    ASSERT_TRUE(store->answer(answerFor(2, QStringLiteral("pear"))));
    store.reset();
    ASSERT_TRUE(runSql(database(), {QStringLiteral("UPDATE images SET name = '%1' WHERE id = 1").arg(name)}));
    reopen();
    ASSERT_TRUE(exportTo(folder.filePath(QStringLiteral("out"))));
    EXPECT_EQ(exportReport.written, 2);
    EXPECT_EQ(exportReport.failed, 0);
}

TEST_F(ImportTest, OnePhotoThatCannotBeWrittenDoesNotStopAnExport)
{
    ASSERT_TRUE(store->answer(answerFor(1, QStringLiteral("apple"))));
    ASSERT_TRUE(store->answer(answerFor(2, QStringLiteral("pear"))));
    // A file stands where the apples' folder should be.
    writeFile(folder.filePath(QStringLiteral("out/apple")), "mine");
    ASSERT_TRUE(exportTo(folder.filePath(QStringLiteral("out"))));
    EXPECT_EQ(exportReport.written, 1);
    EXPECT_EQ(exportReport.failed, 1);
    EXPECT_TRUE(exported.contains(QStringLiteral("unwritable")));
}

TEST_F(ImportTest, AReferencedPhotoThatIsAddedAgainBecomesTheProjectsOwn)
{
    PhotoData photo;
    photo.path = photos + QStringLiteral("/loose.png");
    photo.inPlace = true;
    ASSERT_EQ(store->addPhoto(photo)->file, photo.path);
    photo.inPlace = false;
    const auto row = store->addPhoto(photo);
    ASSERT_TRUE(row);
    EXPECT_TRUE(row->file.startsWith(projectDir())) << qPrintable(row->file);
    EXPECT_EQ(filesBelow(projectDir() + QStringLiteral("/images")).size(), 1);
    ASSERT_TRUE(QFile::remove(photo.path));
    EXPECT_EQ(fileBytes(row->file), pngBytes(4));
    EXPECT_EQ(*store->count({}), 1);
    EXPECT_EQ(store->history()->size(), 1);
}

TEST_F(ImportTest, ReferencedPhotosThatAreImportedAgainBecomeTheProjectsOwn)
{
    ImportRequest request{photos};
    request.inPlace = true;
    ASSERT_TRUE(import(request));
    ASSERT_TRUE(import({photos}));
    EXPECT_EQ(report.added, 0);
    const auto rows = store->photos({});
    ASSERT_EQ(rows->size(), 4);
    for (const PhotoRow& row : *rows)
        EXPECT_TRUE(row.file.startsWith(projectDir())) << qPrintable(row.file);
    EXPECT_EQ(filesBelow(projectDir() + QStringLiteral("/images")).size(), 4);
}

TEST(PortableFileName, TakesWhatEverySystemTakes)
{
    EXPECT_EQ(portableFileName(QStringLiteral("苹果 😀.jpg")), QStringLiteral("苹果 😀.jpg"));
    EXPECT_EQ(portableFileName(QStringLiteral("a/b\\c:d*?\"<>|\n.j\tpg")),
              QStringLiteral("a_b_c_d_______.j_pg"));
    EXPECT_EQ(portableFileName(QStringLiteral("dot. .")), QStringLiteral("dot"));
    EXPECT_EQ(portableFileName(QString(300, u'x') + QStringLiteral(".png")).size(), 124);
    const QString long120 = portableFileName(QString(120, u'苹') + QStringLiteral(".png"));
    EXPECT_LE(long120.toUtf8().size(), 240);
    EXPECT_TRUE(long120.startsWith(QString(60, u'苹')) && long120.endsWith(QStringLiteral(".png")));
    EXPECT_TRUE(portableFileName(QStringLiteral("😀").repeated(90)).isValidUtf16());
    EXPECT_LE(portableFileName(QStringLiteral("a.") + QString(400, u'b')).toUtf8().size(), 240);
    EXPECT_EQ(portableFileName(QStringLiteral("con.jpg")), QStringLiteral("_con.jpg"));
    EXPECT_EQ(portableFileName(QStringLiteral("LPT1")), QStringLiteral("_LPT1"));
    EXPECT_EQ(portableFileName(QStringLiteral("aux .tar.gz")), QStringLiteral("_aux .tar.gz"));
    EXPECT_EQ(portableFileName(QStringLiteral("concert.jpg")), QStringLiteral("concert.jpg"));
    EXPECT_EQ(portableFileName({}), QString());
}
