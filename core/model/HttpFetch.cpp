#include "core/model/HttpFetch.h"

#include <QCoreApplication>
#include <QNetworkProxy>
#include <QRegularExpression>
#include <QTimer>

namespace goodsight {

namespace {

constexpr int kTick = 50; ///< milliseconds between looks at the clock and at the stop request
constexpr int kOk = 200;
constexpr int kPartial = 206;
constexpr int kRangeNotSatisfiable = 416;

QString hostOf(const QUrl& url)
{
    return url.host().isEmpty() ? url.toString() : url.host();
}

QString resumeHint()
{
    return QCoreApplication::translate(
        "goodsight::Model", "Check the network and try again: the download goes on where it stopped.");
}

/// "bytes 100-199/200" as first byte and whole size; -1 where it makes no sense or says "*".
struct ContentRange {
    qint64 first = -1;
    qint64 total = -1;
    explicit ContentRange(const QByteArray& header)
    {
        static const QRegularExpression pattern(
            QStringLiteral("^bytes\\s+(?:(\\d{1,15})-\\d{1,15}|\\*)/(\\d{1,15}|\\*)$"),
            QRegularExpression::CaseInsensitiveOption);
        const auto match = pattern.match(QString::fromLatin1(header.trimmed()));
        bool isNumber = false;
        const qint64 from = match.captured(1).toLongLong(&isNumber);
        first = isNumber ? from : -1;
        const qint64 whole = match.captured(2).toLongLong(&isNumber);
        total = isNumber ? whole : -1;
    }
};

/// What If-Range may carry: a strong ETag, or the date.
QByteArray validatorOf(const QNetworkReply& reply)
{
    const QByteArray etag = reply.rawHeader("ETag");
    return !etag.isEmpty() && !etag.startsWith("W/") ? etag : reply.rawHeader("Last-Modified");
}

} // namespace

bool isLocalHost(const QUrl& url)
{
    return url.host() == u"127.0.0.1" || url.host() == u"localhost" || url.host() == u"::1";
}

HttpFetch::HttpFetch(const DownloadRequest& request, PartFile& part, Job::Control& control,
                     QElapsedTimer sinceStart)
    : m_request(request)
    , m_part(part)
    , m_control(control)
    , m_sinceStart(sinceStart)
{
    if (!isLocalHost(request.url)) {
        const auto proxies = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(request.url));
        if (!proxies.isEmpty())
            m_network.setProxy(proxies.first());
    }
}

QNetworkRequest HttpFetch::networkRequest() const
{
    QNetworkRequest request(m_request.url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::NoLessSafeRedirectPolicy);
    request.setMaximumRedirectsAllowed(5);
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("Goodsight/" GOODSIGHT_VERSION));
    request.setRawHeader("Accept-Encoding", "identity"); // a range of packed bytes would be of no use
    if (m_part.size() > 0 && !m_part.validator().isEmpty()) {
        request.setRawHeader("Range", "bytes=" + QByteArray::number(m_part.size()) + '-');
        request.setRawHeader("If-Range", m_part.validator());
    }
    return request;
}

Result<HttpFetch::Outcome> HttpFetch::run()
{
    m_sinceByte.start();
    m_reply.reset(m_network.get(networkRequest()));
    QNetworkReply* const reply = m_reply.get();
    QTimer ticks;
    QObject::connect(&ticks, &QTimer::timeout, reply, [this] { onTick(); });
    QObject::connect(reply, &QNetworkReply::metaDataChanged, reply, [this] { onHeaders(); });
    QObject::connect(reply, &QNetworkReply::readyRead, reply, [this] { onBytes(); });
    QObject::connect(reply, &QNetworkReply::finished, reply, [this] { onFinished(); });
    ticks.start(kTick);
    m_loop.exec();
    ticks.stop();
    m_reply->disconnect();
    if (m_stopped && !m_mayRetry)
        return fail(*m_stopped);
    if (m_complete)
        return Outcome{End::Complete, {}};
    return Outcome{End::Broken, m_stopped ? *m_stopped : networkError()};
}

void HttpFetch::onHeaders()
{
    if (m_accepted || m_stopped)
        return;
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status >= 300 && status < 400)
        return; // a redirect, which Qt follows
    m_sinceByte.restart();
    const ContentRange range(m_reply->rawHeader("Content-Range"));
    if (status == kPartial && range.first == m_part.size()) {
        m_total = range.total;
    } else if (status == kOk) {
        // Either asked for everything, or the server has another version or knows no ranges.
        m_total = m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
        if (const auto fresh = m_part.restart(validatorOf(*m_reply)); !fresh)
            return stopWith(fresh.error());
    } else if (status == kRangeNotSatisfiable && range.total == m_part.size()) {
        m_complete = true; // nothing was missing
        return stopWith({});
    } else {
        if (status == kRangeNotSatisfiable || status == kPartial) {
            // What is here does not belong to what is there: the next try starts anew.
            if (const auto fresh = m_part.restart({}); !fresh)
                return stopWith(fresh.error());
            m_mayRetry = true;
        }
        m_mayRetry = m_mayRetry || status >= 500;
        return stopWith({QStringLiteral("http-error"),
                         QCoreApplication::translate("goodsight::Model", "%1 answered with HTTP status %2.")
                             .arg(hostOf(m_request.url))
                             .arg(status),
                         QCoreApplication::translate("goodsight::Model",
                                                     "Try again later, or import the file from a stick.")});
    }
    m_accepted = true;
    if (m_total > m_request.maxBytes) {
        return stopWith({QStringLiteral("too-large"),
                         QCoreApplication::translate("goodsight::Model", "%1 is larger than a model can be.")
                             .arg(m_request.url.fileName()),
                         {}});
    }
    m_control.progress(m_part.size(), m_total, m_request.url.fileName());
}

void HttpFetch::onBytes()
{
    if (!m_accepted || m_stopped)
        return;
    m_sinceByte.restart();
    const QByteArray bytes = m_reply->readAll();
    if (m_part.size() + bytes.size() > (m_total > 0 ? m_total : m_request.maxBytes)) {
        return stopWith({QStringLiteral("too-large"),
                         QCoreApplication::translate("goodsight::Model", "%1 sent more than it announced.")
                             .arg(hostOf(m_request.url)),
                         {}});
    }
    if (const auto added = m_part.append(bytes); !added)
        return stopWith(added.error());
    m_control.progress(m_part.size(), m_total, m_request.url.fileName());
}

void HttpFetch::onTick()
{
    if (m_control.stopRequested())
        return stopWith(cancelledError());
    const bool late = m_request.totalTimeout > 0 && m_sinceStart.elapsed() > m_request.totalTimeout;
    const bool silent =
        m_sinceByte.elapsed() > (m_accepted ? m_request.stallTimeout : m_request.connectTimeout);
    if (!late && !silent)
        return;
    m_mayRetry = !late;
    stopWith({QStringLiteral("timeout"),
              late ? QCoreApplication::translate("goodsight::Model", "The download took longer than %1 s.")
                         .arg(m_request.totalTimeout / 1000)
                   : QCoreApplication::translate("goodsight::Model", "%1 does not answer.")
                         .arg(hostOf(m_request.url)),
              resumeHint()});
}

void HttpFetch::onFinished()
{
    if (!m_stopped) {
        onBytes();
        if (!m_stopped && m_accepted)
            m_complete = m_total > 0 ? m_part.size() == m_total : m_reply->error() == QNetworkReply::NoError;
    }
    m_loop.quit();
}

void HttpFetch::stopWith(const Error& error)
{
    if (m_stopped)
        return;
    if (!m_complete)
        m_stopped = error;
    m_loop.quit(); // the connection ends with the reply, when this object goes
}

Error HttpFetch::networkError() const
{
    if (m_reply->error() == QNetworkReply::SslHandshakeFailedError) {
        return {QStringLiteral("tls-failed"),
                QCoreApplication::translate("goodsight::Model", "No safe connection to %1 is possible: %2.")
                    .arg(hostOf(m_request.url), m_reply->errorString()),
                QCoreApplication::translate("goodsight::Model",
                                            "Check this computer's date and certificates, or import the file "
                                            "from a stick.")};
    }
    return {QStringLiteral("no-connection"),
            QCoreApplication::translate("goodsight::Model", "The connection to %1 failed: %2.")
                .arg(hostOf(m_request.url), m_reply->errorString()),
            resumeHint()};
}

} // namespace goodsight
