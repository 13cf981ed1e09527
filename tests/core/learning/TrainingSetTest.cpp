#include "core/learning/TrainingSet.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace goodsight;

namespace {

TrainingSet threePhotos()
{
    TrainingSet set;
    for (const char* id : {"apple", "pear"})
        set.classes.append({QLatin1String(id), {}, {}});
    set.photos = {{QStringLiteral("aa"), QStringLiteral("/one/a.jpg"), 0, Part::Train},
                  {QStringLiteral("bb"), QStringLiteral("/one/b.jpg"), 1, Part::Train},
                  {QStringLiteral("cc"), QStringLiteral("/one/c.jpg"), 1, Part::Val}};
    return set;
}

} // namespace

TEST(TrainingSet, ValIsTakenOnlyWhereThereIsNone)
{
    TrainingSet given = threePhotos();
    takeVal(given);
    EXPECT_EQ(given.fingerprint(), threePhotos().fingerprint());

    TrainingSet without = threePhotos();
    without.photos[0].part = Part::Test;
    without.photos[2].part = Part::Train;
    takeVal(without);
    EXPECT_EQ(without.photos[0].part, Part::Test) << "what is kept for the test stays there";
    EXPECT_NE(without.photos[1].part, without.photos[2].part) << "one pear of two is val";
}

TEST(TrainingSet, ItsFingerprintIsOfWhatItTeachesNotOfWhereItLies)
{
    const QString before = threePhotos().fingerprint();
    EXPECT_EQ(before.size(), 64);

    TrainingSet elsewhere = threePhotos();
    std::reverse(elsewhere.photos.begin(), elsewhere.photos.end());
    for (TrainingPhoto& photo : elsewhere.photos)
        photo.file.replace(QStringLiteral("one"), QStringLiteral("two"));
    EXPECT_EQ(elsewhere.fingerprint(), before);

    TrainingSet otherLabel = threePhotos();
    otherLabel.photos[0].label = 1;
    EXPECT_NE(otherLabel.fingerprint(), before);
    TrainingSet otherPart = threePhotos();
    otherPart.photos[2].part = Part::Train;
    EXPECT_NE(otherPart.fingerprint(), before);
    TrainingSet fewer = threePhotos();
    fewer.photos.pop_back();
    EXPECT_NE(fewer.fingerprint(), before);
}
