#include "core/model/ModelDownload.h"

#include "core/model/HttpFetch.h"
#include "core/model/PartFile.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace goodsight {

namespace {

/// The digits of the sha256 in "resnet18-f37072fd.pth"; empty when there are none.
QByteArray hashInName(const QString& name)
{
    static const QRegularExpression pattern(QStringLiteral("-([0-9a-f]{8,64})\\.[A-Za-z0-9.]+$"));
    return pattern.match(name).captured(1).toLatin1();
}

Result<void> checkAddress(const DownloadRequest& request)
{
    static const QRegularExpression safeName(QStringLiteral("^[A-Za-z0-9][A-Za-z0-9._-]{0,100}$"));
    const QUrl& url = request.url;
    const bool safe = url.scheme() == u"https" || (url.scheme() == u"http" && isLocalHost(url));
    if (!url.isValid() || !safe || !safeName.match(url.fileName()).hasMatch() ||
        (request.sha256.isEmpty() && hashInName(url.fileName()).isEmpty())) {
        return fail(
            "bad-address",
            QCoreApplication::translate("goodsight::Model", "%1 is no address to download a model from.")
                .arg(url.toDisplayString()),
            QCoreApplication::translate("goodsight::Model",
                                        "It must begin with https:// and the file's name must carry "
                                        "its sha256, as in resnet18-f37072fd.pth."));
    }
    return {};
}

QByteArray wantedHash(const DownloadRequest& request)
{
    return request.sha256.isEmpty() ? hashInName(request.url.fileName()) : request.sha256.toLower();
}

bool hashFits(const DownloadRequest& request, const QByteArray& sha256)
{
    return sha256.startsWith(wantedHash(request));
}

Result<void> checkHash(const DownloadRequest& request, PartFile& part)
{
    const auto actual = part.sha256();
    if (!actual)
        return fail(actual.error());
    if (hashFits(request, *actual))
        return {};
    const QByteArray wanted = wantedHash(request);
    part.discard();
    return fail("hash-mismatch",
                QCoreApplication::translate(
                    "goodsight::Model", "%1 arrived damaged or is not the file it claims to be: its sha256 "
                                        "is %2 where %3 is expected. It was deleted.")
                    .arg(request.url.fileName(), QString::fromLatin1(actual->left(wanted.size())),
                         QString::fromLatin1(wanted)),
                QCoreApplication::translate(
                    "goodsight::Model", "Try again; if it happens again, import the file from a source you "
                                        "trust."));
}

} // namespace

Result<QString> downloadFile(const DownloadRequest& request, Job::Control& control)
{
    if (auto address = checkAddress(request); !address)
        return fail(address.error());
    PartFile part(request.folder, request.url.fileName());
    if (auto opened = part.open(); !opened)
        return fail(opened.error());
    // One that arrived earlier and was not installed, for want of room perhaps.
    if (const auto earlier = part.finished(); earlier && hashFits(request, *earlier)) {
        part.discard();
        return part.path();
    }
    QElapsedTimer sinceStart;
    sinceStart.start();
    for (int attempt = 1;; ++attempt) {
        const qint64 before = part.size();
        const auto outcome = HttpFetch(request, part, control, sinceStart).run();
        if (!outcome)
            return fail(outcome.error());
        if (outcome->end == HttpFetch::End::Complete)
            break;
        // One that brought nothing will not bring more a second later; except where it threw a stale part
        // away.
        if (attempt >= request.tries || part.size() == before)
            return fail(outcome->error);
    }
    if (auto hash = checkHash(request, part); !hash)
        return fail(hash.error());
    return part.finish();
}

} // namespace goodsight
