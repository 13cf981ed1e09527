// Splits a project and says when it begins and when that is kept; the test kills it.
#include "core/dataset/DatasetStore.h"

#include <QCoreApplication>

#include <cstdio>

using namespace goodsight;

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const auto store = DatasetStore::open(QCoreApplication::arguments().value(1));
    if (!store) {
        std::fprintf(stderr, "%s\n", qPrintable(store.error().message));
        return 1;
    }
    std::puts("begun");
    std::fflush(stdout);
    const auto given = (*store)->split({});
    std::puts(given ? "split" : "failed");
    std::fflush(stdout);
    return given ? QCoreApplication::exec() : 1;
}
