#pragma once

#include <QByteArray>
#include <QImage>
#include <QString>

#include <string>

namespace goodsight::testpictures {

/// The pictures of tests/reference/test_pictures.py, by the same integer formulas, as Format_RGB888.
/// `kind`: "noise", "gradient", "shapes", "mixed".
[[nodiscard]] QImage picture(const QString& kind, int width, int height);

/// The rows of an RGB888 picture without the padding between them.
[[nodiscard]] QByteArray packedBytes(const QImage& image);

/// Lower-case hexadecimal SHA-256.
[[nodiscard]] std::string sha256(const QByteArray& bytes);

/// `tests/reference/imaging/<name>` in the source tree.
[[nodiscard]] QString referenceFile(const QString& name);

/// The whole of a file; fails the test when it cannot be read.
[[nodiscard]] QByteArray fileBytes(const QString& path);

} // namespace goodsight::testpictures
