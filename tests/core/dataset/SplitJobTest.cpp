#include "core/dataset/SplitJob.h"
#include "core/base/JobRunner.h"
#include "tests/core/dataset/DatasetFixture.h"
#include "tests/support/ExifBytes.h"
#include "tests/support/TestSupport.h"

#include <QBuffer>
#include <QFile>
#include <QImage>

#include <random>

using namespace goodsight;

namespace {

/// A picture of its own for each `motif`; `light` changes it as another exposure would.
QByteArray pictureBytes(int motif, int light)
{
    std::mt19937 random(static_cast<quint32>(motif) + 1);
    QImage cells(9, 8, QImage::Format_RGB888);
    for (int y = 0; y < cells.height(); ++y)
        for (int x = 0; x < cells.width(); ++x) {
            const int level = 20 + static_cast<int>(random() % 200) + light;
            cells.setPixel(x, y, qRgb(level, level, level));
        }
    const QImage image = cells.scaled(90, 80);
    QBuffer bytes;
    bytes.open(QIODevice::WriteOnly);
    EXPECT_TRUE(image.save(&bytes, "PNG"));
    return bytes.data();
}

} // namespace

class SplitJobTest : public DatasetTest {
protected:
    QString keep(int motif, int light, const QString& label)
    {
        Answer answer;
        answer.photo.bytes = pictureBytes(motif, light);
        answer.photo.suffix = QStringLiteral("png");
        answer.photo.source = QStringLiteral("clipboard");
        answer.labelId = label;
        answer.state = PhotoState::Corrected;
        const auto row = store->answer(answer);
        EXPECT_TRUE(row);
        return row ? row->sha256 : QString();
    }

    Result<void> run(const SplitOptions& split, const std::atomic_bool* stop = nullptr)
    {
        SplitJob job(*store, {split, {kMaxHashDistance, -1}},
                     [this](const Result<void>&, const SplitReport& got) { report = got; });
        return runInline(job, {}, stop);
    }

    SplitReport report;
};

TEST_F(SplitJobTest, PhotosThatAreAlikeGetOnePart)
{
    QList<QStringList> alike;
    for (int motif = 0; motif < 30; ++motif) {
        QStringList group;
        for (int light = 0; light < 3; ++light)
            group.append(keep(motif, 2 * light, QStringLiteral("apple")));
        alike.append(group);
    }
    ASSERT_TRUE(run({0.3, 0.0, 1}));
    EXPECT_EQ(report.photos, 90);
    EXPECT_EQ(report.hashed, 90);
    EXPECT_EQ(report.unreadable, 0);
    EXPECT_EQ(report.grouped, 90);
    EXPECT_EQ(report.given, (PartCounts{63, 27, 0}));
    for (const QStringList& group : alike)
        for (const QString& sha256 : group)
            EXPECT_EQ(store->photo(sha256)->split, store->photo(group.first())->split);

    // A photo that comes later joins those that it is like, and only it is hashed.
    for (int motif = 0; motif < 30; ++motif) {
        const QString late = keep(motif, 7, QStringLiteral("apple"));
        ASSERT_TRUE(run({0.3, 0.0, 2}));
        EXPECT_EQ(report.hashed, 1);
        EXPECT_EQ(store->photo(late)->split, store->photo(alike[motif].first())->split);
    }
}

TEST_F(SplitJobTest, PhotosOfOneColourAreNotAlike)
{
    for (int i = 0; i < 20; ++i)
        ASSERT_TRUE(store->answer(answerFor(i, QStringLiteral("apple"))));
    ASSERT_TRUE(run({}));
    EXPECT_EQ(report.hashed, 20);
    EXPECT_EQ(report.grouped, 0);
    EXPECT_EQ(report.given, (PartCounts{17, 3, 0}));
    ASSERT_TRUE(run({}));
    EXPECT_EQ(report.hashed, 0) << "it is known that there is nothing to compare";
}

TEST_F(SplitJobTest, PhotosOfOneSittingGetOnePart)
{
    // Ten sittings an hour apart, four photos in each, ten seconds apart; every picture is another.
    QList<QStringList> sittings;
    for (int sitting = 0; sitting < 10; ++sitting) {
        QStringList photos;
        for (int i = 0; i < 4; ++i) {
            const QImage picture = QImage::fromData(pictureBytes(4 * sitting + i, 0));
            QBuffer jpeg;
            ASSERT_TRUE(jpeg.open(QIODevice::WriteOnly));
            ASSERT_TRUE(picture.save(&jpeg, "JPEG"));
            const QByteArray time = QStringLiteral("2026:03:02 %1:00:%2")
                                        .arg(8 + sitting, 2, 10, QLatin1Char('0'))
                                        .arg(10 * i, 2, 10, QLatin1Char('0'))
                                        .toLatin1();
            Answer answer;
            answer.photo.bytes = jpeg.buffer().insert(2, testsupport::exifSegment(time + '\0', i % 2 == 0));
            answer.photo.suffix = QStringLiteral("jpg");
            answer.photo.source = QStringLiteral("import");
            answer.labelId = QStringLiteral("apple");
            const auto row = store->answer(answer);
            ASSERT_TRUE(row) << qPrintable(row.error().message);
            EXPECT_EQ(row->capturedAt.toLocalTime().time(), QTime(8 + sitting, 0, 10 * i));
            photos.append(row->sha256);
        }
        sittings.append(photos);
    }
    SplitJob job(*store, {{0.2, 0.0, 1}, {}},
                 [this](const Result<void>&, const SplitReport& got) { report = got; });
    ASSERT_TRUE(runInline(job));
    EXPECT_EQ(report.unreadable, 0);
    EXPECT_EQ(report.grouped, 40);
    EXPECT_EQ(report.given, (PartCounts{32, 8, 0}));
    for (const QStringList& photos : sittings)
        for (const QString& sha256 : photos)
            EXPECT_EQ(store->photo(sha256)->split, store->photo(photos.first())->split);
}

TEST_F(SplitJobTest, AMissingPhotoIsSplitWithoutBeingCompared)
{
    const QString gone = keep(1, 0, QStringLiteral("apple"));
    keep(1, 2, QStringLiteral("apple"));
    ASSERT_TRUE(QFile::remove(store->photo(gone)->file));
    ASSERT_TRUE(run({}));
    EXPECT_EQ(report.unreadable, 1);
    EXPECT_EQ(report.grouped, 0);
    EXPECT_FALSE(store->photo(gone)->split.isEmpty());
}

TEST_F(SplitJobTest, StoppedItChangesNoPart)
{
    keep(1, 0, QStringLiteral("apple"));
    const std::atomic_bool stop = true;
    const auto stopped = run({}, &stop);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, QStringLiteral("cancelled"));
    EXPECT_EQ(store->stats()->parts, PartCounts{});
}

TEST_F(SplitJobTest, RunsOnAThreadOfItsOwn)
{
    for (int motif = 0; motif < 4; ++motif)
        keep(motif, 0, QStringLiteral("pear"));
    JobRunner runner;
    bool finished = false;
    runner.start(std::make_unique<SplitJob>(*store, SplitRequest{},
                                            [&](const Result<void>& result, const SplitReport& got) {
                                                finished = result.has_value();
                                                report = got;
                                            }));
    EXPECT_TRUE(testsupport::waitFor([&] { return finished; }));
    EXPECT_EQ(report.given, (PartCounts{3, 1, 0}));
}

TEST_F(SplitJobTest, APartOfABadShareIsRefused)
{
    keep(1, 0, QStringLiteral("apple"));
    EXPECT_EQ(run({0.5, 0.5, 1}).error().code, QStringLiteral("bad-split"));
}
