#include "tests/support/ProjectPhotos.h"

#include "core/base/JobRunner.h"
#include "core/dataset/importers/ImportJob.h"

#include <QDir>

#include <gtest/gtest.h>

namespace goodsight::testsupport {

namespace {

QStringList products()
{
    QStringList names;
    const QDir samples(sourceDir() + QStringLiteral("/resources/samples"));
    for (const QString& file : samples.entryList({QStringLiteral("*.jpg")}))
        names.append(file.section(u'-', 1).section(u'.', 0, 0));
    return names;
}

} // namespace

QString sampleFolder(WindowDriver& driver)
{
    const QString folder = driver.home() + QStringLiteral("/样品");
    for (const QString& product : products()) {
        EXPECT_TRUE(QDir().mkpath(folder + u'/' + product));
        EXPECT_TRUE(QFile::copy(driver.sample(product), folder + u'/' + product + QStringLiteral("/1.jpg")));
    }
    return folder;
}

void addLabelledSamples(WindowDriver& driver, const QMap<QString, QString>& otherLabels)
{
    for (const QString& product : products()) {
        Answer answer;
        answer.photo.path = driver.sample(product);
        answer.photo.source = QStringLiteral("file");
        answer.labelId = otherLabels.value(product, product);
        const auto kept = driver.bench().project.store()->answer(answer);
        EXPECT_TRUE(kept) << (kept ? QString() : kept.error().message).toStdString();
    }
}

void importFolder(WindowDriver& driver, const QString& folder)
{
    ImportRequest request;
    request.path = folder;
    request.inPlace = true;
    ImportJob job(*driver.bench().project.store(), request, {},
                  [](const Result<void>&, const ImportReport&) {});
    EXPECT_TRUE(runInline(job));
}

} // namespace goodsight::testsupport
