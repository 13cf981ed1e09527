#pragma once

#include "core/base/Job.h"

#include <QByteArray>
#include <QImage>

namespace goodsight {

/// Makes a PNG of a picture that came without a file; of twelve million pixels that takes a second or two.
class PictureEncodeJob : public Job {
public:
    /// `done` gets the PNG on the starting thread; empty where it cannot be made. Not called after a stop.
    PictureEncodeJob(const QImage& picture, std::function<void(const QByteArray&)> done);

    [[nodiscard]] QString title() const override;
    Result<void> process(Control& control) override;
    void finish(const Result<void>& result) override;

private:
    QImage m_picture;
    QByteArray m_png;
    std::function<void(const QByteArray&)> m_done;
};

} // namespace goodsight
