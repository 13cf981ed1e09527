#include "core/dataset/EmbeddingTable.h"
#include "tests/core/dataset/DatasetFixture.h"

using namespace goodsight;

namespace {

const QString kModel = QStringLiteral("f1");

AutomaticNote note(bool audit, const QString& label = QStringLiteral("apple"))
{
    return {audit, label, kModel, 0.99, 0.97};
}

/// Taken without a person.
Answer taken(int seed)
{
    Answer answer = answerFor(seed, QStringLiteral("apple"), PhotoState::Automatic);
    answer.automatic = note(false);
    return answer;
}

/// A person's answer where the rule would have taken an apple.
Answer audited(int seed, const QString& label)
{
    Answer answer = answerFor(seed, label, label == u"apple" ? PhotoState::Accepted : PhotoState::Corrected);
    answer.automatic = note(true);
    return answer;
}

class AutomaticAnswersTest : public DatasetTest {
protected:
    AutomaticTally tally(const QString& model = kModel)
    {
        const auto found = store->automaticTally(model, began);
        EXPECT_TRUE(found) << qPrintable(found.error().message);
        return found.value_or(AutomaticTally{});
    }
    qint64 shown(PhotoState state) { return *store->count({{}, {}, {state}}); }

    QDateTime began = QDateTime::currentDateTimeUtc().addSecs(-1);
};

} // namespace

TEST_F(AutomaticAnswersTest, AreToldApartAndCounted)
{
    const auto row = store->answer(taken(1));
    ASSERT_TRUE(row) << qPrintable(row.error().message);
    EXPECT_EQ(row->state, PhotoState::Automatic);
    EXPECT_EQ(row->labelId, QStringLiteral("apple"));
    ASSERT_TRUE(store->answer(taken(2)));
    ASSERT_TRUE(store->answer(audited(3, QStringLiteral("apple"))));
    ASSERT_TRUE(store->answer(audited(4, QStringLiteral("pear"))));
    ASSERT_TRUE(store->answer(answerFor(5, QStringLiteral("apple"))));
    EXPECT_EQ(tally().taken, 2);
    EXPECT_EQ(tally().audits, (QList<bool>{true, false}));
    EXPECT_EQ(tally(QStringLiteral("another model")).taken, 0);
    EXPECT_TRUE(tally(QStringLiteral("another model")).audits.isEmpty());
    EXPECT_EQ(shown(PhotoState::Automatic), 2);
    EXPECT_EQ(store->stats()->automatic, 2);
    EXPECT_EQ(store->stats()->accepted, 2);
    began = QDateTime::currentDateTimeUtc().addSecs(60);
    EXPECT_EQ(tally().taken, 0);
}

TEST_F(AutomaticAnswersTest, AreTakenBackAndDoneAgainWithTheirCount)
{
    ASSERT_TRUE(store->answer(audited(1, QStringLiteral("pear"))));
    ASSERT_TRUE(store->answer(taken(2)));
    const auto back = store->undoAutomatic(store->photos({})->first().sha256);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->state, PhotoState::Unseen);
    EXPECT_EQ(tally().taken, 0);
    ASSERT_TRUE(store->undo());
    EXPECT_TRUE(tally().audits.isEmpty());
    ASSERT_TRUE(store->redo());
    EXPECT_EQ(tally().audits, (QList<bool>{false}));
    const auto again = store->redo();
    ASSERT_TRUE(again);
    EXPECT_EQ(again->state, PhotoState::Automatic);
    EXPECT_EQ(tally().taken, 1);
    reopen();
    EXPECT_EQ(tally().taken, 1);
    EXPECT_EQ(tally().audits.size(), 1);
}

TEST_F(AutomaticAnswersTest, AreNoStepsOfAPerson)
{
    const auto first = store->answer(answerFor(1, QStringLiteral("pear")));
    ASSERT_TRUE(first);
    ASSERT_TRUE(store->answer(taken(2)));
    ASSERT_TRUE(store->answer(taken(3)));
    ASSERT_TRUE(store->nextUndo());
    EXPECT_EQ(store->nextUndo()->sha256, first->sha256);
    const auto back = store->undo();
    ASSERT_TRUE(back);
    EXPECT_EQ(back->id, first->id);
    EXPECT_EQ(back->state, PhotoState::Unseen);
    EXPECT_EQ(tally().taken, 2);
    EXPECT_FALSE(store->canUndo());
    EXPECT_EQ(store->undo().error().code, QStringLiteral("nothing-to-undo"));
    reopen();
    ASSERT_TRUE(store->canRedo());
    const auto again = store->redo();
    ASSERT_TRUE(again);
    EXPECT_EQ(again->id, first->id);
    EXPECT_EQ(again->labelId, QStringLiteral("pear"));
    EXPECT_FALSE(store->canRedo());
    EXPECT_EQ(tally().taken, 2);
}

TEST_F(AutomaticAnswersTest, OneIsTakenBackByItsPhotoWhateverAPersonDidSince)
{
    const auto first = store->answer(taken(1));
    const auto second = store->answer(taken(2));
    ASSERT_TRUE(first && second);
    const auto person = store->answer(answerFor(3, QStringLiteral("pear")));
    ASSERT_TRUE(person);
    EXPECT_EQ(store->undoAutomatic(person->sha256).error().code, QStringLiteral("nothing-to-undo"));
    const auto back = store->undoAutomatic(first->sha256);
    ASSERT_TRUE(back) << qPrintable(back.error().message);
    EXPECT_EQ(back->id, first->id);
    EXPECT_EQ(back->state, PhotoState::Unseen);
    EXPECT_EQ(tally().taken, 1);
    EXPECT_EQ(store->undoAutomatic(first->sha256).error().code, QStringLiteral("nothing-to-undo"));
    ASSERT_TRUE(store->undo());
    EXPECT_EQ(store->photo(person->sha256)->state, PhotoState::Unseen);
    // Done again in the opposite order.
    EXPECT_EQ(store->redo()->id, person->id);
    const auto again = store->redo();
    ASSERT_TRUE(again);
    EXPECT_EQ(again->id, first->id);
    EXPECT_EQ(again->state, PhotoState::Automatic);
    EXPECT_FALSE(store->canRedo());
    EXPECT_EQ(tally().taken, 2);
}

TEST_F(AutomaticAnswersTest, APersonsCorrectionIsTakenBackBeforeTheAnswerThatItCorrects)
{
    const auto first = store->answer(taken(1));
    ASSERT_TRUE(first && store->label(first->sha256, QStringLiteral("pear")));
    EXPECT_EQ(store->undoAutomatic(first->sha256).error().code, QStringLiteral("nothing-to-undo"));
    ASSERT_TRUE(store->undo());
    EXPECT_EQ(store->photo(first->sha256)->state, PhotoState::Automatic);
    ASSERT_TRUE(store->undoAutomatic(first->sha256));
    EXPECT_EQ(store->photo(first->sha256)->state, PhotoState::Unseen);
    EXPECT_EQ(store->redo()->state, PhotoState::Automatic);
    EXPECT_EQ(store->redo()->state, PhotoState::Corrected);
}

TEST_F(AutomaticAnswersTest, OneThatIsTakenAfterAnUndoEndsItsRedo)
{
    // The next entry deletes a photo whose import was taken back, so that nothing would be done again.
    const auto added = store->addPhoto(pasted(1));
    ASSERT_TRUE(added && store->undo());
    ASSERT_TRUE(store->answer(taken(2)));
    EXPECT_FALSE(store->canRedo());
    EXPECT_EQ(store->redo().error().code, QStringLiteral("nothing-to-redo"));
    EXPECT_EQ(*store->count({}), 1);
}

TEST_F(AutomaticAnswersTest, APersonsAnswerEndsOneAndCorrectsAnAudit)
{
    const auto first = store->answer(taken(1));
    const auto second = store->answer(audited(2, QStringLiteral("pear")));
    ASSERT_TRUE(first && second);
    ASSERT_TRUE(store->label(first->sha256, QStringLiteral("pear")));
    ASSERT_TRUE(store->label(second->sha256, QStringLiteral("apple"))); // had mistaken it
    EXPECT_EQ(tally().taken, 0);
    EXPECT_EQ(tally().audits, (QList<bool>{true}));
    EXPECT_EQ(shown(PhotoState::Automatic), 0);
}

TEST_F(AutomaticAnswersTest, NeverWriteOverWhatAPersonDidWithThePhoto)
{
    ASSERT_TRUE(store->addPhoto(pasted(2)));
    ASSERT_TRUE(store->answer(answerFor(1, QStringLiteral("pear"))));
    for (const int seed : {1, 2}) {
        const auto refused = store->answer(taken(seed));
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, QStringLiteral("known-already"));
    }
    EXPECT_EQ(store->photos({})->first().labelId, QStringLiteral("pear"));
    EXPECT_EQ(tally().taken, 0);
    EXPECT_EQ(store->history()->size(), 2);
}

TEST_F(AutomaticAnswersTest, StateAndNoteGoTogether)
{
    Answer bare = answerFor(1, QStringLiteral("apple"), PhotoState::Automatic);
    EXPECT_EQ(store->answer(bare).error().code, QStringLiteral("bad-answer"));
    bare.automatic = note(true);
    EXPECT_EQ(store->answer(bare).error().code, QStringLiteral("bad-answer"));
    Answer person = answerFor(1, QStringLiteral("apple"));
    person.automatic = note(false);
    EXPECT_EQ(store->answer(person).error().code, QStringLiteral("bad-answer"));
    EXPECT_EQ(*store->count({}), 0);
}

TEST_F(AutomaticAnswersTest, MergedLabelsAreTheSameProduct)
{
    ASSERT_TRUE(store->answer(audited(1, QStringLiteral("pear"))));
    ASSERT_TRUE(store->answer(taken(2)));
    ASSERT_TRUE(store->mergeLabels(QStringLiteral("apple"), QStringLiteral("pear")));
    EXPECT_EQ(tally().audits, (QList<bool>{true}));
    EXPECT_EQ(shown(PhotoState::Automatic), 1);
    EXPECT_EQ(store->photos({{}, QStringLiteral("pear"), {}})->size(), 2);
}

TEST_F(AutomaticAnswersTest, AreNobodysLabels)
{
    Answer one = taken(1);
    one.embedding = {1, 2};
    one.backbone = QStringLiteral("b");
    Answer other = answerFor(2, QStringLiteral("apple"));
    other.embedding = {3, 4};
    other.backbone = QStringLiteral("b");
    ASSERT_TRUE(store->answer(one));
    const auto person = store->answer(other);
    ASSERT_TRUE(person);
    // Neither learnt from …
    QStringList learnt;
    const auto table = EmbeddingTable::open(projectDir());
    ASSERT_TRUE(table);
    ASSERT_TRUE((*table)->eachLabelled(QStringLiteral("b"),
                                       [&](const LabelledEmbedding& photo) { learnt.append(photo.sha256); }));
    EXPECT_EQ(learnt, QStringList{person->sha256});
    // … nor in a part, …
    const PartCounts parts = *store->split({0.0, 0.0, 1});
    EXPECT_EQ(parts, (PartCounts{1, 0, 0}));
    EXPECT_EQ(store->stats()->perLabel, (QList<std::pair<QString, qint64>>{{QStringLiteral("apple"), 1}}));
    // … nor what the store usually answers.
    ASSERT_EQ(store->answers()->size(), 1);
    EXPECT_EQ(store->answers()->first().sha256, person->sha256);
}

TEST_F(AutomaticAnswersTest, AFolderNameOutweighsOne)
{
    const auto row = store->answer(taken(1));
    ASSERT_TRUE(row);
    qint64 edit = 0;
    ASSERT_TRUE(store->importPhotos(edit, {{pasted(1), QStringLiteral("pear")}}));
    EXPECT_EQ(store->photo(row->sha256)->state, PhotoState::Imported);
    EXPECT_EQ(store->photo(row->sha256)->labelId, QStringLiteral("pear"));
}

TEST_F(AutomaticAnswersTest, AreKeptWholeOrNotAtAll)
{
    // The note cannot be written: the answer is not there either.
    store.reset();
    ASSERT_TRUE(runSql(database(), {QStringLiteral("CREATE TRIGGER full BEFORE INSERT ON automatic "
                                                   "BEGIN SELECT raise(ABORT, 'no room'); END")}));
    reopen();
    EXPECT_FALSE(store->answer(taken(1)));
    EXPECT_FALSE(store->answer(audited(2, QStringLiteral("pear"))));
    EXPECT_EQ(*store->count({}), 0);
    EXPECT_TRUE(store->history()->isEmpty());
}

TEST_F(AutomaticAnswersTest, TheSeedIsTheProjectsOwnForEver)
{
    const quint64 seed = store->seed();
    reopen();
    EXPECT_EQ(store->seed(), seed);
    QTemporaryDir other;
    const auto another = DatasetStore::open(other.filePath(QStringLiteral("other.goodsight")));
    ASSERT_TRUE(another);
    EXPECT_NE((*another)->seed(), seed);
}
