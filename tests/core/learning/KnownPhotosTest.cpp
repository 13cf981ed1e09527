#include "core/learning/KnownPhotos.h"
#include "core/model/ModelLibrary.h"
#include "core/model/Safetensors.h"
#include "tests/core/learning/MadeUpPhotos.h"

#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

using namespace goodsight;

namespace {

class KnownPhotosTest : public testing::Test {
protected:
    const QTemporaryDir folder;
    ModelPackage model;
    KnownPhotos known;

    KnownPhotosTest()
    {
        model.backbone = QStringLiteral("abc");
        known.key = KnownPhotos::keyOf(model);
        known.classes = {QStringLiteral("apple"), QStringLiteral("pear"), QStringLiteral("plum")};
        known.train = part({0, 0, 1, 2, 2, 2}, 3);
        known.val = part({0, 2}, 4);
        known.weights = {0.15, 0.25, -7.5, 2.5, 61.25};
    }

    static KnownPhotos::Part part(const std::vector<int>& labels, unsigned seed)
    {
        const MadeUpPhotos photos(static_cast<int>(labels.size()), 1, KnownPhotos::kWidth, 0.1F, seed);
        return {photos.embeddings, labels};
    }

    [[nodiscard]] QString file() const
    {
        return folder.filePath(QStringLiteral("模型.embeddings.safetensors"));
    }
    [[nodiscard]] QString loadError() const
    {
        const auto loaded = KnownPhotos::load(file(), model);
        return loaded ? QStringLiteral("loaded") : loaded.error().code;
    }

    /// Saves and swaps `from` for `to`, of the same length, in the file.
    void damage(const QByteArray& from, const QByteArray& to) const
    {
        ASSERT_EQ(from.size(), to.size());
        ASSERT_TRUE(known.save(file()));
        QFile on(file());
        ASSERT_TRUE(on.open(QFile::ReadWrite));
        QByteArray bytes = on.readAll();
        ASSERT_TRUE(bytes.contains(from)) << from.constData();
        bytes.replace(bytes.indexOf(from), from.size(), to);
        on.seek(0);
        on.write(bytes);
    }
};

} // namespace

TEST_F(KnownPhotosTest, WhatWasSavedIsLoadedAgain)
{
    ASSERT_TRUE(known.save(file()));
    const auto loaded = KnownPhotos::load(file(), model);
    ASSERT_TRUE(loaded) << qPrintable(loaded.error().message);
    EXPECT_EQ(loaded->classes, known.classes);
    EXPECT_EQ(loaded->train.labels, known.train.labels);
    EXPECT_EQ(loaded->val.labels, known.val.labels);
    EXPECT_EQ(loaded->weights.sharpness, 0.15);
    EXPECT_EQ(loaded->weights.head, 0.25);
    EXPECT_EQ(loaded->weights.newProduct, -7.5);
    EXPECT_EQ(loaded->weights.elsewhere, 2.5);
    EXPECT_EQ(loaded->weights.unseen, 61.25);
    ASSERT_EQ(loaded->train.embeddings.size(), known.train.embeddings.size());
    for (std::size_t i = 0; i < known.train.embeddings.size(); ++i)
        ASSERT_NEAR(loaded->train.embeddings[i], known.train.embeddings[i], 0.005);
}

TEST_F(KnownPhotosTest, AFileOfAnotherBackboneIsRefused)
{
    ASSERT_TRUE(known.save(file()));
    model.backbone = QStringLiteral("abd");
    EXPECT_EQ(loadError(), QStringLiteral("another-model"));
    model.backbone = QStringLiteral("abc");
    model.preprocessing.crop = 192;
    EXPECT_EQ(loadError(), QStringLiteral("another-model"));
}

TEST_F(KnownPhotosTest, AMissingFileAndAForeignOneAreRefused)
{
    EXPECT_EQ(loadError(), QStringLiteral("not-found"));
    QFile text(file());
    ASSERT_TRUE(text.open(QFile::WriteOnly));
    text.write("a shopping list, nothing else");
    text.close();
    EXPECT_NE(loadError(), QStringLiteral("loaded"));
    ASSERT_TRUE(writeSafetensors(file(), {}, {{"train", {{1, 2}, {1, 2}}}}, true));
    EXPECT_EQ(loadError(), QStringLiteral("bad-model"));
}

TEST_F(KnownPhotosTest, AFileCutAnywhereIsRefused)
{
    ASSERT_TRUE(known.save(file()));
    QFile whole(file());
    ASSERT_TRUE(whole.open(QFile::ReadOnly));
    const QByteArray bytes = whole.readAll();
    whole.close();
    for (qsizetype size = 0; size < bytes.size(); size += 61) {
        QFile cut(file());
        ASSERT_TRUE(cut.open(QFile::WriteOnly | QFile::Truncate));
        cut.write(bytes.left(size));
        cut.close();
        ASSERT_NE(loadError(), QStringLiteral("loaded")) << size;
    }
}

TEST_F(KnownPhotosTest, CountsThatContradictTheNumbersAreRefused)
{
    for (const auto& [from, to] :
         {std::pair(R"("train\":2)", R"("train\":3)"), std::pair(R"("train\":3)", R"("train\":2)"),
          std::pair(R"("train\":1)", R"("train\":x)"), std::pair(R"("val\":0)", R"("val\":9)"),
          std::pair(R"(\"pear\")", R"(\"PEAR\")"), std::pair(R"(\"pear\")", R"(\"plum\")")}) {
        damage(from, to);
        EXPECT_EQ(loadError(), QStringLiteral("bad-model")) << from << " -> " << to;
    }
}

TEST_F(KnownPhotosTest, WeightsThatMakeNoSenseAreRefused)
{
    known.weights.sharpness = 0;
    ASSERT_TRUE(known.save(file()));
    EXPECT_EQ(loadError(), QStringLiteral("bad-model"));
    known.weights = {0.3, -1, 0, 0, 0};
    ASSERT_TRUE(known.save(file()));
    EXPECT_EQ(loadError(), QStringLiteral("bad-model"));
    known.weights = {0.3, 1, 1e300, 0, 0};
    ASSERT_TRUE(known.save(file()));
    EXPECT_EQ(loadError(), QStringLiteral("bad-model"));
}

TEST_F(KnownPhotosTest, NumbersThatAreNoneAndEmptyEmbeddingsAreRefused)
{
    known.train.embeddings[700] = std::numeric_limits<float>::quiet_NaN();
    if (known.save(file())) {
        EXPECT_EQ(loadError(), QStringLiteral("bad-model"));
    }
    std::fill_n(known.train.embeddings.begin() + KnownPhotos::kWidth, KnownPhotos::kWidth, 0.0F);
    ASSERT_TRUE(known.save(file()));
    EXPECT_EQ(loadError(), QStringLiteral("bad-model"));
}

TEST_F(KnownPhotosTest, ANewerFormatIsNamed)
{
    damage(R"("format\":2)", R"("format\":7)");
    EXPECT_EQ(loadError(), QStringLiteral("newer-version"));
}

TEST_F(KnownPhotosTest, TheFirstFormatKnewNothingElsewhereAndIsRefused)
{
    damage(R"("format\":2)", R"("format\":1)");
    EXPECT_EQ(loadError(), QStringLiteral("bad-model"));
}

TEST_F(KnownPhotosTest, WeightsAreRehearsedWhereThereAreProductsEnough)
{
    ASSERT_TRUE(known.rehearseWeights(std::vector<float>(2 * 3)));
    EXPECT_EQ(known.weights.newProduct, -7.5); // three products: none can be hidden

    constexpr int kProducts = 12;
    const MadeUpPhotos photos(kProducts, 12, KnownPhotos::kWidth, 1);
    known.classes.clear();
    known.train = {};
    known.val = {};
    for (int i = 0; i < kProducts; ++i)
        known.classes.append(QStringLiteral("p-%1").arg(i));
    std::vector<float> logits;
    for (std::size_t i = 0; i < photos.labels.size(); ++i) {
        const bool held = i >= photos.labels.size() / 2;
        KnownPhotos::Part& part = held ? known.val : known.train;
        const auto one = photos.photo(i);
        part.embeddings.insert(part.embeddings.end(), one.begin(), one.end());
        part.labels.push_back(photos.labels[i]);
        for (int c = 0; held && c < kProducts; ++c)
            logits.push_back(c == photos.labels[i] ? 3.0F : 0.0F);
    }
    ASSERT_TRUE(known.rehearseWeights(logits));
    EXPECT_NE(known.weights.newProduct, -7.5);
    EXPECT_GT(known.weights.sharpness, 0);
    EXPECT_FALSE(known.rehearseWeights({}));
}

TEST(ModelLibrary, EmbeddingsBesideAModelAreNoModelAndGoWithIt)
{
    const QTemporaryDir folder;
    EXPECT_EQ(ModelLibrary::embeddingsFile(QStringLiteral("/a/b.v2.safetensors")),
              QStringLiteral("/a/b.v2.embeddings.safetensors"));
    const ModelLibrary library(folder.path(), {});
    for (const QString& file : {library.pathFor(QStringLiteral("shop")),
                                ModelLibrary::embeddingsFile(library.pathFor(QStringLiteral("shop")))}) {
        QFile made(file);
        ASSERT_TRUE(made.open(QFile::WriteOnly));
        made.write("x");
    }
    ASSERT_EQ(library.list().size(), 1);
    EXPECT_EQ(library.list().first().name, QStringLiteral("shop"));
    EXPECT_EQ(library.checkNewName(QStringLiteral("shop.embeddings")).error().code,
              QStringLiteral("bad-name"));
    ASSERT_TRUE(library.remove(QStringLiteral("shop")));
    EXPECT_FALSE(QFile::exists(ModelLibrary::embeddingsFile(library.pathFor(QStringLiteral("shop")))));
}
