#include "tests/support/ChangedModel.h"

#include "core/base/Paths.h"
#include "core/model/LearntPhotos.h"
#include "core/model/ModelLibrary.h"

#include <QJsonObject>

#include <gtest/gtest.h>

#include <algorithm>

namespace goodsight::testsupport {

namespace {

void rotate(ModelPackage& package, const QStringList& products)
{
    std::vector<std::ptrdiff_t> rows;
    for (const QString& product : products) {
        const auto found = std::find_if(package.classes.cbegin(), package.classes.cend(),
                                        [&](const ModelClass& one) { return one.id == product; });
        ASSERT_NE(found, package.classes.cend()) << product.toStdString();
        rows.push_back(found - package.classes.cbegin());
    }
    std::vector<float>& weight = package.weights.at("fc.weight").values;
    std::vector<float>& bias = package.weights.at("fc.bias").values;
    const std::ptrdiff_t width = std::ssize(weight) / package.classes.size();
    for (std::size_t i = 1; i < rows.size(); ++i) {
        std::swap_ranges(weight.begin() + rows[i - 1] * width, weight.begin() + (rows[i - 1] + 1) * width,
                         weight.begin() + rows[i] * width);
        std::swap(bias[static_cast<std::size_t>(rows[i - 1])], bias[static_cast<std::size_t>(rows[i])]);
    }
}

} // namespace

void installRotated(const QString& name, const QStringList& mixedUp, const QStringList& learnt)
{
    LearntPhotos photos;
    for (const QString& sha256 : learnt)
        photos.add(sha256);
    auto package = ModelPackage::load(ModelLibrary().find(QString(ModelLibrary::kDefaultModel))->path);
    ASSERT_TRUE(package) << package.error().message.toStdString();
    package->manifest.insert(QStringLiteral("parent"), package->name);
    package->manifest.insert(QStringLiteral("parent_fingerprint"), package->fingerprint);
    package->manifest.insert(QStringLiteral("training"),
                             QJsonObject{{QStringLiteral("plan"),
                                          QJsonObject{{QStringLiteral("preset"), QStringLiteral("quick")}}},
                                         {QStringLiteral("learnt_from"), photos.toText()},
                                         {QStringLiteral("seed"), 7},
                                         {QStringLiteral("photos"), 412},
                                         {QStringLiteral("data_fingerprint"), QString(64, u'd')}});
    package->name = name;
    package->titleZh = name;
    package->titleEn = name;
    package->golden = {};
    package->golden.seeds.clear();
    package->int8.reset();
    for (float& one : package->weights.at("fc.bias").values)
        one += 0.125F;
    rotate(*package, mixedUp);
    const auto installed = ModelLibrary().install(*package, true);
    ASSERT_TRUE(installed) << installed.error().message.toStdString();
}

} // namespace goodsight::testsupport
