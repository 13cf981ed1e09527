// Answers photos without end and prints a line for each when it is sent and once it is acknowledged; the test
// kills it.
#include "core/dataset/PhotoFiles.h"
#include "tests/core/dataset/DatasetFixture.h"

#include <QCoreApplication>

#include <cstdio>

using namespace goodsight;

namespace {

void print(const char* what, const QString& sha256, const QString& labelId)
{
    std::printf("%s %s %s\n", what, qPrintable(sha256), qPrintable(labelId));
    std::fflush(stdout);
}

/// The label depends on the run as well, so that a photo that is answered again gets another one, and an
/// older answer that came back would show.
void keepAnswering(DatasetStore& store, int seed, int run)
{
    const QString labelId = fruit()[(seed + run) % 3].id;
    Answer answer = answerFor(seed, labelId, PhotoState::Corrected);
    answer.automatic = AutomaticNote{true, labelId, QStringLiteral("f1"), 0.9, 0.8};
    print("sent", sha256Of(answer.photo.bytes), labelId);
    store.answerAsync(answer, [&store, seed, run, labelId](const Result<PhotoRow>& row) {
        if (!row) {
            std::fprintf(stderr, "%s\n", qPrintable(row.error().message));
            QCoreApplication::exit(1);
            return;
        }
        print("kept", row->sha256, labelId);
        keepAnswering(store, seed + 2, run);
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
    const int run = arguments.value(2).toInt();
    keepAnswering(**store, 2 * run, run);
    keepAnswering(**store, 2 * run + 1, run);
    return QCoreApplication::exec();
}
