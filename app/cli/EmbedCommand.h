#pragma once

#include <QString>

namespace goodsight::cli {

/// `model embed NAME --photos FOLDER [--val FOLDER]`: keeps what an installed model makes of the photos that
/// it learnt from beside its file (KnownPhotos), so that products taught later can be compared with them. A
/// photo's product is named by its folder; photos of products that the model lacks are left out, and said.
/// Without `val`, some of them are held out. Returns the exit status.
int embedModel(const QString& name, const QString& photos, const QString& val, bool json);

} // namespace goodsight::cli
