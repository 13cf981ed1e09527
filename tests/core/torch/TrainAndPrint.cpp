// Trains the plan of twoStages() in a folder, keeping its state after every step, and prints a line a step;
// the test kills it. Ends with "done" and the digest of the weights.
#include "tests/core/torch/TrainingFixture.h"

#include <QCoreApplication>

#include <cstdio>

using namespace goodsight;

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QString folder = QCoreApplication::arguments().value(1);
    const TrainingSet set = writePhotos(folder + QStringLiteral("/photos"), 3, 4);
    FineTuneRequest request = smallRequest(twoStages(), set, folder + QStringLiteral("/run"));
    request.checkpointSeconds = 0;
    FineTuneEvents events;
    events.pass = [](int) {
        std::printf("pass\n");
        std::fflush(stdout);
    };
    const auto tuned = fineTune(request, events);
    if (!tuned) {
        std::fprintf(stderr, "%s\n", qPrintable(tuned.error().message));
        return 1;
    }
    std::printf("done %s\n", qPrintable(digestOf(tuned->weights)));
    return 0;
}
