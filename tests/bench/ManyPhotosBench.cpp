// goodsight_many_photos MODEL FOLDER COUNT [--backend NAME] [--threads N]
//
// Recognises COUNT files, links of different names to the photos in FOLDER, without a cache, and prints what
// memory the program takes after 1,000, 10,000, 100,000 of them; then how long a stop takes in the middle of
// the work. Linux: memory is read from /proc.
#include "core/inference/BatchRecognitionJob.h"
#include "core/inference/PhotoFiles.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTextStream>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

using namespace goodsight;

namespace {

constexpr int kStops = 20;

double megabytesOf(const char* field)
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : status.readAll().split('\n')) {
        if (line.startsWith(field))
            return line.simplified().split(' ').value(1).toDouble() / 1024;
    }
    return 0;
}

/// `count` names for `photos`, each photo as often as needed.
QStringList linksTo(const QStringList& photos, qsizetype count, const QDir& folder)
{
    QStringList names;
    names.reserve(count);
    for (qsizetype i = 0; i < count; ++i) {
        const QString name = folder.filePath(QStringLiteral("photo-%1.jpg").arg(i, 6, 10, QLatin1Char('0')));
        if (!QFile::link(photos[i % photos.size()], name))
            return {};
        names.append(name);
    }
    return names;
}

/// Milliseconds from a request to stop, `after` so many, until the work has ended.
double stopAfter(Recognizer& recognizer, const QStringList& files, std::chrono::milliseconds after)
{
    std::atomic_bool stop = false;
    std::atomic<qint64> asked = 0;
    QElapsedTimer clock;
    clock.start();
    std::jthread asker([&] {
        std::this_thread::sleep_for(after);
        asked = clock.nsecsElapsed();
        stop = true;
    });
    BatchOptions options;
    options.stopRequested = [&stop] { return stop.load(); };
    recognizeFiles(recognizer, files, options, [](const BatchItem&) {});
    return static_cast<double>(clock.nsecsElapsed() - asked) / 1e6;
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOption({QStringLiteral("backend"), {}, QStringLiteral("name"), QStringLiteral("auto")});
    parser.addOption({QStringLiteral("threads"), {}, QStringLiteral("n"), QStringLiteral("2")});
    parser.process(application);
    QTextStream out(stdout);
    const QStringList arguments = parser.positionalArguments();
    const auto kind = backendKindFromName(parser.value(QStringLiteral("backend")));
    if (arguments.size() != 3 || !kind) {
        out << "goodsight_many_photos MODEL FOLDER COUNT [--backend NAME] [--threads N]\n";
        return 2;
    }
    const auto found = photosIn(QDir(arguments[1]).absolutePath());
    auto opened = Recognizer::open(arguments[0], *kind, parser.value(QStringLiteral("threads")).toInt());
    const QTemporaryDir folder;
    const QStringList files = found && !found->photos.isEmpty()
                                  ? linksTo(found->photos, arguments[2].toLongLong(), QDir(folder.path()))
                                  : QStringList();
    if (!opened || files.isEmpty()) {
        out << (opened ? QStringLiteral("no photos") : opened.error().message) << '\n';
        return 1;
    }
    Recognizer& recognizer = **opened;
    out << recognizer.backendName() << ", " << recognizer.threads()
        << " threads; before: " << qRound(megabytesOf("VmRSS"))
        << " MB\n  photos  photos/s  now MB  peak MB\n";
    out.flush();

    QElapsedTimer clock;
    clock.start();
    const auto failed = recognizeFiles(recognizer, files, {}, [&](const BatchItem& item) {
        const qsizetype done = item.index + 1;
        if (done != 1'000 && done != 10'000 && done != 100'000 && done != files.size())
            return;
        out << qSetFieldWidth(8) << done << qSetFieldWidth(10)
            << qRound64(1000.0 * static_cast<double>(done) / static_cast<double>(clock.elapsed()))
            << qSetFieldWidth(8) << qRound(megabytesOf("VmRSS")) << qSetFieldWidth(9)
            << qRound(megabytesOf("VmHWM")) << qSetFieldWidth(0) << '\n';
        out.flush();
    });
    out << failed << " failed\n";

    std::vector<double> stops;
    for (int i = 0; i < kStops; ++i)
        stops.push_back(stopAfter(recognizer, files, std::chrono::milliseconds(200 + 17 * i)));
    std::sort(stops.begin(), stops.end());
    out << "stopping takes " << stops[stops.size() / 2] << " ms (median), " << stops.back()
        << " ms (longest of " << kStops << ")\n";
    return 0;
}
