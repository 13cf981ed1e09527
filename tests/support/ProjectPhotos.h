#pragma once

#include "tests/support/WindowDriver.h"

#include <QMap>

namespace goodsight::testsupport {

/// A folder in the driver's home with the six samples, each in a folder named after its product.
[[nodiscard]] QString sampleFolder(WindowDriver& driver);

/// Puts the samples into the driver's project, labelled; `otherLabels` gives some products another label.
void addLabelledSamples(WindowDriver& driver, const QMap<QString, QString>& otherLabels = {});

/// Imports a folder of labelled photos into the driver's project.
void importFolder(WindowDriver& driver, const QString& folder);

} // namespace goodsight::testsupport
