#include "tests/support/TestHttpServer.h"

#include <QHostAddress>
#include <QTcpSocket>
#include <QTimer>

#include <algorithm>
#include <memory>

namespace goodsight::testsupport {

TestHttpServer::TestHttpServer(QByteArray body)
    : m_body(std::move(body))
    , m_script(1)
{
    QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
        while (QTcpSocket* socket = m_server.nextPendingConnection()) {
            auto received = std::make_shared<QByteArray>();
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket, received] {
                received->append(socket->readAll());
                const qsizetype end = received->indexOf("\r\n\r\n");
                if (end < 0)
                    return;
                const QByteArray head = received->left(end);
                received->clear();
                serve(socket, head);
            });
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    });
    m_server.listen(QHostAddress::LocalHost);
}

QUrl TestHttpServer::url(const QString& fileName) const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1/models/%2").arg(m_server.serverPort()).arg(fileName));
}

void TestHttpServer::setScript(std::vector<Behaviour> script)
{
    m_script = std::move(script);
    m_served = 0;
}

void TestHttpServer::serve(QTcpSocket* socket, const QByteArray& head)
{
    const QList<QByteArray> lines = head.split('\n');
    Request request{lines.first().split(' ').value(1), {}};
    for (const QByteArray& line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        request.headers.insert(line.left(colon).trimmed().toLower(), line.mid(colon + 1).trimmed());
    }
    if (const auto redirect = m_redirects.constFind(request.path); redirect != m_redirects.constEnd()) {
        m_requests.append(request);
        socket->write("HTTP/1.1 302 Elsewhere\r\nLocation: " + *redirect +
                      "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        socket->disconnectFromHost();
        return;
    }
    if (m_last != request) {
        m_last = request;
        m_requests.append(request);
        ++m_served;
    }
    const Behaviour behaviour = m_script[std::clamp(m_served, std::size_t{1}, m_script.size()) - 1];
    if (behaviour.silent)
        return;

    qint64 from = 0;
    const QByteArray range = request.headers.value("range");
    const QByteArray condition = request.headers.value("if-range");
    if (behaviour.ranges && range.startsWith("bytes=") &&
        (condition.isEmpty() || condition == behaviour.etag))
        from = range.mid(6, range.size() - 7).toLongLong();
    int status = behaviour.status != 0 ? behaviour.status : from > 0 ? 206 : 200;
    QByteArray answer;
    const QByteArray size = QByteArray::number(m_body.size());
    if (status == 206 && from >= m_body.size()) {
        status = 416;
        answer += "Content-Range: bytes */" + size + "\r\n";
    } else if (status == 206) {
        const QByteArray truth =
            "bytes " + QByteArray::number(from) + '-' + QByteArray::number(m_body.size() - 1) + '/' + size;
        answer +=
            "Content-Range: " + (behaviour.contentRange.isEmpty() ? truth : behaviour.contentRange) + "\r\n";
    }
    const QByteArray body = status == 200 || status == 206 ? m_body.mid(from) : QByteArray("nothing here");
    if (!behaviour.etag.isEmpty())
        answer += "ETag: " + behaviour.etag + "\r\n";
    if (behaviour.announceLength)
        answer += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    socket->write("HTTP/1.1 " + QByteArray::number(status) + " As scripted\r\n" + answer +
                  "Connection: close\r\n\r\n");
    send(socket,
         (behaviour.cutAfter < 0 ? body : body.left(behaviour.cutAfter)) + QByteArray(behaviour.extra, 'x'),
         behaviour);
}

void TestHttpServer::send(QTcpSocket* socket, const QByteArray& bytes, const Behaviour& behaviour)
{
    if (behaviour.delayMs == 0) {
        socket->write(bytes);
        if (!behaviour.stall)
            socket->disconnectFromHost();
        return;
    }
    socket->write(bytes.left(1 << 16));
    if (bytes.size() <= (1 << 16)) {
        if (!behaviour.stall)
            socket->disconnectFromHost();
        return;
    }
    QTimer::singleShot(behaviour.delayMs, socket, [this, socket, behaviour, rest = bytes.mid(1 << 16)] {
        send(socket, rest, behaviour);
    });
}

} // namespace goodsight::testsupport
