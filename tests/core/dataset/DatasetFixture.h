#pragma once

#include "core/dataset/DatasetStore.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace goodsight {

/// A small PNG that is different for each `seed`.
[[nodiscard]] QByteArray pngBytes(int seed);
/// Writes `bytes` to `path`, making its folder.
void writeFile(const QString& path, const QByteArray& bytes);
[[nodiscard]] QByteArray fileBytes(const QString& path);
/// The photo of pngBytes(seed), as if pasted.
[[nodiscard]] PhotoData pasted(int seed);
/// An answer for it.
[[nodiscard]] Answer answerFor(int seed, const QString& labelId, PhotoState state = PhotoState::Accepted);
/// Apple, pear and 青苹果.
[[nodiscard]] QList<Label> fruit();
/// Runs statements on a database file with a connection of its own; false on an error.
bool runSql(const QString& file, const QStringList& statements);
/// Adds `photos` rows, each fourth unseen, the others apple, pear and granny-smith in turn, taken a
/// millisecond apart; there are no files. The project is closed, and has fruit() as labels.
bool insertPhotos(const QString& database, int photos);
/// First column of the first row.
[[nodiscard]] QString askSql(const QString& file, const QString& statement);

/// A project in a folder of its own, with fruit() as labels.
class DatasetTest : public ::testing::Test {
protected:
    void SetUp() override;
    /// Closes and opens again.
    void reopen();
    [[nodiscard]] QString projectDir() const;
    [[nodiscard]] QString database() const;

    QTemporaryDir folder;
    std::unique_ptr<DatasetStore> store;
};

} // namespace goodsight
