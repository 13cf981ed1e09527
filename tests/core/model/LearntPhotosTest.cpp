#include "core/model/LearntPhotos.h"

#include <gtest/gtest.h>

using namespace goodsight;

namespace {

const QString kOne = QStringLiteral("00ff00ff00ff") + QString(52, u'1');
const QString kOther = QStringLiteral("a0b1c2d3e4f5") + QString(52, u'2');

QJsonObject manifest(const QString& text)
{
    return {{QStringLiteral("training"), QJsonObject{{QStringLiteral("learnt_from"), text}}}};
}

} // namespace

TEST(LearntPhotos, AManifestKeepsThemWhateverTheirOrder)
{
    LearntPhotos photos;
    photos.add(kOther);
    photos.add(kOne);
    photos.add(kOne);
    EXPECT_EQ(photos.count(), 2);
    // AP8A/wD/ and oLHC0+T1: both beginnings in base64, the smaller first.
    EXPECT_EQ(photos.toText(), QStringLiteral("AP8A/wD/oLHC0+T1"));
    const LearntPhotos read = LearntPhotos::fromManifest(manifest(photos.toText()));
    EXPECT_TRUE(read.contains(kOne));
    EXPECT_TRUE(read.contains(kOther));
    EXPECT_FALSE(read.contains(QString(64, u'3')));
}

TEST(LearntPhotos, AModelThatTellsNothingHasLearntFromNone)
{
    EXPECT_TRUE(LearntPhotos::fromManifest({}).isEmpty());
    EXPECT_TRUE(LearntPhotos::fromManifest(manifest(QStringLiteral("@@@@"))).isEmpty());
    EXPECT_EQ(LearntPhotos::fromManifest(manifest(QStringLiteral("AP8A/wD/oLH"))).count(), 1) << "torn";
    LearntPhotos photos;
    photos.add(QString());
    photos.add(QStringLiteral("00ff"));
    EXPECT_TRUE(photos.isEmpty());
    EXPECT_FALSE(photos.contains(QString()));
}

TEST(LearntPhotos, AModelHasSeenWhatItsStartHadSeen)
{
    LearntPhotos start;
    start.add(kOne);
    LearntPhotos photos;
    photos.add(kOther);
    photos.add(start);
    EXPECT_TRUE(photos.contains(kOne));
    EXPECT_EQ(photos.count(), 2);
}
