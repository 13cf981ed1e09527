#include "ui/capture/CameraDevices.h"

#include <algorithm>

namespace goodsight {

QString stableCameraId(const QByteArray& platformId, const QString& description)
{
    bool runningNumber = false;
    static_cast<void>(platformId.toInt(&runningNumber));
    return runningNumber ? description : QString::fromUtf8(platformId);
}

QList<CameraInfo> groupCameras(const QList<QCameraDevice>& entries)
{
    QList<CameraInfo> cameras;
    for (const QCameraDevice& entry : entries) {
        const QString id = stableCameraId(entry.id(), entry.description());
        const auto known =
            std::ranges::find_if(cameras, [&](const CameraInfo& camera) { return camera.id == id; });
        if (known != cameras.end()) {
            known->entries.append(entry);
            continue;
        }
        const auto sameName = std::ranges::count_if(cameras, [&](const CameraInfo& camera) {
            return camera.entries.first().description() == entry.description();
        });
        const QString name = sameName == 0
                                 ? entry.description()
                                 : QStringLiteral("%1 (%2)").arg(entry.description()).arg(sameName + 1);
        cameras.append({id, name, {entry}});
    }
    return cameras;
}

} // namespace goodsight
