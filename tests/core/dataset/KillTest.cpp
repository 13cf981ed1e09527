#include "tests/core/dataset/DatasetFixture.h"

#include <QHash>
#include <QProcess>

using namespace goodsight;

using KillTest = DatasetTest;

TEST_F(KillTest, NoAcknowledgedLabelIsLostInAHundredKills)
{
    store.reset();
    QHash<QString, QString> acknowledged; // sha256 → label
    for (int round = 0; round < 100; ++round) {
        QProcess program;
        program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        // Rounds overlap: some photos are new, some are answered again.
        program.start(QStringLiteral(GOODSIGHT_ANSWER_AND_PRINT), {projectDir(), QString::number(round * 2)});
        const int lines = 1 + round % 7;
        int seen = 0;
        while (seen < lines) {
            ASSERT_TRUE(program.canReadLine() || program.waitForReadyRead(60'000)) << "round " << round;
            while (program.canReadLine() && seen < lines) {
                const QStringList words = QString::fromUtf8(program.readLine()).trimmed().split(u' ');
                ASSERT_EQ(words.size(), 2);
                acknowledged[words[0]] = words[1];
                ++seen;
            }
        }
        program.kill();
        ASSERT_TRUE(program.waitForFinished());
        EXPECT_EQ(program.exitStatus(), QProcess::CrashExit);
        // Lines printed before the kill count too.
        while (program.canReadLine()) {
            const QStringList words = QString::fromUtf8(program.readLine()).trimmed().split(u' ');
            if (words.size() == 2)
                acknowledged[words[0]] = words[1];
        }
        reopen(); // takes the dead program's lock over
        ASSERT_TRUE(store) << "round " << round;
        for (auto it = acknowledged.cbegin(); it != acknowledged.cend(); ++it) {
            const auto row = store->photo(it.key());
            ASSERT_TRUE(row) << "round " << round << ": " << qPrintable(it.key()) << " is lost";
            EXPECT_EQ(row->labelId, it.value()) << "round " << round;
        }
        store.reset();
        ASSERT_EQ(askSql(database(), QStringLiteral("PRAGMA integrity_check")), QStringLiteral("ok"));
    }
    reopen();
    const auto rows = store->photos({{}, {}, {}, 0, 100'000});
    EXPECT_GE(rows->size(), acknowledged.size());
    for (const PhotoRow& row : *rows)
        EXPECT_FALSE(fileBytes(row.file).isEmpty());
}
