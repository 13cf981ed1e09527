#include "tests/support/AutomaticPhotos.h"

#include "core/dataset/PhotoFiles.h"

#include <QBuffer>
#include <QFile>
#include <QFileInfo>
#include <QImage>

#include <gtest/gtest.h>

#include <array>

namespace goodsight::testsupport {

void takeNearlyAll(WindowDriver& driver, double threshold)
{
    driver.bench().settings.setReviewThreshold(0);
    AutomaticRule rule;
    rule.modelFingerprint = driver.bench().automatic.modelInUse();
    rule.maxError = 0.01;
    rule.threshold = threshold;
    rule.photos = 400;
    rule.since = QDateTime::currentDateTimeUtc();
    driver.bench().automatic.setRule(rule);
    ASSERT_TRUE(driver.bench().automatic.inForce());
}

QString copyFor(WindowDriver& driver, const QString& file, bool audit)
{
    QFile source(file);
    EXPECT_TRUE(source.open(QIODevice::ReadOnly)) << qPrintable(file);
    const QByteArray bytes = source.readAll();
    AuditPlan plan;
    plan.seed = driver.bench().project.store()->seed();
    QByteArray copy = bytes;
    for (int number = 0; plan.chooses(sha256Of(copy)) != audit; ++number)
        copy = bytes + QByteArray::number(number);
    const QString name = driver.home() + u'/' +
                         (audit ? QStringLiteral("audit-") : QStringLiteral("plain-")) +
                         QFileInfo(file).fileName();
    QFile target(name);
    EXPECT_TRUE(target.open(QIODevice::WriteOnly) && target.write(copy) == copy.size());
    return name;
}

void showPerfectEvaluation(WindowDriver& driver, int photos, EvaluationData data, const QString& fingerprint)
{
    auto made = std::make_shared<Evaluation>();
    made->wish.model = QStringLiteral("groceries");
    made->wish.data = data;
    made->begun = QDateTime::currentDateTimeUtc();
    made->wish.projectDir = driver.bench().project.dir();
    made->fingerprint = fingerprint.isEmpty() ? driver.bench().automatic.modelInUse() : fingerprint;
    made->classes = {{QStringLiteral("avocado"), QStringLiteral("牛油果"), QStringLiteral("Avocado"), {}},
                     {QStringLiteral("carrots"), QStringLiteral("胡萝卜"), QStringLiteral("Carrots"), {}}};
    EvaluationBuilder builder;
    for (int photo = 0; photo < photos; ++photo) {
        const float sure = 4.0F + 0.002F * static_cast<float>(photo % 100);
        const std::array<float, 2> logits{photo % 2 == 0 ? sure : 0, photo % 2 == 0 ? 0 : sure};
        builder.addLogits({QString::number(photo), {}}, photo % 2, logits, 1.0);
    }
    made->report = builder.finish();
    driver.bench().evaluation.setLast(made);
}

void addAudits(WindowDriver& driver, int right, int wrong)
{
    const auto rule = driver.bench().automatic.rule();
    ASSERT_TRUE(rule);
    for (int photo = 0; photo < right + wrong; ++photo) {
        QImage image(8, 8, QImage::Format_RGB32);
        image.fill(QColor::fromRgb(static_cast<QRgb>(photo) * 2654435761U));
        Answer answer;
        QBuffer buffer(&answer.photo.bytes);
        ASSERT_TRUE(buffer.open(QIODevice::WriteOnly) && image.save(&buffer, "PNG"));
        answer.photo.suffix = QStringLiteral("png");
        answer.photo.source = QStringLiteral("file");
        answer.labelId = photo < right ? QStringLiteral("avocado") : QStringLiteral("carrots");
        answer.state = photo < right ? PhotoState::Accepted : PhotoState::Corrected;
        answer.automatic =
            AutomaticNote{true, QStringLiteral("avocado"), rule->modelFingerprint, 0.99, rule->threshold};
        ASSERT_TRUE(driver.bench().project.store()->answer(answer));
    }
}

} // namespace goodsight::testsupport
