// Answers photos without end and prints a line for each once it is acknowledged; the test kills it.
#include "tests/core/dataset/DatasetFixture.h"

#include <QCoreApplication>

#include <cstdio>

using namespace goodsight;

namespace {

void keepAnswering(DatasetStore& store, int seed)
{
    const QString labelId = fruit()[seed % 3].id;
    store.answerAsync(answerFor(seed, labelId, PhotoState::Corrected),
                      [&store, seed, labelId](const Result<PhotoRow>& row) {
                          if (!row) {
                              std::fprintf(stderr, "%s\n", qPrintable(row.error().message));
                              QCoreApplication::exit(1);
                              return;
                          }
                          std::printf("%s %s\n", qPrintable(row->sha256), qPrintable(labelId));
                          std::fflush(stdout);
                          keepAnswering(store, seed + 2);
                      });
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const auto store = DatasetStore::open(arguments.value(1));
    if (!store) {
        std::fprintf(stderr, "%s\n", qPrintable(store.error().message));
        return 1;
    }
    // Two in flight, so that one is being written while the other is acknowledged.
    const int seed = arguments.value(2).toInt();
    keepAnswering(**store, seed);
    keepAnswering(**store, seed + 1);
    return QCoreApplication::exec();
}
