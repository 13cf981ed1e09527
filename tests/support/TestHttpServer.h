#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QTcpServer>
#include <QUrl>

#include <optional>
#include <vector>

class QTcpSocket;

namespace goodsight::testsupport {

/// A small HTTP/1.1 server on this machine that can misbehave in every way a download must survive. Lives in
/// the thread that made it and needs its event loop.
class TestHttpServer {
public:
    /// What one request gets; the last of the script serves all further ones. A request that is the same as
    /// the one before counts as that one sent again, which Qt does when a connection breaks early enough.
    struct Behaviour {
        int status = 0;       ///< 0: 200 or 206, as asked
        bool ranges = true;   ///< honours Range
        qint64 cutAfter = -1; ///< closes the connection after so many bytes of the body
        bool stall = false;   ///< sends what cutAfter says, then nothing, and stays connected
        bool silent = false;  ///< takes the request and never answers
        bool announceLength = true;
        qint64 extra = 0;             ///< bytes sent beyond what was announced
        QByteArray etag = "\"one\"";  ///< empty: none
        QByteArray contentRange = {}; ///< a lie instead of the true Content-Range
        int delayMs = 0;              ///< between chunks of 64 KB
    };
    struct Request {
        QByteArray path;
        QHash<QByteArray, QByteArray> headers; ///< names in lower case
        friend bool operator==(const Request&, const Request&) = default;
    };

    /// Serves `body` at every path, well behaved until setScript() says otherwise.
    explicit TestHttpServer(QByteArray body);

    [[nodiscard]] QUrl url(const QString& fileName) const;
    void setBody(const QByteArray& body) { m_body = body; }
    void setScript(std::vector<Behaviour> script);
    /// Answers requests of `path` with 302 to `location`, outside the script.
    void redirect(const QByteArray& path, const QByteArray& location) { m_redirects.insert(path, location); }
    /// The next request counts even when it is the same as the one before.
    void expectTheSameAgain() { m_last.reset(); }
    [[nodiscard]] const QList<Request>& requests() const { return m_requests; }

private:
    void serve(QTcpSocket* socket, const QByteArray& head);
    void send(QTcpSocket* socket, const QByteArray& bytes, const Behaviour& behaviour);

    QByteArray m_body;
    std::vector<Behaviour> m_script;
    std::size_t m_served = 0; ///< requests since the script began
    QHash<QByteArray, QByteArray> m_redirects;
    std::optional<Request> m_last;
    QList<Request> m_requests;
    QTcpServer m_server; // last: its sockets end first
};

} // namespace goodsight::testsupport
