#pragma once

#include <QCameraDevice>
#include <QList>
#include <QString>

namespace goodsight {

/// One camera as the user knows it.
struct CameraInfo {
    /// Stays the same when the camera is unplugged and comes back; fit for Settings::setCamera().
    QString id;
    /// Name for people; unique within one list.
    QString description;
    /// The platform's entries for it, oldest first. More than one where the platform lists a camera twice.
    QList<QCameraDevice> entries;

    friend bool operator==(const CameraInfo&, const CameraInfo&) = default;
};

/// Groups the platform's list (QMediaDevices::videoInputs()) into cameras.
///
/// Qt's GStreamer backend numbers entries as they appear, lists a camera that was there at the start twice,
/// and may keep one of the two when it is unplugged. So there a camera is known by its name, and two of one
/// name are one entry; elsewhere the platform's id is stable and decides.
[[nodiscard]] QList<CameraInfo> groupCameras(const QList<QCameraDevice>& entries);

/// The stable id that groupCameras() gives to an entry with this platform id and description.
[[nodiscard]] QString stableCameraId(const QByteArray& platformId, const QString& description);

} // namespace goodsight
