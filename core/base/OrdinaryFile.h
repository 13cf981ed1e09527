#pragma once

#include <QFile>

namespace goodsight {

/// A file that somebody named. Opens only what is an ordinary file: a pipe or a device may keep a reader
/// waiting for ever, or give bytes without end.
class OrdinaryFile final : public QFile {
public:
    using QFile::QFile;

    /// False, with errorString() saying so, also where something else than a file is there.
    bool open(OpenMode mode) override;
};

} // namespace goodsight
