// goodsight_head_bench (FILE|PHOTOSxCLASSES) [--l2 L] [--tolerance T] [--times N] [--threads N] [--out FILE]
// Fits a linear head to the embeddings of goodsight_embed's FILE (its first folder), or to made-up ones of so
// many photos and classes, and prints one JSON line a fit. --out writes weight and bias of the last.

#include "core/learning/LinearHead.h"
#include "core/model/Safetensors.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <cstdio>
#include <random>

using namespace goodsight;

namespace {

constexpr int kDimensions = 512;

struct Photos {
    std::vector<float> embeddings;
    std::vector<int> labels;
    int classes = 0;
};

/// Classes around centres of their own, in few directions more than in others, never below 0: as a network's.
Photos makeUp(int photos, int classes)
{
    std::mt19937 random(7);
    std::normal_distribution<float> normal;
    std::vector<float> scale(kDimensions);
    for (int j = 0; j < kDimensions; ++j)
        scale[static_cast<std::size_t>(j)] = 1.0F / std::sqrt(1.0F + static_cast<float>(j) / 16);
    std::vector<float> centres(static_cast<std::size_t>(classes) * kDimensions);
    for (std::size_t i = 0; i < centres.size(); ++i)
        centres[i] = 0.6F + 0.7F * scale[i % kDimensions] * normal(random);
    Photos made;
    made.classes = classes;
    made.embeddings.resize(static_cast<std::size_t>(photos) * kDimensions);
    for (int i = 0; i < photos; ++i) {
        const int label = i % classes;
        made.labels.push_back(label);
        for (std::size_t j = 0; j < kDimensions; ++j)
            made.embeddings[static_cast<std::size_t>(i) * kDimensions + j] = std::max(
                0.0F, centres[static_cast<std::size_t>(label) * kDimensions + j] + scale[j] * normal(random));
    }
    return made;
}

Result<Photos> read(const QString& path)
{
    auto file = SafetensorsFile::open(path);
    if (!file)
        return fail(file.error());
    auto tensors = (*file)->read({"embeddings", "labels", "part"});
    if (!tensors)
        return fail(tensors.error());
    Photos photos;
    const std::vector<float>& all = (*tensors)["embeddings"].values;
    for (std::size_t i = 0; i < (*tensors)["labels"].values.size(); ++i) {
        const int label = static_cast<int>((*tensors)["labels"].values[i]);
        photos.classes = std::max(photos.classes, label + 1);
        if ((*tensors)["part"].values[i] > 0)
            continue;
        photos.labels.push_back(label);
        const auto from = all.begin() + static_cast<std::ptrdiff_t>(i * kDimensions);
        photos.embeddings.insert(photos.embeddings.end(), from, from + kDimensions);
    }
    return photos;
}

/// The most memory that this process ever held, MB; 0 where the system does not tell.
double peakMemory()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    static const QRegularExpression peak(QStringLiteral("VmHWM:\\s+(\\d+)"));
    return peak.match(QString::fromLatin1(status.readAll())).captured(1).toDouble() / 1024;
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    QCommandLineParser words;
    for (const char* name : {"l2", "tolerance", "times", "threads", "out"})
        words.addOption({QString::fromLatin1(name), QString(), QString::fromLatin1(name)});
    words.process(app);
    if (words.positionalArguments().size() != 1) {
        std::fputs("usage: goodsight_head_bench (FILE|PHOTOSxCLASSES) [options]\n", stderr);
        return 2;
    }
    const QString source = words.positionalArguments().first();
    static const QRegularExpression size(QStringLiteral("^(\\d+)x(\\d+)$"));
    const auto made = size.match(source);
    const auto photos = made.hasMatch()
                            ? Result<Photos>(makeUp(made.captured(1).toInt(), made.captured(2).toInt()))
                            : read(source);
    if (!photos) {
        std::fprintf(stderr, "%s\n", qPrintable(photos.error().message));
        return 1;
    }
    LinearHeadOptions options;
    if (words.isSet(QStringLiteral("l2")))
        options.l2 = words.value(QStringLiteral("l2")).toDouble();
    if (words.isSet(QStringLiteral("tolerance")))
        options.tolerance = words.value(QStringLiteral("tolerance")).toDouble();
    options.threads = words.value(QStringLiteral("threads")).toInt();
    LinearHead last;
    for (int turn = std::max(1, words.value(QStringLiteral("times")).toInt()); turn > 0; --turn) {
        QElapsedTimer timer;
        timer.start();
        auto head = fitLinearHead(photos->embeddings, kDimensions, photos->labels, photos->classes, options);
        const double seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
        if (!head) {
            std::fprintf(stderr, "%s\n", qPrintable(head.error().message));
            return 1;
        }
        const QJsonObject line{{QStringLiteral("photos"), static_cast<qint64>(photos->labels.size())},
                               {QStringLiteral("classes"), photos->classes},
                               {QStringLiteral("seconds"), seconds},
                               {QStringLiteral("l2"), head->l2},
                               {QStringLiteral("loss"), head->loss},
                               {QStringLiteral("held_out_loss"), head->heldOutLoss},
                               {QStringLiteral("iterations"), head->iterations},
                               {QStringLiteral("peak_mb"), peakMemory()}};
        std::printf("%s\n", QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
        std::fflush(stdout);
        last = std::move(*head);
    }
    if (!words.isSet(QStringLiteral("out")))
        return 0;
    const auto written = writeSafetensors(
        words.value(QStringLiteral("out")), {},
        {{"weight", {{photos->classes, kDimensions}, last.weight}}, {"bias", {{photos->classes}, last.bias}}},
        false);
    return written ? 0 : 1;
}
