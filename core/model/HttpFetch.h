#pragma once

#include "core/model/ModelDownload.h"
#include "core/model/PartFile.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkReply>

#include <memory>
#include <optional>

namespace goodsight {

/// True for this computer itself: no proxy and no TLS between.
[[nodiscard]] bool isLocalHost(const QUrl& url);

/// One connection that brings a file's bytes, or those still missing, into a PartFile.
class HttpFetch {
public:
    enum class End {
        Complete, ///< every byte is there
        Broken    ///< the connection failed; another may go on
    };
    /// How it ended; `error` is set for Broken, too, in case nobody tries again.
    struct Outcome {
        End end = End::Broken;
        Error error;
    };

    HttpFetch(const DownloadRequest& request, PartFile& part, Job::Control& control,
              QElapsedTimer sinceStart);

    /// Runs to the end. An error is one that no further try would mend.
    [[nodiscard]] Result<Outcome> run();

private:
    void onHeaders();
    void onBytes();
    void onTick();
    void onFinished();
    void stopWith(const Error& error);
    [[nodiscard]] QNetworkRequest networkRequest() const;
    [[nodiscard]] Error networkError() const;

    const DownloadRequest& m_request;
    PartFile& m_part;
    Job::Control& m_control;
    QElapsedTimer m_sinceStart;
    QElapsedTimer m_sinceByte;
    QNetworkAccessManager m_network;
    QEventLoop m_loop;
    std::unique_ptr<QNetworkReply> m_reply;
    bool m_accepted = false; ///< the headers were looked at and the body is wanted
    bool m_complete = false;
    qint64 m_total = 0;             ///< bytes of the whole file; 0: unknown
    std::optional<Error> m_stopped; ///< why we ended it ourselves
    bool m_mayRetry = false;        ///< of m_stopped
};

} // namespace goodsight
