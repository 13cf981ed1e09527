#pragma once

#include "core/base/Result.h"
#include "core/imaging/ImageDecoder.h"

#include <QString>

namespace goodsight::imaging {

/// The failures of decoding, each one a sentence that names the file and one that says what to do.
/// `name` is what quotedName() gives.
class DecodeErrors {
public:
    using Failure = tl::unexpected<Error>;

    [[nodiscard]] static Failure notFound(const QString& name);
    [[nodiscard]] static Failure folder(const QString& name);
    [[nodiscard]] static Failure notAFile(const QString& name);
    [[nodiscard]] static Failure unreadable(const QString& name, const QString& reason);
    [[nodiscard]] static Failure empty(const QString& name);
    [[nodiscard]] static Failure notAnImage(const QString& name);
    [[nodiscard]] static Failure unsupported(const QString& name, const QString& kind);
    [[nodiscard]] static Failure truncated(const QString& name);
    [[nodiscard]] static Failure damaged(const QString& name);
    [[nodiscard]] static Failure tooLarge(const QString& name, qint64 width, qint64 height,
                                          const DecodeLimits& limits);
    [[nodiscard]] static Failure fileTooLarge(const QString& name, qint64 bytes, qint64 limit);
    [[nodiscard]] static Failure outOfMemory(const QString& name);
};

} // namespace goodsight::imaging
