#include "tests/core/dataset/DatasetFixture.h"

#include <QHash>
#include <QProcess>

using namespace goodsight;

namespace {

/// What the program has said about its answers.
struct Answers {
    QHash<QString, QString> kept; ///< sha256 → label, acknowledged
    QHash<QString, QString> sent; ///< sha256 → label, asked for since and perhaps kept
    int acknowledged = 0;

    void read(QProcess& program)
    {
        const QStringList words = QString::fromUtf8(program.readLine()).trimmed().split(u' ');
        ASSERT_EQ(words.size(), 3);
        if (words[0] == u"sent") {
            sent[words[1]] = words[2];
            return;
        }
        kept[words[1]] = words[2];
        sent.remove(words[1]);
        ++acknowledged;
    }
};

} // namespace

using KillTest = DatasetTest;

TEST_F(KillTest, NoAcknowledgedLabelIsLostInAHundredKills)
{
    store.reset();
    Answers answers;
    for (int round = 0; round < 100; ++round) {
        QProcess program;
        program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        // Rounds overlap: some photos are new, some are answered again, with another label.
        program.start(QStringLiteral(GOODSIGHT_ANSWER_AND_PRINT), {projectDir(), QString::number(round)});
        const int wanted = answers.acknowledged + 1 + round % 7;
        while (answers.acknowledged < wanted) {
            ASSERT_TRUE(program.canReadLine() || program.waitForReadyRead(60'000)) << "round " << round;
            while (program.canReadLine() && answers.acknowledged < wanted)
                answers.read(program);
        }
        program.kill();
        ASSERT_TRUE(program.waitForFinished());
        EXPECT_EQ(program.exitStatus(), QProcess::CrashExit);
        // Lines printed before the kill count too.
        while (program.canReadLine())
            answers.read(program);
        reopen(); // takes the dead program's lock over
        ASSERT_TRUE(store) << "round " << round;
        for (auto it = answers.kept.begin(); it != answers.kept.end(); ++it) {
            const auto row = store->photo(it.key());
            ASSERT_TRUE(row) << "round " << round << ": " << qPrintable(it.key()) << " is lost";
            // The newest answer counts, whether the program lived to say that it was kept or not; once seen,
            // it stays.
            if (row->labelId != it.value()) {
                EXPECT_EQ(row->labelId, answers.sent.value(it.key())) << "round " << round << ": stale";
                it.value() = row->labelId;
            }
        }
        answers.sent.clear();
        store.reset();
        ASSERT_EQ(askSql(database(), QStringLiteral("PRAGMA integrity_check")), QStringLiteral("ok"));
        // An answer and what it was an audit of came together.
        ASSERT_EQ(
            askSql(database(), QStringLiteral("SELECT count(*) FROM annotations a LEFT JOIN automatic t "
                                              "ON t.annotation_id = a.id WHERE t.audit IS NOT 1")),
            QStringLiteral("0"));
    }
    reopen();
    const auto rows = store->photos({{}, {}, {}, 0, 100'000});
    EXPECT_GE(rows->size(), answers.kept.size());
    for (const PhotoRow& row : *rows)
        EXPECT_FALSE(fileBytes(row.file).isEmpty());
}
