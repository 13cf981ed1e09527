#include "tests/core/dataset/DatasetFixture.h"
#include "tests/support/TestSupport.h"

#include <QJsonObject>

using namespace goodsight;

namespace {

const QString kApple = QStringLiteral("apple");
const QString kPear = QStringLiteral("pear");
const QString kOld = QStringLiteral("old");

ModelRecord trained(const char* name, const char* fingerprint, const char* parent)
{
    ModelRecord model;
    model.name = QString::fromLatin1(name);
    model.fingerprint = QString::fromLatin1(fingerprint);
    model.file = model.name + QStringLiteral(".safetensors");
    model.parent = QString::fromLatin1(parent);
    model.data = QStringLiteral("data");
    model.plan = {{QStringLiteral("epochs"), 5}, {QStringLiteral("名"), QStringLiteral("快")}};
    model.seed = 4'000'000'000U;
    model.metrics = {{QStringLiteral("top1"), 0.804}};
    return model;
}

} // namespace

class ModelRowsTest : public DatasetTest {
protected:
    qint64 inShadow(const char* name = "fruit-2")
    {
        const auto model = store->registerModel(trained(name, name, "f1"));
        EXPECT_TRUE(model);
        EXPECT_TRUE(store->moveModel(model->id, ModelStage::InShadow));
        return model->id;
    }
};

TEST_F(ModelRowsTest, AModelKeepsWhatItComesFrom)
{
    const ModelRecord given = trained("fruit", "f1", "f0");
    const auto kept = store->registerModel(given);
    ASSERT_TRUE(kept) << qPrintable(kept.error().message);
    reopen();
    const auto models = store->models();
    ASSERT_TRUE(models);
    ASSERT_EQ(models->size(), 1);
    const ModelRecord& model = models->first();
    EXPECT_GT(model.id, 0);
    EXPECT_EQ(model.id, kept->id);
    EXPECT_EQ(model.name, given.name);
    EXPECT_EQ(model.fingerprint, given.fingerprint);
    EXPECT_EQ(model.file, given.file);
    EXPECT_EQ(model.parent, given.parent);
    EXPECT_EQ(model.data, given.data);
    EXPECT_EQ(model.plan, given.plan);
    EXPECT_EQ(model.seed, given.seed);
    EXPECT_EQ(model.metrics, given.metrics);
    EXPECT_EQ(model.stage, ModelStage::Candidate);
    EXPECT_TRUE(model.at.isValid());
    EXPECT_FALSE(model.promotedAt.isValid());
    EXPECT_FALSE(store->canUndo()) << "no journal entry";
}

TEST_F(ModelRowsTest, ANameIsTakenOnce)
{
    ASSERT_TRUE(store->registerModel(trained("fruit", "f1", "f0")));
    EXPECT_EQ(store->registerModel(trained("fruit", "f2", "f0")).error().code,
              QStringLiteral("model-name-taken"));
    EXPECT_EQ(store->models()->size(), 1);
}

TEST_F(ModelRowsTest, TheLineGoesBackToWhatTheProjectDoesNotKnow)
{
    ASSERT_TRUE(store->registerModel(trained("a", "f1", "shipped")));
    ASSERT_TRUE(store->registerModel(trained("other", "g1", "shipped")));
    ASSERT_TRUE(store->registerModel(trained("b", "f2", "f1")));
    ASSERT_TRUE(store->registerModel(trained("same", "f2", "f2")));
    const auto line = store->lineage(QStringLiteral("f2"));
    ASSERT_TRUE(line);
    QStringList names;
    for (const ModelRecord& model : *line)
        names.append(model.name);
    EXPECT_EQ(names, (QStringList{QStringLiteral("same"), QStringLiteral("b"), QStringLiteral("a")}));
    EXPECT_TRUE(store->lineage(QStringLiteral("shipped"))->isEmpty());
    EXPECT_TRUE(store->lineage({})->isEmpty());
}

TEST_F(ModelRowsTest, StagesFollowEachOtherAndNoOtherWay)
{
    constexpr std::array all{ModelStage::Candidate, ModelStage::InShadow, ModelStage::Promoted,
                             ModelStage::Rejected};
    const QList<std::pair<ModelStage, ModelStage>> good{{ModelStage::Candidate, ModelStage::InShadow},
                                                        {ModelStage::Candidate, ModelStage::Rejected},
                                                        {ModelStage::InShadow, ModelStage::Promoted},
                                                        {ModelStage::InShadow, ModelStage::Rejected}};
    int number = 0;
    for (const ModelStage from : all)
        for (const ModelStage to : all) {
            const auto id =
                store->registerModel(trained(qPrintable(QString::number(++number)), "f", "p"))->id;
            if (from == ModelStage::InShadow || from == ModelStage::Promoted) {
                ASSERT_TRUE(store->moveModel(id, ModelStage::InShadow));
            }
            if (from == ModelStage::Promoted || from == ModelStage::Rejected) {
                ASSERT_TRUE(store->moveModel(id, from));
            }
            const auto moved = store->moveModel(id, to);
            EXPECT_EQ(moved.has_value(), good.contains({from, to})) << int(from) << " " << int(to);
            if (moved)
                EXPECT_EQ(moved->stage, to);
            else
                EXPECT_EQ(moved.error().code, QStringLiteral("model-stage"));
        }
    EXPECT_EQ(store->moveModel(9999, ModelStage::InShadow).error().code, QStringLiteral("model-unknown"));
}

TEST_F(ModelRowsTest, OneClickBackGivesTheModelThatWasInUse)
{
    EXPECT_EQ(store->takeModelBack().error().code, QStringLiteral("nothing-to-take-back"));
    const ModelRef shipped{QStringLiteral("groceries"), QStringLiteral("f0")};
    const qint64 first = inShadow("one");
    ASSERT_TRUE(store->moveModel(first, ModelStage::Promoted, shipped));
    const ModelRef one{QStringLiteral("one"), QStringLiteral("one")};
    const qint64 second = inShadow("two");
    const auto promoted = store->moveModel(second, ModelStage::Promoted, one);
    ASSERT_TRUE(promoted);
    EXPECT_TRUE(promoted->promotedAt.isValid());
    EXPECT_EQ(promoted->replaced, one);

    reopen();
    EXPECT_EQ(*store->takeModelBack(), one);
    EXPECT_EQ(store->models()->first().stage, ModelStage::Rejected);
    EXPECT_EQ(*store->takeModelBack(), shipped);
    EXPECT_EQ(store->takeModelBack().error().code, QStringLiteral("nothing-to-take-back"));
}

TEST_F(ModelRowsTest, WhatTwoModelsSaidIsKeptWithTheLabelOfToday)
{
    const qint64 model = inShadow();
    const QString a = store->answer(answerFor(1, kApple))->sha256;
    const QString b = store->answer(answerFor(2, kPear))->sha256;
    const QString c = store->addPhoto(pasted(3))->sha256;
    ASSERT_TRUE(store->keepShadow(model, kOld,
                                  {{a, kApple, 0.9, kApple, 0.8},
                                   {b, kApple, 0.6, kPear, 0.7},
                                   {c, kApple, 0.5, QStringLiteral("elsewhere"), 0.4},
                                   {QStringLiteral("not-here"), kApple, 1, kPear, 1}}));
    const auto all = store->shadowPhotos(model, kOld);
    ASSERT_TRUE(all) << qPrintable(all.error().message);
    ASSERT_EQ(all->size(), 3);
    EXPECT_EQ(all->at(0).said.sha256, c);
    EXPECT_EQ(all->at(0).labelId, QString());
    EXPECT_EQ(all->at(0).said.newLabel, QStringLiteral("elsewhere"));
    EXPECT_EQ(all->at(2).said.sha256, a);
    EXPECT_EQ(all->at(2).labelId, kApple);
    EXPECT_EQ(all->at(2).said.oldConfidence, 0.9);
    EXPECT_EQ(all->at(2).said.newConfidence, 0.8);
    EXPECT_EQ(store->shadowPhotos(model, kOld, true)->size(), 2);
    EXPECT_EQ(store->shadowPhotos(model, kOld, true, 1, 1)->first().said.sha256, b);
    EXPECT_TRUE(store->shadowPhotos(model, QStringLiteral("another"))->isEmpty())
        << "beside another model it was not";

    // The label that counts now, and products that were merged.
    ASSERT_TRUE(store->label(c, kPear));
    ASSERT_TRUE(store->mergeLabels(kPear, kApple));
    EXPECT_EQ(store->shadowPhotos(model, kOld)->at(0).labelId, kApple);
    EXPECT_EQ(store->shadowPhotos(model, kOld)->at(1).said.newLabel, kApple);
    EXPECT_EQ(store->shadowPhotos(model, kOld, true)->size(), 1);

    // Seen again, it counts once.
    ASSERT_TRUE(store->keepShadow(model, kOld, {{a, kApple, 0.9, kPear, 0.3}}));
    EXPECT_EQ(store->shadowPhotos(model, kOld)->size(), 3);
    EXPECT_EQ(store->shadowPhotos(model, kOld)->at(2).said.newConfidence, 0.3);
}

TEST_F(ModelRowsTest, PhotosThatTheModelMayHaveLearntFromAreNotCompared)
{
    const QString seen = store->answer(answerFor(1, kApple))->sha256;
    ASSERT_TRUE(runSql(database(), {QStringLiteral("UPDATE annotations SET at = at - 1000")}));
    const qint64 model = inShadow();
    ASSERT_TRUE(store->answer(answerFor(1, kPear))); // answered again since
    ASSERT_TRUE(store->keepShadow(model, kOld, {{seen, kApple, 0.9, kPear, 0.8}}));
    EXPECT_TRUE(store->shadowPhotos(model, kOld)->isEmpty());
}

TEST_F(ModelRowsTest, TheShadowIsKeptWithoutWaitingToo)
{
    const qint64 model = inShadow();
    const QString photo = store->answer(answerFor(1, kApple))->sha256;
    std::optional<Result<void>> kept;
    store->keepShadowAsync(model, kOld, {{photo, kApple, 0.9, kPear, 0.8}},
                           [&](const Result<void>& done) { kept = done; });
    EXPECT_FALSE(kept);
    ASSERT_TRUE(testsupport::waitFor([&] { return kept.has_value(); }));
    EXPECT_TRUE(*kept);
    EXPECT_EQ(store->shadowPhotos(model, kOld)->size(), 1);
}

TEST_F(ModelRowsTest, OnlyAModelInTheShadowIsCompared)
{
    const auto candidate = store->registerModel(trained("fruit", "f1", "f0"));
    const QString photo = store->addPhoto(pasted(1))->sha256;
    ASSERT_TRUE(store->keepShadow(candidate->id, kOld, {{photo, kApple, 0.9, kPear, 0.8}}));
    EXPECT_TRUE(store->shadowPhotos(candidate->id, kOld)->isEmpty());
    ASSERT_TRUE(store->moveModel(candidate->id, ModelStage::InShadow));
    ASSERT_TRUE(store->keepShadow(candidate->id, kOld, {{photo, kApple, 0.9, kPear, 0.8}}));
    EXPECT_EQ(store->shadowPhotos(candidate->id, kOld)->size(), 1);
}
