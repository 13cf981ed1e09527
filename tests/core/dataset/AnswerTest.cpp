#include "core/dataset/PhotoFiles.h"
#include "tests/core/dataset/DatasetFixture.h"
#include "tests/support/TestSupport.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QThread>

using namespace goodsight;

namespace {

const QString kApple = QStringLiteral("apple");
const QString kPear = QStringLiteral("pear");

int filesBelow(const QString& folder)
{
    int count = 0;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    for (; files.hasNext(); files.next())
        ++count;
    return count;
}

} // namespace

using AnswerTest = DatasetTest;

TEST_F(AnswerTest, MakesTheFoldersOfAProject)
{
    EXPECT_TRUE(QFile::exists(database()));
    EXPECT_TRUE(QDir(projectDir() + QStringLiteral("/images")).exists());
    EXPECT_TRUE(QDir(projectDir() + QStringLiteral("/models")).exists());
    EXPECT_EQ(store->dir(), projectDir());
}

TEST_F(AnswerTest, IsThereAfterReopeningWithItsPhotoAndPrediction)
{
    const auto row = store->answer(answerFor(1, kPear, PhotoState::Corrected));
    ASSERT_TRUE(row) << qPrintable(row.error().message);
    EXPECT_EQ(row->labelId, kPear);
    EXPECT_EQ(row->state, PhotoState::Corrected);
    reopen();
    const auto rows = store->photos({});
    ASSERT_TRUE(rows);
    ASSERT_EQ(rows->size(), 1);
    const PhotoRow& kept = rows->first();
    EXPECT_EQ(kept.labelId, kPear);
    EXPECT_EQ(kept.state, PhotoState::Corrected);
    EXPECT_EQ(kept.source, QStringLiteral("clipboard"));
    EXPECT_EQ(kept.sha256, sha256Of(pngBytes(1)));
    EXPECT_EQ(kept.file, projectDir() + QStringLiteral("/images/") + kept.sha256.left(2) + u'/' +
                             kept.sha256 + QStringLiteral(".png"));
    EXPECT_EQ(fileBytes(kept.file), pngBytes(1));
    EXPECT_TRUE(kept.labelledAt.isValid());
    store.reset();
    EXPECT_EQ(
        askSql(database(), QStringLiteral("SELECT p.model || ' ' || p.backend || ' ' || top FROM predictions "
                                          "p JOIN annotations a ON a.prediction_id = p.id")),
        QStringLiteral(
            R"(groceries torch [{"confidence":0.7,"id":"apple"},{"confidence":0.2,"id":"pear"}])"));
}

TEST_F(AnswerTest, TheSameBytesAreOneImageAndTheNewerAnswerCounts)
{
    writeFile(folder.filePath(QStringLiteral("a.png")), pngBytes(1));
    Answer first;
    first.photo.path = folder.filePath(QStringLiteral("a.png"));
    first.labelId = kApple;
    ASSERT_TRUE(store->answer(first));
    ASSERT_TRUE(store->answer(answerFor(1, kPear, PhotoState::Corrected)));
    const auto rows = store->photos({});
    ASSERT_EQ(rows->size(), 1);
    EXPECT_EQ(rows->first().labelId, kPear);
    EXPECT_EQ(rows->first().name, QStringLiteral("a.png"));
    EXPECT_EQ(filesBelow(projectDir() + QStringLiteral("/images")), 1);
    EXPECT_EQ(store->history()->size(), 2);
    const auto stats = store->stats();
    EXPECT_EQ(stats->photos, 1);
    EXPECT_EQ(stats->accepted, 0);
    EXPECT_EQ(stats->corrected, 1);
    ASSERT_EQ(stats->perLabel.size(), 1);
    EXPECT_EQ(stats->perLabel.first().first, kPear);
}

TEST_F(AnswerTest, AnAsyncAnswerArrivesOnThisThreadAfterTheCommit)
{
    int changes = 0;
    int labelChanges = 0;
    QObject::connect(store.get(), &DatasetStore::changed, store.get(), [&] { ++changes; });
    QObject::connect(store.get(), &DatasetStore::labelsChanged, store.get(), [&] { ++labelChanges; });
    Result<PhotoRow> got = fail(Error{});
    QThread* thread = nullptr;
    store->answerAsync(answerFor(1, kApple), [&](const Result<PhotoRow>& row) {
        got = row;
        thread = QThread::currentThread();
        EXPECT_EQ(*store->count({}), 1);
        EXPECT_EQ(changes, 0) << "who answered is told first";
    });
    EXPECT_EQ(thread, nullptr) << "called from inside answerAsync";
    ASSERT_TRUE(testsupport::waitFor([&] { return thread != nullptr; }));
    ASSERT_TRUE(got);
    EXPECT_EQ(thread, QThread::currentThread());
    EXPECT_EQ(got->labelId, kApple);
    EXPECT_EQ(changes, 1);
    EXPECT_EQ(labelChanges, 0) << "an answer with a known label changes no label";
}

TEST_F(AnswerTest, AnAnswersReceiverMayCloseTheProject)
{
    bool called = false;
    store->answerAsync(answerFor(1, kApple), [&](const Result<PhotoRow>&) {
        store.reset();
        called = true;
    });
    ASSERT_TRUE(testsupport::waitFor([&] { return called; }));
    reopen();
    EXPECT_EQ(*store->count({}), 1);
}

TEST_F(AnswerTest, APhotoIsAddedInTheBackground)
{
    QStringList order;
    QObject::connect(store.get(), &DatasetStore::changed, store.get(),
                     [&] { order.append(QStringLiteral("changed")); });
    store->addPhotoAsync(pasted(1), [&](const Result<PhotoRow>& row) {
        ASSERT_TRUE(row);
        EXPECT_EQ(row->state, PhotoState::Unseen);
        order.append(QStringLiteral("done"));
    });
    EXPECT_TRUE(order.isEmpty());
    ASSERT_TRUE(testsupport::waitFor([&] { return order.size() == 2; }));
    EXPECT_EQ(order, (QStringList{QStringLiteral("done"), QStringLiteral("changed")}));
    EXPECT_EQ(*store->count({}), 1);
}

TEST_F(AnswerTest, AnswersThatWaitAreKeptWhenTheStoreIsClosed)
{
    for (int i = 0; i < 40; ++i)
        store->answerAsync(answerFor(i, kApple),
                           [](const Result<PhotoRow>&) { FAIL() << "the store is gone"; });
    reopen();
    EXPECT_EQ(*store->count({}), 40);
}

TEST_F(AnswerTest, AnUnknownLabelLeavesNothing)
{
    const auto row = store->answer(answerFor(1, QStringLiteral("no-such")));
    ASSERT_FALSE(row);
    EXPECT_EQ(row.error().code, QStringLiteral("label-unknown"));
    EXPECT_EQ(*store->count({}), 0);
    EXPECT_EQ(filesBelow(projectDir() + QStringLiteral("/images")), 0);
    EXPECT_FALSE(store->canUndo());
}

TEST_F(AnswerTest, AnUnseenAnswerIsRefused)
{
    EXPECT_EQ(store->answer(answerFor(1, kApple, PhotoState::Unseen)).error().code,
              QStringLiteral("bad-answer"));
}

TEST_F(AnswerTest, VanishedEmptyAndFolderPhotosSaySo)
{
    Answer answer;
    answer.labelId = kApple;
    answer.photo.path = folder.filePath(QStringLiteral("gone\nphoto.png"));
    auto row = store->answer(answer);
    ASSERT_FALSE(row);
    EXPECT_EQ(row.error().code, QStringLiteral("not-found"));
    EXPECT_TRUE(row.error().message.contains(QStringLiteral("gone␤photo.png")));
    writeFile(answer.photo.path, {});
    EXPECT_EQ(store->answer(answer).error().code, QStringLiteral("empty-file"));
    answer.photo.path = folder.path();
    EXPECT_EQ(store->answer(answer).error().code, QStringLiteral("unreadable"));
    answer.photo.path.clear();
    EXPECT_EQ(store->answer(answer).error().code, QStringLiteral("empty-file"));
    EXPECT_EQ(*store->count({}), 0);
}

TEST_F(AnswerTest, ALabelBelongsToTheBytesThatWereShown)
{
    Answer answer = answerFor(1, {});
    answer.newLabelName = QStringLiteral("新商品");
    answer.photo = {};
    answer.photo.path = folder.filePath(QStringLiteral("x.jpg"));
    answer.photo.sha256 = sha256Of(pngBytes(1));
    writeFile(answer.photo.path, pngBytes(2));
    const auto refused = store->answer(answer);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, QStringLiteral("photo-changed"));
    EXPECT_EQ(refused.error().message, QStringLiteral("“x.jpg” has changed since it was shown."));
    EXPECT_EQ(refused.error().hint, QStringLiteral("Open it again and answer once more."));
    EXPECT_EQ(*store->count({}), 0);
    EXPECT_EQ(filesBelow(projectDir() + QStringLiteral("/images")), 0);
    EXPECT_EQ(store->labels(), fruit());
    EXPECT_FALSE(store->canUndo());

    answer.photo.sha256 = sha256Of(pngBytes(2)).toUpper();
    EXPECT_TRUE(store->answer(answer));
}

TEST_F(AnswerTest, AnyFileNameIsKept)
{
    for (const QString& name :
         {QStringLiteral("有 空格.png"), QStringLiteral("😀🍏.PNG"), QStringLiteral("a\nb.png"),
          QStringLiteral("quote'\"%_.p/../ng").remove(u'/'), QStringLiteral("nosuffix")}) {
        Answer answer;
        answer.labelId = kApple;
        answer.photo.path = folder.filePath(name);
        writeFile(answer.photo.path, name.toUtf8());
        const auto row = store->answer(answer);
        ASSERT_TRUE(row) << qPrintable(name) << qPrintable(row.error().message);
        EXPECT_EQ(row->name, name);
        EXPECT_EQ(fileBytes(row->file), name.toUtf8());
        EXPECT_TRUE(row->file.startsWith(projectDir() + QStringLiteral("/images/")));
    }
}

TEST_F(AnswerTest, APhotoDeletedBehindOurBackComesBackWithItsBytes)
{
    const auto row = store->answer(answerFor(1, kApple));
    ASSERT_TRUE(QFile::remove(row->file));
    const auto again = store->answer(answerFor(1, kPear));
    ASSERT_TRUE(again);
    EXPECT_EQ(fileBytes(row->file), pngBytes(1));
    ASSERT_TRUE(QDir(projectDir() + QStringLiteral("/images")).removeRecursively());
    reopen();
    EXPECT_EQ(store->photos({})->first().labelId, kPear) << "a missing images folder takes no label away";
    EXPECT_TRUE(store->answer(answerFor(2, kApple)));
}

TEST_F(AnswerTest, ADamagedPhotoIsRepairedWhenItComesAgain)
{
    const auto row = store->answer(answerFor(1, kApple));
    ASSERT_TRUE(row);
    QByteArray damaged = pngBytes(1);
    damaged[damaged.size() / 2] = static_cast<char>(~damaged[damaged.size() / 2]);
    writeFile(row->file, damaged);
    ASSERT_TRUE(store->answer(answerFor(1, kPear)));
    EXPECT_EQ(fileBytes(row->file), pngBytes(1));
    EXPECT_EQ(filesBelow(projectDir() + QStringLiteral("/images")), 1);
}

TEST_F(AnswerTest, APhotoInPlaceIsNotCopied)
{
    PhotoData photo;
    photo.path = folder.filePath(QStringLiteral("there.png"));
    photo.inPlace = true;
    writeFile(photo.path, pngBytes(5));
    const auto row = store->addPhoto(photo);
    ASSERT_TRUE(row);
    EXPECT_EQ(row->file, photo.path);
    EXPECT_EQ(filesBelow(projectDir() + QStringLiteral("/images")), 0);
    ASSERT_TRUE(store->undo());
    ASSERT_TRUE(store->answer(answerFor(6, kApple)));
    reopen();
    EXPECT_TRUE(QFile::exists(photo.path)) << "never deletes what is not the project's";
}

TEST_F(AnswerTest, ACopyTakesThePlaceOfAReference)
{
    PhotoData photo;
    photo.path = folder.filePath(QStringLiteral("there.png"));
    photo.inPlace = true;
    writeFile(photo.path, pngBytes(5));
    ASSERT_TRUE(store->addPhoto(photo));
    const auto row = store->answer(answerFor(5, kApple));
    ASSERT_TRUE(row);
    EXPECT_TRUE(row->file.startsWith(projectDir()));
}

TEST_F(AnswerTest, LabelsAPhotoByItsHash)
{
    const auto added = store->addPhoto(pasted(1));
    ASSERT_TRUE(added);
    EXPECT_EQ(added->state, PhotoState::Unseen);
    const auto labelled = store->label(added->sha256, kPear);
    ASSERT_TRUE(labelled);
    EXPECT_EQ(labelled->labelId, kPear);
    EXPECT_EQ(labelled->state, PhotoState::Corrected);
    EXPECT_EQ(store->label(QString(64, u'0'), kPear).error().code, QStringLiteral("photo-unknown"));
    EXPECT_EQ(store->label(added->sha256, QStringLiteral("nix")).error().code,
              QStringLiteral("label-unknown"));
}

TEST_F(AnswerTest, PagesFilterAndCount)
{
    for (int i = 0; i < 10; ++i) {
        writeFile(folder.filePath(QStringLiteral("Photo_%1.png").arg(i)), pngBytes(i));
        Answer answer = answerFor(i, i % 2 ? kPear : QStringLiteral("granny-smith"),
                                  i < 3 ? PhotoState::Corrected : PhotoState::Accepted);
        answer.photo.path = folder.filePath(QStringLiteral("Photo_%1.png").arg(i));
        ASSERT_TRUE(store->answer(answer));
    }
    ASSERT_TRUE(store->addPhoto(pasted(99)));
    const auto count = [&](const PhotoQuery& query) {
        EXPECT_EQ(*store->count(query), store->photos(query)->size());
        return *store->count(query);
    };
    PhotoQuery query;
    EXPECT_EQ(count(query), 11);
    query.states = {PhotoState::Unseen};
    EXPECT_EQ(count(query), 1);
    query.states = {PhotoState::Unseen, PhotoState::Corrected};
    EXPECT_EQ(count(query), 4);
    query = {};
    query.labelId = kPear;
    EXPECT_EQ(count(query), 5);
    query = {};
    query.text = QStringLiteral("苹果"); // part of 青苹果
    EXPECT_EQ(count(query), 5);
    query.text = QStringLiteral("photo_7");
    EXPECT_EQ(count(query), 1);
    query.text = QStringLiteral("sku-7");
    EXPECT_EQ(count(query), 5);
    query.text = QStringLiteral("%");
    EXPECT_EQ(count(query), 0) << "a percent sign is a percent sign";
    query = {};
    query.limit = 4;
    query.offset = 8;
    const auto rows = store->photos(query);
    ASSERT_EQ(rows->size(), 3);
    EXPECT_EQ(rows->last().name, QStringLiteral("Photo_0.png")) << "newest first";
    EXPECT_EQ(*store->count(query), 11);
}
