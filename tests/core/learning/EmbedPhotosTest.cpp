#include "core/learning/EmbedPhotos.h"

#include "tests/support/TestModels.h"

#include <QFile>
#include <QImage>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace goodsight;

namespace {

class EmbedPhotosTest : public testing::Test {
protected:
    QTemporaryDir folder;
    std::unique_ptr<Recognizer> recognizer;
    TrainingSet set;

    void SetUp() override
    {
        const QString file = folder.filePath(QStringLiteral("m.safetensors"));
        testsupport::writeRandomModel(file, 3);
        auto opened = Recognizer::open(file, BackendKind::OneDnnFp32, 1);
        ASSERT_TRUE(opened) << qPrintable(opened.error().message);
        recognizer = std::move(*opened);
        // The model's second and third product, in another order, and one that it lacks.
        const QList<ModelClass>& own = recognizer->model().classes;
        set.classes = {own[2], {QStringLiteral("stranger"), {}, {}}, own[1]};
    }
    QString add(int label, Part part, const QColor& colour)
    {
        QImage picture(256, 256, QImage::Format_RGB32);
        picture.fill(colour);
        const QString file = folder.filePath(QStringLiteral("%1.png").arg(set.photos.size()));
        EXPECT_TRUE(picture.save(file));
        set.photos.push_back({{}, file, label, part});
        return file;
    }
};

} // namespace

TEST_F(EmbedPhotosTest, PartsAndProductsAreTheModelsAndWhatMustNotCountIsLeftOut)
{
    add(0, Part::Train, Qt::red);
    add(2, Part::Train, Qt::green);
    add(1, Part::Train, Qt::blue); // a product that the model lacks
    add(2, Part::Val, Qt::yellow);
    add(0, Part::Test, Qt::cyan);
    const QString broken = add(0, Part::Train, Qt::white);
    QFile file(broken);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("no picture");
    file.close();

    QStringList failed;
    qint64 last = 0;
    EmbedEvents events;
    events.photoFailed = [&](const QString& name, const Error&) { failed.append(name); };
    events.progress = [&](qint64 done, qint64 total) {
        EXPECT_EQ(total, 4);
        last = done;
    };
    const auto known = embedPhotos(*recognizer, set, {}, events);
    ASSERT_TRUE(known) << qPrintable(known.error().message);
    EXPECT_EQ(last, 4);
    EXPECT_EQ(failed, QStringList{broken});
    EXPECT_EQ(known->key, KnownPhotos::keyOf(recognizer->model()));
    EXPECT_EQ(known->train.labels, (std::vector<int>{1, 2}));
    EXPECT_EQ(known->val.labels, (std::vector<int>{1}));
    ASSERT_EQ(known->train.embeddings.size(), 2U * KnownPhotos::kWidth);

    PhotoSource green;
    green.path = set.photos[1].file;
    const auto alone = recognizer->recognize(green, {});
    ASSERT_TRUE(alone);
    for (std::size_t i = 0; i < alone->embedding.size(); ++i)
        ASSERT_NEAR(known->train.embeddings[i], alone->embedding[i], 1e-4) << i;

    const QString kept = folder.filePath(QStringLiteral("m.embeddings.safetensors"));
    ASSERT_TRUE(known->save(kept));
    EXPECT_TRUE(KnownPhotos::load(kept, recognizer->model()));
}

TEST_F(EmbedPhotosTest, WithoutAPhotoOfTheModelsProductsThereIsNothingToKeep)
{
    add(1, Part::Train, Qt::red);
    add(0, Part::Test, Qt::red);
    const auto known = embedPhotos(*recognizer, set, {});
    ASSERT_FALSE(known);
    EXPECT_EQ(known.error().code, QStringLiteral("no-photos"));
}

TEST_F(EmbedPhotosTest, AStopEndsIt)
{
    add(0, Part::Train, Qt::red);
    EmbedEvents events;
    events.stopRequested = [] { return true; };
    const auto known = embedPhotos(*recognizer, set, {}, events);
    ASSERT_FALSE(known);
    EXPECT_EQ(known.error().code, QStringLiteral("cancelled"));
}
