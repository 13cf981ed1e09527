#include "core/base/Paths.h"
#include "core/dataset/DatasetStore.h"
#include "core/inference/BatchRecognitionJob.h"
#include "core/learning/ProjectLessons.h"
#include "core/model/ModelLibrary.h"

#include <QImage>
#include <QPainter>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

using namespace goodsight;

namespace {

const QString kRobot = QStringLiteral("robot");
constexpr QSize kSize(480, 360);

QImage plain(const QColor& colour)
{
    QImage picture(kSize, QImage::Format_RGB32);
    picture.fill(colour);
    return picture;
}

/// Squares of `side` pixels in random colours.
QImage noise(int side, unsigned seed)
{
    QImage picture = plain(Qt::black);
    std::mt19937 random(seed);
    QPainter painter(&picture);
    for (int y = 0; y < picture.height(); y += side) {
        for (int x = 0; x < picture.width(); x += side)
            painter.fillRect(x, y, side, side, QColor::fromRgb(static_cast<QRgb>(random() & 0xFFFFFF)));
    }
    return picture;
}

QImage gradient(const QColor& from, const QColor& to)
{
    QImage picture = plain(from);
    QPainter painter(&picture);
    QLinearGradient colours(0, 0, kSize.width(), kSize.height());
    colours.setColorAt(0, from);
    colours.setColorAt(1, to);
    painter.fillRect(picture.rect(), colours);
    return picture;
}

/// A thing that the model does not know.
QImage robot(int turn)
{
    QImage picture = plain(QColor(236, 232, 224));
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(240, 180);
    painter.rotate(turn);
    painter.setPen(QPen(QColor(20, 20, 40), 6));
    painter.setBrush(QColor(30, 80, 200));
    painter.drawRect(-70, -40, 140, 150);
    painter.setBrush(QColor(250, 190, 20));
    painter.drawEllipse(-55, -150, 110, 105);
    painter.setBrush(Qt::white);
    painter.drawEllipse(-35, -115, 26, 26);
    painter.drawEllipse(10, -115, 26, 26);
    return picture;
}

/// The shipped model, what it learnt from, and pictures that this test draws.
class TaughtPictures : public testing::Test {
protected:
    using Embedding = std::vector<float>;

    void SetUp() override
    {
        const QString file = paths::shippedFile(QStringLiteral("models/groceries.safetensors"));
        auto opened = Recognizer::open(file, BackendKind::OneDnnFp32, 0);
        ASSERT_TRUE(opened) << qPrintable(opened.error().message);
        recognizer = std::move(*opened);
        model = std::make_shared<const ModelPackage>(recognizer->model());
        auto loaded = KnownPhotos::load(ModelLibrary::embeddingsFile(file), *model);
        ASSERT_TRUE(loaded) << qPrintable(loaded.error().message);
        known = std::make_shared<const KnownPhotos>(std::move(*loaded));
        const QString project = folder.filePath(QStringLiteral("p.goodsight"));
        ASSERT_TRUE(DatasetStore::open(project));
        auto read = ProjectLessons::read(model, known, project);
        ASSERT_TRUE(read) << qPrintable(read.error().message);
        lessons.emplace(std::move(*read));
    }

    [[nodiscard]] std::vector<Embedding> embed(const std::vector<QImage>& pictures) const
    {
        QStringList files;
        for (const QImage& picture : pictures) {
            files.append(folder.filePath(QStringLiteral("%1.png").arg(files.size())));
            EXPECT_TRUE(picture.save(files.last()));
        }
        std::vector<Embedding> embeddings(pictures.size());
        EXPECT_EQ(recognizeFiles(*recognizer, files, {},
                                 [&](const BatchItem& item) {
                                     if (item.result)
                                         embeddings[static_cast<std::size_t>(item.index)] =
                                             item.result->embedding;
                                 }),
                  0);
        return embeddings;
    }

    void teach(const std::vector<Embedding>& photos)
    {
        for (std::size_t i = 0; i < photos.size(); ++i) {
            EXPECT_TRUE(lessons->teach(QString::number(i), photos[i], kRobot));
        }
    }

    /// The first candidate, with `weights` where something is taught.
    [[nodiscard]] Candidate first(const Embedding& embedding, const FusionWeights& weights) const
    {
        AnswerSteps steps;
        QList<TaughtProduct> products;
        const QHash<QString, int> taught = lessons->taught();
        for (auto one = taught.cbegin(); one != taught.cend(); ++one)
            products.append({{one.key(), {}, one.key(), {}}, one.value()});
        if (!products.isEmpty())
            steps.push_back(
                std::make_shared<TaughtProducts>(model->backbone, lessons->index(), weights, products));
        recognizer->setSteps(std::move(steps));
        const auto answer = recognizer->recognizeEmbedding(embedding, {}, {});
        EXPECT_TRUE(answer);
        return answer ? answer->top.first() : Candidate();
    }

    const QTemporaryDir folder;
    std::unique_ptr<Recognizer> recognizer;
    std::shared_ptr<const ModelPackage> model;
    std::shared_ptr<const KnownPhotos> known;
    std::optional<ProjectLessons> lessons;
};

} // namespace

TEST_F(TaughtPictures, WhatShowsNothingIsSeldomTakenForWhatIsTaught)
{
    const std::vector<Embedding> nothing =
        embed({plain(QColor(120, 124, 110)), plain(Qt::black), plain(Qt::white), plain(QColor(150, 40, 40)),
               noise(1, 1), noise(8, 2), noise(40, 3), gradient(Qt::black, Qt::white),
               gradient(QColor(60, 90, 40), QColor(200, 180, 90))});
    const std::vector<Embedding> robots = embed({robot(0), robot(9), robot(-12), robot(5)});
    const FusionWeights& chosen = lessons->weights();
    FusionWeights blind = chosen;
    blind.elsewhere = -1e5;
    std::vector<double> before;
    for (const Embedding& one : nothing)
        before.push_back(first(one, chosen).confidence);
    // The robot stands on a light plain ground, which is most of what is known of it.
    struct Bound {
        std::size_t photos;
        double mean; ///< of what confidences rise by
        double each;
    };
    for (const Bound& bound : {Bound{1, 0.02, 0.08}, Bound{3, 0.02, 0.08}}) {
        teach({robots.begin(), robots.begin() + static_cast<std::ptrdiff_t>(bound.photos)});
        double rise = 0;
        double riseWhenBlind = 0;
        for (std::size_t i = 0; i < nothing.size(); ++i) {
            const Candidate after = first(nothing[i], chosen);
            EXPECT_LE(after.confidence, before[i] + bound.each)
                << "picture " << i << ", " << bound.photos << " taught: " << qPrintable(after.id);
            rise += after.confidence - before[i];
            riseWhenBlind += first(nothing[i], blind).confidence - before[i];
        }
        const auto count = static_cast<double>(nothing.size());
        EXPECT_LE(rise / count, bound.mean) << bound.photos;
        EXPECT_LT(rise, riseWhenBlind / 2) << "what the weight is for";
        EXPECT_EQ(first(robots.back(), chosen).id, kRobot) << bound.photos;
    }
}

TEST_F(TaughtPictures, ThePhotosOfKnownProductsKeepTheirAnswers)
{
    const auto right = [&] {
        int count = 0;
        for (std::size_t i = 0; i < known->val.labels.size(); ++i) {
            const auto from = known->val.embeddings.begin() +
                              static_cast<std::ptrdiff_t>(i * std::size_t{KnownPhotos::kWidth});
            count += first({from, from + KnownPhotos::kWidth}, lessons->weights()).id ==
                     known->classes[known->val.labels[i]];
        }
        return count;
    };
    const int before = right();
    teach(embed({robot(0)}));
    EXPECT_GE(right(), before - static_cast<int>(known->val.labels.size()) / 100);
}
