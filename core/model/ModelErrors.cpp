#include "core/model/ModelErrors.h"

#include <QCoreApplication>
#include <QFileDevice>
#include <QFileInfo>
#include <QStorageInfo>

namespace goodsight::modelerrors {

Error cannotOpen(const QString& path, const QFileDevice& file)
{
    const QFileInfo info(path);
    if (!info.exists() && !info.isSymLink()) {
        return {QStringLiteral("not-found"),
                QCoreApplication::translate("goodsight::Model", "There is no file %1.").arg(quotedName(path)),
                QCoreApplication::translate("goodsight::Model", "Check the path.")};
    }
    if (info.isDir()) {
        return {
            QStringLiteral("unreadable"),
            QCoreApplication::translate("goodsight::Model", "%1 is a folder, not a model file.")
                .arg(quotedName(path)),
            QCoreApplication::translate("goodsight::Model", "Choose the .safetensors or .pth file itself.")};
    }
    return cannotRead(path, file.errorString());
}

Error cannotRead(const QString& path, const QString& reason)
{
    return {QStringLiteral("unreadable"),
            QCoreApplication::translate("goodsight::Model", "%1 could not be read: %2.")
                .arg(quotedName(path), reason),
            QCoreApplication::translate("goodsight::Model",
                                        "Check that you may read the file and that its drive is there.")};
}

Error truncated(const QString& path)
{
    return {QStringLiteral("truncated"),
            QCoreApplication::translate("goodsight::Model", "%1 is cut off: the file ends too early.")
                .arg(quotedName(path)),
            QCoreApplication::translate("goodsight::Model", "Copy or download the file again.")};
}

Error bad(const QString& path, const QString& what)
{
    return {QStringLiteral("bad-model"),
            QCoreApplication::translate("goodsight::Model", "%1 is not a usable model: %2.")
                .arg(quotedName(path), what),
            QCoreApplication::translate("goodsight::Model", "Copy or download the file again, or use another "
                                                            "model.")};
}

Error wrongArchitecture(const QString& path, const QString& what)
{
    return {QStringLiteral("wrong-architecture"),
            QCoreApplication::translate("goodsight::Model", "%1 is not a ResNet-18: %2.")
                .arg(quotedName(path), what),
            QCoreApplication::translate("goodsight::Model",
                                        "Goodsight runs ResNet-18 only; choose a file of that network.")};
}

Error wrongShape(const QString& path, const std::string& name)
{
    return bad(path,
               QCoreApplication::translate("goodsight::Model", "the shape of %1 is not that of its numbers")
                   .arg(QString::fromStdString(name)));
}

Error cannotWrite(const QString& path, const QFileDevice& file)
{
    const bool full = file.error() == QFileDevice::ResourceError ||
                      (QStorageInfo(QFileInfo(path).path()).isValid() &&
                       QStorageInfo(QFileInfo(path).path()).bytesAvailable() < (qint64{1} << 16));
    if (full) {
        return {QStringLiteral("disk-full"),
                QCoreApplication::translate("goodsight::Model", "%1 could not be written: the disk is full.")
                    .arg(quotedName(path)),
                QCoreApplication::translate("goodsight::Model", "Make room and try again.")};
    }
    return cannotWrite(path, file.errorString());
}

Error cannotWrite(const QString& path, const QString& reason)
{
    return {QStringLiteral("unwritable"),
            QCoreApplication::translate("goodsight::Model", "%1 could not be written: %2.")
                .arg(quotedName(path), reason),
            QCoreApplication::translate("goodsight::Model", "Check that you may write to %1.")
                .arg(QFileInfo(path).path())};
}

} // namespace goodsight::modelerrors
