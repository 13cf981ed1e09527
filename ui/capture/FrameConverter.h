#pragma once

#include <QImage>

class QVideoFrame;

namespace goodsight {

/// A camera's frame as an upright RGB32 picture with its own memory. Any thread, without a graphics context
/// (QVideoFrame::toImage() may make one, which belongs on the UI thread).
///
/// Reads the RGB formats that QImage knows, YUYV, UYVY, NV12, NV21, YUV420P, YV12, YUV422P and JPEG; YCbCr by
/// the frame's own matrix (BT.709 or BT.601) and range. A null image for another format or a frame that
/// cannot be mapped: then QVideoFrame::toImage() on the UI thread is the way.
[[nodiscard]] QImage convertFrame(QVideoFrame frame);

} // namespace goodsight
