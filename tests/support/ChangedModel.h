#pragma once

#include <QString>
#include <QStringList>

namespace goodsight::testsupport {

/// Installs the shipped model in the user's folder as `name`, with other weights: fc's biases a little
/// larger, which changes no answer, and the rows of the `mixedUp` products each moved to the next, so that
/// each is taken for its neighbour. No golden outputs. Its manifest says that it learnt from the photos with
/// the SHA-256 `learnt`.
void installRotated(const QString& name, const QStringList& mixedUp, const QStringList& learnt = {});

} // namespace goodsight::testsupport
