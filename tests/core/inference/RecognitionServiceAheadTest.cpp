#include "tests/core/inference/ServiceFixture.h"

using namespace goodsight;
using namespace goodsight::testsupport;

TEST_F(ServiceTest, FilesAskedForAheadAreAnsweredInTheirOrderManyInAPass)
{
    const QList<quint64> ids = askAhead(13);
    service->configure(config);
    ASSERT_TRUE(waitForEndings(13));
    EXPECT_EQ(order, ids);
    for (int i = 0; i < ids.size(); ++i)
        EXPECT_EQ(answers[ids[i]].top[0].id, QStringLiteral("grey-%1").arg(i % 5));
    EXPECT_EQ(script->runs, 4) << "one alone, then four at a time";
}

TEST_F(ServiceTest, WhoeverWaitsGoesBeforeWhatIsAskedForAhead)
{
    script->gated = true;
    service->configure(config);
    const QList<quint64> ids = askAhead(20);
    ASSERT_TRUE(waitFor([&] { return script->runs == 1; }));
    const auto viewed = service->request(photo(3), QStringLiteral("main"));
    const auto queued = service->request(photo(4));
    script->gate.release(100);
    ASSERT_TRUE(waitForEndings(22));
    EXPECT_EQ(order.first(3), (QList<quint64>{ids[0], viewed, queued}));
    EXPECT_EQ(order.mid(3), ids.mid(1)) << "nothing is lost or comes twice";
    expectEachEndedOnce(22);
}

TEST_F(ServiceTest, WhatWasAskedForAheadIsCancelledAtOnce)
{
    script->gated = true;
    service->configure(config);
    const QList<quint64> ids = askAhead(20);
    ASSERT_TRUE(waitFor([&] { return script->runs == 1; }));
    for (const quint64 id : ids) {
        if (id != ids[17])
            service->cancel(id);
    }
    script->gate.release(100);
    ASSERT_TRUE(waitForEndings(20));
    settle();
    expectEachEndedOnce(20);
    EXPECT_EQ(dropped.size(), 19);
    EXPECT_TRUE(answers.contains(ids[17]));
    EXPECT_EQ(script->runs, 2) << "the pass that ran, and that of the one that is still wanted";
}

TEST_F(ServiceTest, AFileAheadThatCannotBeReadFailsAlone)
{
    service->configure(config);
    const QList<quint64> ids = askAhead(6);
    ASSERT_TRUE(waitForEndings(6));
    withoutPicture.insert(service->requestAhead(folder.filePath(QStringLiteral("nowhere.png"))));
    const QList<quint64> more = askAhead(3);
    ASSERT_TRUE(waitForEndings(10));
    EXPECT_EQ(errors.size(), 1);
    EXPECT_EQ(errors.cbegin()->code, QStringLiteral("not-found"));
    EXPECT_TRUE(answers.contains(more.last()));
}

TEST_F(ServiceTest, WithoutAModelFilesAheadFailWithItsError)
{
    loadingFails = true;
    service->configure(config);
    askAhead(3);
    ASSERT_TRUE(waitForEndings(3));
    EXPECT_EQ(errors.size(), 3);
    EXPECT_EQ(errors.cbegin()->code, QStringLiteral("bad-model"));
}
