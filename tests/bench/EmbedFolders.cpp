// goodsight_embed MODEL OUT FOLDER…   embeddings of labelled photos, for the measurements of heads
// A photo's label is the name of the folder that it lies in. Writes one safetensors file: "embeddings" and
// "flipped" (the same photos mirrored), photos x 512; "labels" and "part" (which FOLDER, from 0), photos; and
// the labels' names, line by line, as "classes" in its metadata.

#include "core/inference/PhotoFiles.h"
#include "core/inference/Recognizer.h"
#include "core/model/ClassNames.h"
#include "core/model/Safetensors.h"

#include <QCoreApplication>
#include <QMap>

#include <algorithm>
#include <cstdio>

using namespace goodsight;

namespace {

constexpr std::size_t kBatch = 8;

int failed(const Error& error)
{
    std::fprintf(stderr, "%s\n", qPrintable(error.message));
    return 1;
}

/// Mirrors the network's input, rows of 224 numbers.
void mirror(std::vector<float>& input)
{
    constexpr std::ptrdiff_t kSide = 224;
    for (auto row = input.begin(); row != input.end(); row += kSide)
        std::reverse(row, row + kSide);
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() < 4) {
        std::fputs("usage: goodsight_embed MODEL OUT FOLDER...\n", stderr);
        return 2;
    }
    const auto recognizer = Recognizer::open(words[1], BackendKind::OneDnnFp32, 0);
    if (!recognizer)
        return failed(recognizer.error());
    std::vector<std::pair<QString, int>> photos;
    QMap<QString, int> classes;
    for (qsizetype folder = 3; folder < words.size(); ++folder) {
        const auto found = photosIn(words[folder]);
        if (!found)
            return failed(found.error());
        for (const QString& photo : found->photos) {
            photos.emplace_back(photo, static_cast<int>(folder - 3));
            classes.insert(folderName(photo), 0);
        }
    }
    int number = 0;
    for (int& at : classes)
        at = number++;

    std::map<std::string, Tensor> out;
    std::vector<PreparedPhoto> batch;
    const auto run = [&](const char* name) -> Result<void> {
        const auto answers = (*recognizer)->recognize(batch, {});
        if (!answers)
            return fail(answers.error());
        for (const Recognition& answer : *answers) {
            auto& values = out[name].values;
            values.insert(values.end(), answer.embedding.begin(), answer.embedding.end());
        }
        return {};
    };
    PrepareOptions prepare;
    prepare.hash = false;
    for (std::size_t i = 0; i < photos.size(); ++i) {
        PhotoSource source;
        source.path = photos[i].first;
        auto prepared = preparePhoto(source, (*recognizer)->model().preprocessing, prepare);
        if (!prepared)
            return failed(prepared.error());
        batch.push_back(std::move(*prepared));
        out["labels"].values.push_back(static_cast<float>(classes.value(folderName(photos[i].first))));
        out["part"].values.push_back(static_cast<float>(photos[i].second));
        if (batch.size() < kBatch && i + 1 < photos.size())
            continue;
        if (const auto done = run("embeddings"); !done)
            return failed(done.error());
        for (PreparedPhoto& photo : batch)
            mirror(photo.input);
        if (const auto done = run("flipped"); !done)
            return failed(done.error());
        batch.clear();
    }
    for (auto& [name, tensor] : out) {
        const auto count = static_cast<int64_t>(photos.size());
        const auto size = static_cast<int64_t>(tensor.values.size());
        tensor.shape =
            size == count ? std::vector<int64_t>{count} : std::vector<int64_t>{count, size / count};
    }
    const auto written = writeSafetensors(
        words[2], {{QStringLiteral("classes"), QStringList(classes.keys()).join(u'\n')}}, out, false);
    return written ? 0 : failed(written.error());
}
