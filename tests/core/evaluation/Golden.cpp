#include "tests/core/evaluation/Golden.h"

#include "tests/support/TestSupport.h"

#include <QFile>
#include <QJsonDocument>

#include <gtest/gtest.h>

namespace goodsight::testsupport {

namespace {

QJsonValue part(const char* name)
{
    static const QJsonObject all = [] {
        QFile file(sourceDir() + QStringLiteral("/tests/reference/evaluation.json"));
        EXPECT_TRUE(file.open(QIODevice::ReadOnly));
        return QJsonDocument::fromJson(file.readAll()).object();
    }();
    EXPECT_TRUE(all.contains(QLatin1String(name))) << name;
    return all[QLatin1String(name)];
}

} // namespace

QJsonObject golden(const char* name)
{
    return part(name).toObject();
}

QJsonArray goldenRows(const char* name)
{
    return part(name).toArray();
}

std::vector<double> numbers(const QJsonValue& array)
{
    std::vector<double> all;
    for (const auto& value : array.toArray())
        all.push_back(value.toDouble());
    return all;
}

EvaluationReport goldenReport()
{
    const QJsonObject photos = golden("photos");
    const std::vector<double> truth = numbers(photos[u"truth"]);
    const std::vector<double> wide = numbers(photos[u"logits"]);
    const std::vector<float> logits(wide.begin(), wide.end());
    const auto classes = static_cast<std::size_t>(photos[u"classes"].toInt());
    EvaluationBuilder builder;
    for (std::size_t i = 0; i < truth.size(); ++i) {
        const std::vector<float> embedding{static_cast<float>(i), 1};
        builder.addLogits({QString::number(i), QStringLiteral("%1.png").arg(i)}, static_cast<int>(truth[i]),
                          std::span(logits).subspan(i * classes, classes), photos[u"temperature"].toDouble(),
                          embedding);
    }
    return builder.finish();
}

} // namespace goodsight::testsupport
