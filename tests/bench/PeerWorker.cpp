// Goodsight's side of tests/bench/peers/run: answers one JSON line on stdin with one on stdout, as worker.py
// does for the peers.

#include "core/inference/BatchRecognitionJob.h"
#include "core/inference/GoldenReplay.h"
#include "core/inference/Recognizer.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>
#include <iostream>
#include <string>

using namespace goodsight;

namespace {

double since(const QElapsedTimer& timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

/// As `goodsight-cli predict` works.
RecognizeOptions withoutHash()
{
    RecognizeOptions options;
    options.hash = false;
    return options;
}

/// One request after the other, with the engine that the last "load" asked for.
class Worker {
public:
    QJsonObject answer(const QJsonObject& request)
    {
        const QString what = request[u"do"].toString();
        if (what == u"load")
            return load(request);
        if (what == u"network")
            return network(request[u"batch"].toInt(), request[u"times"].toInt());
        if (what == u"photo")
            return photo(request[u"file"].toString(), request[u"times"].toInt());
        if (what == u"files")
            return files(request[u"files"].toArray());
        return {{QStringLiteral("error"), QStringLiteral("what?")}};
    }

private:
    QJsonObject load(const QJsonObject& request)
    {
        const BackendKind kind =
            request[u"precision"].toString() == u"int8" ? BackendKind::OneDnnInt8 : BackendKind::OneDnnFp32;
        const QString model = request[u"model"].toString();
        const int threads = request[u"threads"].toInt();
        auto package = ModelPackage::load(model);
        if (!package)
            return {{QStringLiteral("error"), package.error().message}};
        auto backend = createBackend(kind, *package, threads);
        auto recognizer = Recognizer::open(model, kind, threads);
        if (!backend || !recognizer)
            return {{QStringLiteral("error"), (backend ? recognizer.error() : backend.error()).message}};
        m_backend = std::move(*backend);
        m_recognizer = std::move(*recognizer);
        return {{QStringLiteral("ready"), true}};
    }

    QJsonObject network(int batch, int times)
    {
        std::vector<float> input;
        for (int i = 0; i < batch; ++i) {
            const auto one = goldenInput(static_cast<quint32>(i + 1), {});
            input.insert(input.end(), one.begin(), one.end());
        }
        return timed(times, [&] { return m_backend->run(input, batch).has_value(); });
    }

    QJsonObject photo(const QString& file, int times)
    {
        PhotoSource source;
        source.path = file;
        return timed(times, [&] { return m_recognizer->recognize(source, withoutHash()).has_value(); });
    }

    QJsonObject files(const QJsonArray& names)
    {
        QStringList list;
        for (const QJsonValue& name : names)
            list += name.toString();
        BatchOptions options;
        options.recognize.hash = false;
        return timed(
            1, [&] { return recognizeFiles(*m_recognizer, list, options, [](const BatchItem&) {}) == 0; });
    }

    template <typename Work>
    static QJsonObject timed(int times, Work&& work)
    {
        QJsonArray all;
        for (int i = 0; i < times; ++i) {
            QElapsedTimer timer;
            timer.start();
            if (!work())
                return {{QStringLiteral("error"), QStringLiteral("failed")}};
            all.append(since(timer));
        }
        return {{QStringLiteral("ms"), all}};
    }

    std::unique_ptr<Backend> m_backend;
    std::unique_ptr<Recognizer> m_recognizer;
};

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    Worker worker;
    std::string line;
    while (std::getline(std::cin, line)) {
        const QJsonObject request = QJsonDocument::fromJson(QByteArray::fromStdString(line)).object();
        const QByteArray reply = QJsonDocument(worker.answer(request)).toJson(QJsonDocument::Compact);
        std::fwrite(reply.constData(), 1, static_cast<std::size_t>(reply.size()), stdout);
        std::fputc('\n', stdout);
        std::fflush(stdout);
    }
}
