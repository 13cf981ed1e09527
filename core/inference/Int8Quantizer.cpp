#include "core/inference/Int8Quantizer.h"

#include "core/base/Job.h"
#include "core/inference/GoldenReplay.h"
#include "core/inference/InferenceText.h"
#include "core/inference/Int8Calibration.h"
#include "core/inference/OneDnnBackend.h"
#include "core/inference/OneDnnNetwork.h"
#include "core/inference/ResNet18Graph.h"
#include "core/inference/TemperatureScaling.h"
#include "core/inference/TestTimeAugmentation.h"
#include "core/inference/TopK.h"
#include "core/model/ClassNames.h"

#include <array>
#include <span>

namespace goodsight {

namespace {

double share(int part, int whole)
{
    return whole == 0 ? 1.0 : static_cast<double>(part) / whole;
}

/// `count` of `all`, evenly spread; with `rest`, those that are left go there.
QStringList spread(const QStringList& all, qsizetype count, QStringList* rest)
{
    QStringList taken;
    for (qsizetype i = 0; i < all.size(); ++i) {
        const bool takes = (i + 1) * count / all.size() > i * count / all.size();
        if (takes)
            taken.append(all[i]);
        else if (rest != nullptr)
            rest->append(all[i]);
    }
    return taken;
}

tl::unexpected<Error> tooFew()
{
    return fail("no-photos", InferenceText::tr("There are too few photos to find 8-bit scales with."),
                InferenceText::tr(
                    "Choose a folder with at least ten photos of the products; 200 or more are better."));
}

tl::unexpected<Error> belowBar(const ModelPackage& package, const Int8Check& check)
{
    return fail("below-bar",
                InferenceText::tr(
                    "In 8 bits the model “%1” is not good enough: it agrees with float32 on %2 % of the "
                    "photos (97 % are asked), on %3 % of the clear ones (99 %), and loses %4 points "
                    "of accuracy (0.3).")
                    .arg(package.name)
                    .arg(check.agreement() * 100, 0, 'f', 2)
                    .arg(check.sureAgreement() * 100, 0, 'f', 2)
                    .arg(check.accuracyLoss() * 100, 0, 'f', 2),
                InferenceText::tr("Use it in float32, or calibrate with more photos of its own products."));
}

Int8Scales scalesFrom(const std::array<ActivationHistogram, kInt8Points>& seen)
{
    Int8Scales scales;
    scales.pooled = seen[0].bestScale(int8::kLevels);
    for (std::size_t i = 0; i < scales.blocks.size(); ++i) {
        scales.blocks[i].middle = seen[1 + 3 * i].bestScale(int8::kLevels);
        scales.blocks[i].out = seen[2 + 3 * i].bestScale(int8::kLevels);
        scales.blocks[i].shortcut = seen[3 + 3 * i].bestScale(127);
    }
    return scales;
}

/// One run over photos that counts itself and may be stopped.
class Pass {
public:
    Pass(const ModelPackage& package, const QuantizeOptions& options, qsizetype total)
        : m_package(package)
        , m_options(options)
        , m_total(total)
    {}

    /// Calls `use` with each photo that can be read.
    template <typename Use>
    Result<void> over(const QStringList& photos, Augmentation views, Use&& use)
    {
        for (const QString& photo : photos) {
            if (m_options.stopRequested && m_options.stopRequested())
                return fail(cancelledError());
            PhotoSource source;
            source.path = photo;
            const auto prepared =
                preparePhoto(source, m_package.preprocessing, {m_options.limits, false, false, false, views});
            if (prepared) {
                if (Result<void> used = use(photo, *prepared); !used)
                    return used;
            }
            ++m_done;
            if (m_options.progress)
                m_options.progress(m_done, m_total);
        }
        return {};
    }

private:
    const ModelPackage& m_package;
    const QuantizeOptions& m_options;
    const qsizetype m_total;
    qsizetype m_done = 0;
};

Result<Int8Check> quantize(ModelPackage& package, const QStringList& photos, const QuantizeOptions& options)
{
    QStringList rest;
    const QStringList forScales =
        spread(photos, std::min<qsizetype>(options.calibrationPhotos, (photos.size() + 1) / 2), &rest);
    const QStringList& pool = rest.size() < 100 ? photos : rest;
    const QStringList forCheck = spread(pool, std::min<qsizetype>(options.checkPhotos, pool.size()), nullptr);
    Pass pass(package, options, forScales.size() + forCheck.size());

    std::array<ActivationHistogram, kInt8Points> seen;
    int used = 0;
    {
        const auto network = makeFp32Network(
            package, [&seen](std::size_t point, std::span<const float> values) { seen[point].add(values); });
        std::vector<float> embedding(resnet18::kEmbeddingSize);
        auto ok = pass.over(
            forScales, Augmentation::Off, [&](const QString&, const PreparedPhoto& photo) -> Result<void> {
                network->run(photo.input.data(), 1, usableThreads(options.threads), embedding.data());
                ++used;
                return {};
            });
        if (!ok)
            return fail(ok.error());
    }
    if (used < 5)
        return tooFew();
    package.int8 = scalesFrom(seen);

    auto fp32 = makeOneDnnBackend(package, options.threads, OneDnnPrecision::Fp32);
    auto eight = makeOneDnnBackend(package, options.threads, OneDnnPrecision::Int8);
    if (!fp32 || !eight)
        return fail(fp32 ? eight.error() : fp32.error());
    const ClassNames names(package.classes);
    Int8Check check;
    const auto compare = [&](const QString& file, const PreparedPhoto& photo) -> Result<void> {
        std::vector<float> inputs = photo.input;
        const std::vector<float> extra = extraViews(photo.input, photo.square, package.preprocessing);
        inputs.insert(inputs.end(), extra.begin(), extra.end());
        const auto wanted = (*fp32)->run(inputs, 1 + kExtraViews);
        const auto got = (*eight)->run(inputs, 1 + kExtraViews);
        if (!wanted || !got)
            return fail(wanted ? got.error() : wanted.error());
        const int truth = names.ofFolder(file);
        ++check.photos;
        const std::size_t classes = wanted->logits.size() / (1 + kExtraViews);
        for (std::size_t at = 0; at < wanted->logits.size(); at += classes) {
            check.add(softmax(std::span(wanted->logits).subspan(at, classes), package.temperature),
                      softmax(std::span(got->logits).subspan(at, classes), package.temperature), truth);
        }
        return {};
    };
    auto ok = pass.over(forCheck, Augmentation::Always, compare);
    if (!ok)
        return fail(ok.error());
    if (check.photos < 10)
        return tooFew();
    if (!check.passes())
        return belowBar(package, check);
    for (const quint32 seed : package.golden.seeds) {
        auto output = (*eight)->run(goldenInput(seed, package.preprocessing), 1);
        if (!output)
            return fail(output.error());
        package.int8->goldenLogits.push_back(std::move(output->logits));
    }
    package.int8->report = check.toJson();
    package.int8->report.insert(QStringLiteral("calibration_photos"), used);
    return check;
}

} // namespace

void Int8Check::add(std::span<const double> fp32, std::span<const double> int8, int truth)
{
    const std::vector<int> best = topK(fp32, 2);
    const int first = topK(int8, 1).front();
    const bool isSame = first == best.front();
    ++views;
    same += isSame ? 1 : 0;
    if (best.size() < 2 ||
        fp32[static_cast<std::size_t>(best[0])] - fp32[static_cast<std::size_t>(best[1])] > kInt8SureMargin) {
        ++sure;
        sureSame += isSame ? 1 : 0;
    }
    if (truth >= 0) {
        ++labelled;
        rightFp32 += truth == best.front() ? 1 : 0;
        rightInt8 += truth == first ? 1 : 0;
    }
}

double Int8Check::agreement() const
{
    return share(same, views);
}

double Int8Check::sureAgreement() const
{
    return share(sureSame, sure);
}

double Int8Check::accuracyLoss() const
{
    return labelled == 0 ? 0.0 : static_cast<double>(rightFp32 - rightInt8) / labelled;
}

bool Int8Check::passes() const
{
    return agreement() >= kInt8Agreement && sureAgreement() >= kInt8SureAgreement &&
           accuracyLoss() <= kInt8AccuracyLoss;
}

QJsonObject Int8Check::toJson() const
{
    return {{QStringLiteral("photos"), photos},
            {QStringLiteral("views"), views},
            {QStringLiteral("agreement"), agreement()},
            {QStringLiteral("clear_views"), sure},
            {QStringLiteral("clear_agreement"), sureAgreement()},
            {QStringLiteral("labelled_views"), labelled},
            {QStringLiteral("top1_fp32"), labelled == 0 ? 0.0 : share(rightFp32, labelled)},
            {QStringLiteral("top1_int8"), labelled == 0 ? 0.0 : share(rightInt8, labelled)}};
}

Result<Int8Check> quantizeInt8(ModelPackage& package, const QStringList& photos,
                               const QuantizeOptions& options)
{
    if (photos.size() < 10)
        return tooFew();
    const auto before = package.int8;
    auto made = quantize(package, photos, options);
    if (!made)
        package.int8 = before;
    return made;
}

} // namespace goodsight
