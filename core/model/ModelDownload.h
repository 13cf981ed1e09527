#pragma once

#include "core/base/Job.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

namespace goodsight {

/// A file to be fetched over HTTPS.
struct DownloadRequest {
    /// https, or http on this machine. The file's name must carry the first digits of its sha256, as
    /// torchvision names its weights: "resnet18-f37072fd.pth".
    QUrl url;
    QByteArray sha256; ///< all 64 hex digits when they are known, else empty: the name's are checked alone
    QString folder;    ///< where the file and its unfinished part lie; made when it is missing
    int connectTimeout = 15'000; ///< milliseconds until the server answers
    int stallTimeout = 30'000;   ///< milliseconds without a byte
    int totalTimeout = 0;        ///< milliseconds for everything; 0: no limit
    int tries = 4;               ///< connections that may break after they brought something
    qint64 maxBytes = qint64{512} << 20;
};

/// Fetches the file and gives its path. What a broken or cancelled download left is continued (Range with
/// If-Range), from the start where the server will not. Blocks; runs an event loop of its own, so it belongs
/// on a worker thread. Progress is in bytes. Errors: "cancelled", "bad-address", "no-connection", "timeout",
/// "http-error", "tls-failed", "hash-mismatch" (the file is deleted), "too-large", "disk-full", "unwritable",
/// "busy".
[[nodiscard]] Result<QString> downloadFile(const DownloadRequest& request, Job::Control& control);

} // namespace goodsight
