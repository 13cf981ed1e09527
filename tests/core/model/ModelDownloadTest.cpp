#include "core/model/ModelDownload.h"
#include "core/model/PartFile.h"
#include "tests/support/SmallDisk.h"
#include "tests/support/TestHttpServer.h"

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <random>

using namespace goodsight;
using testsupport::TestHttpServer;

namespace {

constexpr qint64 kSize = 300'000;

QByteArray randomBytes(quint32 seed)
{
    std::mt19937 random(seed);
    QByteArray bytes(kSize, '\0');
    for (char& byte : bytes)
        byte = static_cast<char>(random());
    return bytes;
}

class TestControl final : public Job::Control {
public:
    void progress(qint64 done, qint64 total, const QString&) override
    {
        EXPECT_TRUE(total <= 0 || done <= total);
        last = done;
        largest = std::max(largest, total);
        if (stopAt >= 0 && done >= stopAt)
            stop = true;
    }
    [[nodiscard]] bool stopRequested() const override { return stop; }

    qint64 stopAt = -1;
    qint64 last = -1;
    qint64 largest = -1;
    bool stop = false;
};

class Download : public ::testing::Test {
protected:
    using Script = std::vector<TestHttpServer::Behaviour>;

    Download()
        : server(body)
    {
        request.url = server.url(name);
        request.folder = m_dir.filePath(QStringLiteral("downloads 下载"));
        request.connectTimeout = 5000;
        request.stallTimeout = 5000;
    }
    Result<QString> fetch() { return downloadFile(request, control); }
    QString codeOf(const Result<QString>& result) { return result ? QString() : result.error().code; }
    /// Fetches with these behaviours of the server, and gives the error's code.
    QString codeWith(Script script)
    {
        server.setScript(std::move(script));
        return codeOf(fetch());
    }
    void expectWhole(const Result<QString>& result)
    {
        ASSERT_TRUE(result) << qPrintable(result.error().code + u' ' + result.error().message);
        QFile file(*result);
        ASSERT_TRUE(file.open(QIODevice::ReadOnly));
        EXPECT_EQ(file.readAll(), body);
        EXPECT_EQ(files(), QStringList{name});
    }
    [[nodiscard]] QStringList files() const
    {
        return QDir(request.folder).entryList(QDir::Files, QDir::Name);
    }
    [[nodiscard]] qint64 partSize() const
    {
        return QFileInfo(request.folder + u'/' + name + QStringLiteral(".part")).size();
    }
    [[nodiscard]] QByteArray rangeOf(qsizetype index) const
    {
        return server.requests().value(index).headers.value("range");
    }

    QByteArray body = randomBytes(1);
    QByteArray sha256 = QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex();
    QString name = QStringLiteral("resnet18-%1.pth").arg(QString::fromLatin1(sha256.left(8)));
    TestHttpServer server;
    DownloadRequest request;
    TestControl control;
    QTemporaryDir m_dir;
};

} // namespace

TEST_F(Download, AWholeFileArrives)
{
    expectWhole(fetch());
    EXPECT_EQ(control.last, kSize);
    EXPECT_EQ(control.largest, kSize);
    EXPECT_EQ(server.requests().size(), 1);
    EXPECT_EQ(rangeOf(0), QByteArray());
}

TEST_F(Download, ABrokenConnectionIsContinuedAtOnce)
{
    server.setScript({{.cutAfter = 100'000}, {.cutAfter = 50'000}, {}});
    expectWhole(fetch());
    EXPECT_EQ(rangeOf(1), "bytes=100000-");
    EXPECT_EQ(rangeOf(2), "bytes=150000-");
    EXPECT_EQ(server.requests().value(1).headers.value("if-range"), "\"one\"");
}

TEST_F(Download, ABrokenDownloadIsContinuedTheNextTime)
{
    request.tries = 1;
    EXPECT_EQ(codeWith({{.cutAfter = 100'000}}), QStringLiteral("no-connection"));
    EXPECT_EQ(partSize(), 100'000);
    server.setScript({{}});
    expectWhole(fetch());
    EXPECT_EQ(rangeOf(1), "bytes=100000-");
}

TEST_F(Download, AServerWithoutRangesSendsAllAgain)
{
    request.tries = 1;
    EXPECT_EQ(codeWith({{.cutAfter = 100'000}}), QStringLiteral("no-connection"));
    server.setScript({{.ranges = false}});
    expectWhole(fetch());
}

TEST_F(Download, AnotherVersionIsNotMixedIn)
{
    request.tries = 1;
    server.setBody(randomBytes(2));
    EXPECT_EQ(codeWith({{.cutAfter = 100'000, .etag = "\"old\""}}), QStringLiteral("no-connection"));
    server.setBody(body);
    server.setScript({{.etag = "\"new\""}});
    expectWhole(fetch());
    EXPECT_EQ(server.requests().value(1).headers.value("if-range"), "\"old\"");
}

TEST_F(Download, WithoutAVersionItStartsAnew)
{
    request.tries = 1;
    for (const QByteArray& etag : {QByteArray(), QByteArray("W/\"weak\"")}) {
        EXPECT_EQ(codeWith({{.cutAfter = 100'000, .etag = etag}}), QStringLiteral("no-connection"));
        server.setScript({{.etag = etag}});
        expectWhole(fetch());
        for (const TestHttpServer::Request& sent : server.requests())
            EXPECT_FALSE(sent.headers.contains("range"));
        QDir(request.folder).removeRecursively();
    }
}

TEST_F(Download, ALieAboutTheRangeIsNotBelieved)
{
    request.tries = 1;
    EXPECT_EQ(codeWith({{.cutAfter = 100'000}}), QStringLiteral("no-connection"));
    request.tries = 4;
    server.setScript({{.contentRange = "bytes 7-299999/300000"}, {}});
    expectWhole(fetch());
}

TEST_F(Download, APartThatIsWholeAlreadyIsTaken)
{
    // The length is not announced and the end comes without a goodbye's worth of bytes: all is there.
    {
        PartFile part(request.folder, name);
        ASSERT_TRUE(part.open());
        ASSERT_TRUE(part.restart("\"one\""));
        ASSERT_TRUE(part.append(body));
    }
    expectWhole(fetch());
    EXPECT_EQ(rangeOf(0), "bytes=300000-");
}

TEST_F(Download, AFileThatArrivedEarlierIsNotFetchedAgain)
{
    expectWhole(fetch());
    expectWhole(fetch());
    EXPECT_EQ(server.requests().size(), 1);
    QFile file(request.folder + u'/' + name);
    ASSERT_TRUE(file.resize(1000));
    server.expectTheSameAgain();
    expectWhole(fetch());
    EXPECT_EQ(server.requests().size(), 2);
}

TEST_F(Download, AWrongHashIsDeleted)
{
    server.setBody(randomBytes(3));
    const auto result = fetch();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, QStringLiteral("hash-mismatch"));
    EXPECT_TRUE(result.error().message.contains(QString::fromLatin1(sha256.left(8))));
    EXPECT_EQ(files(), QStringList());
}

TEST_F(Download, TheWholeHashCountsWhenItIsKnown)
{
    request.sha256 = sha256;
    expectWhole(fetch());
    QDir(request.folder).removeRecursively();
    request.sha256 =
        sha256.left(63) + (sha256.endsWith('0') ? '1' : '0'); // the name's eight digits still fit
    EXPECT_EQ(codeOf(fetch()), QStringLiteral("hash-mismatch"));
}

TEST_F(Download, AStalledServerIsGivenUpAndContinued)
{
    request.tries = 1;
    request.stallTimeout = 200;
    EXPECT_EQ(codeWith({{.cutAfter = 100'000, .stall = true}}), QStringLiteral("timeout"));
    EXPECT_EQ(partSize(), 100'000);
    request.tries = 4;
    server.setScript({{.cutAfter = 100'000, .stall = true}, {}});
    expectWhole(fetch());
}

TEST_F(Download, ASilentServerIsGivenUp)
{
    request.connectTimeout = 200;
    const auto result = [&] {
        server.setScript({{.silent = true}});
        return fetch();
    }();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, QStringLiteral("timeout"));
    EXPECT_TRUE(result.error().message.contains(QStringLiteral("127.0.0.1")));
}

TEST_F(Download, TheTimeForEverythingIsKept)
{
    request.totalTimeout = 300;
    QElapsedTimer timer;
    timer.start();
    EXPECT_EQ(codeWith({{.delayMs = 200}}), QStringLiteral("timeout"));
    EXPECT_LT(timer.elapsed(), 5000);
    EXPECT_GT(partSize(), 0) << "what arrived is kept for the next time";
}

TEST_F(Download, NobodyThereIsSaid)
{
    QUrl nobody;
    {
        TestHttpServer gone(body);
        nobody = gone.url(name);
    }
    request.url = nobody;
    EXPECT_EQ(codeOf(fetch()), QStringLiteral("no-connection"));
}

TEST_F(Download, HttpErrorsAreSaid)
{
    for (const int status : {404, 403, 500, 503}) {
        server.setScript({{.status = status}});
        const auto result = fetch();
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, QStringLiteral("http-error"));
        EXPECT_TRUE(result.error().message.contains(QString::number(status)));
    }
}

TEST_F(Download, RedirectsAreFollowedAFewTimes)
{
    const QByteArray path = request.url.path().toUtf8();
    server.redirect(path, "/elsewhere");
    server.redirect("/elsewhere", "/there");
    expectWhole(fetch());
    EXPECT_EQ(server.requests().last().path, "/there");
    QDir(request.folder).removeRecursively();
    server.redirect("/there", path);
    EXPECT_EQ(codeOf(fetch()), QStringLiteral("no-connection"));
    EXPECT_LE(server.requests().size(), 20) << "the circle was followed on and on";
}

TEST_F(Download, CancelStopsAtOnceAndKeepsWhatArrived)
{
    server.setScript({{.delayMs = 100}});
    control.stopAt = 60'000;
    QElapsedTimer timer;
    timer.start();
    EXPECT_EQ(codeOf(fetch()), QStringLiteral("cancelled"));
    EXPECT_LT(timer.elapsed(), 5000);
    const qint64 kept = partSize();
    EXPECT_GE(kept, 60'000);
    EXPECT_LT(kept, kSize);
    control = TestControl();
    server.setScript({{}});
    expectWhole(fetch());
    EXPECT_EQ(rangeOf(1), "bytes=" + QByteArray::number(kept) + '-');
}

TEST_F(Download, MoreThanAModelIsRefused)
{
    request.maxBytes = 200'000;
    EXPECT_EQ(codeOf(fetch()), QStringLiteral("too-large"));
    EXPECT_EQ(codeWith({{.announceLength = false}}), QStringLiteral("too-large"));
    EXPECT_LE(partSize(), 200'000);
}

TEST_F(Download, AFileWithoutALengthIsTakenWhenItsHashFits)
{
    server.setScript({{.announceLength = false}});
    expectWhole(fetch());
    QDir(request.folder).removeRecursively();
    EXPECT_EQ(codeWith({{.cutAfter = 100'000, .announceLength = false}}), QStringLiteral("hash-mismatch"));
}

TEST_F(Download, ASecondProgramKeepsOff)
{
    PartFile other(request.folder, name);
    ASSERT_TRUE(other.open());
    EXPECT_EQ(codeOf(fetch()), QStringLiteral("busy"));
}

TEST_F(Download, AFullDiskIsSaid)
{
    const testsupport::SmallDisk disk(128);
    if (!disk.isMounted())
        GTEST_SKIP() << "skipped: no small file system could be mounted here";
    request.folder = disk.path() + QStringLiteral("/downloads");
    EXPECT_EQ(codeOf(fetch()), QStringLiteral("disk-full"));
}

TEST_F(Download, OnlySafeAddressesAreTaken)
{
    for (const char* url : {
             "http://example.org/resnet18-f37072fd.pth", // not encrypted
             "ftp://example.org/resnet18-f37072fd.pth",
             "file:///tmp/resnet18-f37072fd.pth",
             "https://example.org/resnet18.pth", // no hash
             "https://example.org/resnet18-f370.pth",
             "https://example.org/",
             "",
         }) {
        request.url = QUrl(QString::fromLatin1(url));
        EXPECT_EQ(codeOf(fetch()), QStringLiteral("bad-address")) << url;
    }
}
