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

/// The frame with memory of its own, as fast as bytes can be copied. Any thread. The frame itself where that
/// fails.
///
/// A frame of a PipeWire camera lies in memory that goes away when the stream is stopped or set up anew,
/// however long the frame is kept; so it has to be copied as soon as it comes, before it is converted at
/// leisure.
[[nodiscard]] QVideoFrame ownedFrame(const QVideoFrame& frame);

} // namespace goodsight
