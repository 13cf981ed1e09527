// Goodsight's side of tests/bench/peers/maps.py: makes one map of embeddings and says how long it took.
// goodsight_map_bench EMBEDDINGS DIMENSIONS PERPLEXITY THREADS POSITIONS (float32, row-major, both files)

#include "core/evaluation/EmbeddingMap.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>

#include <cstdio>
#include <cstring>
#include <ctime>

using namespace goodsight;

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() != 6)
        return 2;
    QFile input(words[1]);
    if (!input.open(QIODevice::ReadOnly))
        return 1;
    const QByteArray bytes = input.readAll();
    std::vector<float> embeddings(static_cast<std::size_t>(bytes.size()) / sizeof(float));
    std::memcpy(embeddings.data(), bytes.constData(), embeddings.size() * sizeof(float));
    EmbeddingMapOptions options;
    options.perplexity = words[3].toDouble();
    options.threads = words[4].toInt();
    QElapsedTimer timer;
    timer.start();
    const std::clock_t begin = std::clock(); // of all threads
    const auto map = mapEmbeddings(embeddings, words[2].toInt(), options);
    const double cpu = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    const double seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    if (!map)
        return 1;
    QFile output(words[5]);
    if (!output.open(QIODevice::WriteOnly))
        return 1;
    output.write(reinterpret_cast<const char*>(map->positions.data()),
                 static_cast<qint64>(map->positions.size() * sizeof(float)));
    std::printf("{\"seconds\": %.3f, \"cpu\": %.3f, \"divergence\": %.4f}\n", seconds, cpu, map->divergence);
    return 0;
}
