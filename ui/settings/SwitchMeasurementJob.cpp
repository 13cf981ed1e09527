#include "ui/settings/SwitchMeasurementJob.h"

#include "core/dataset/SplitJob.h"
#include "core/evaluation/PriorReplay.h"
#include "core/inference/BatchRecognitionJob.h"
#include "core/model/LearntPhotos.h"

#include <QHash>

#include <utility>

namespace goodsight {

SwitchMeasurementJob::SwitchMeasurementJob(SwitchMeasurementWish wish, OnFinished onFinished)
    : m_wish(std::move(wish))
    , m_onFinished(std::move(onFinished))
{}

QString SwitchMeasurementJob::title() const
{
    return tr("Measuring");
}

Result<QList<PhotoRow>> SwitchMeasurementJob::valPhotos(Control& control) const
{
    if (m_wish.store) {
        SplitJob split(*m_wish.store, {}, [](const Result<void>&, const SplitReport&) {});
        if (const auto done = split.process(control); !done)
            return fail(done.error());
    }
    const auto store = DatasetStore::open(m_wish.projectDir, DatasetStore::Access::ReadOnly);
    if (!store)
        return fail(store.error());
    auto photos = (*store)->photos(PhotoQuery::labelled());
    if (photos)
        photos->removeIf(
            [](const PhotoRow& row) { return row.labelId.isEmpty() || row.split != partWord(Part::Val); });
    return photos;
}

Result<PriorReplay> SwitchMeasurementJob::readPrior(const QList<PhotoRow>& photos) const
{
    const auto store = DatasetStore::open(m_wish.projectDir, DatasetStore::Access::ReadOnly);
    auto answers =
        store ? (*store)->answers(std::nullopt, -1) : Result<QList<TimedAnswer>>(fail(store.error()));
    if (!answers)
        return fail(answers.error());
    std::shared_ptr<const CoOccurrence> table;
    if (!m_wish.priorFile.isEmpty()) {
        auto read = CoOccurrence::load(m_wish.priorFile);
        if (!read)
            return fail(read.error());
        table = std::make_shared<const CoOccurrence>(std::move(*read));
    }
    QSet<QString> measured;
    for (const PhotoRow& photo : photos)
        measured.insert(photo.sha256);
    return PriorReplay(std::move(*answers), std::move(table), measured);
}

Result<void> SwitchMeasurementJob::process(Control& control)
{
    auto photos = valPhotos(control);
    if (!photos)
        return fail(photos.error());
    control.progress(0, 0, tr("Loading the model …"));
    const auto recognizer = Recognizer::open(m_wish.modelFile, m_wish.backend, m_wish.threads);
    if (!recognizer)
        return fail(recognizer.error());
    const ModelPackage& model = (*recognizer)->model();
    QHash<QString, int> numbers;
    for (const ModelClass& product : model.classes)
        numbers.insert(product.id, static_cast<int>(numbers.size()));
    const LearntPhotos learnt = LearntPhotos::fromManifest(model.manifest);
    // No switch can make a product known that the model lacks.
    photos->removeIf([&](const PhotoRow& photo) {
        return !numbers.contains(photo.labelId) || learnt.contains(photo.sha256);
    });
    if (photos->size() < kMeasuredAtLeast) {
        return fail("too-few-photos",
                    tr("Only %n labelled validation photo(s) of products that the model knows.", nullptr,
                       static_cast<int>(photos->size())),
                    tr("%1 are needed. One of seven labelled photos is set aside for measuring.")
                        .arg(kMeasuredAtLeast));
    }
    const auto prior = readPrior(*photos);
    if (!prior)
        return fail(prior.error());
    QStringList files;
    for (const PhotoRow& photo : std::as_const(*photos))
        files.append(photo.file);
    BatchOptions options;
    options.recognize.limits.maxMegapixels = m_wish.maxMegapixels;
    options.recognize.hash = false;
    options.recognize.augmentation = Augmentation::Always;
    // As at the counter, one by one: a batch would flatter the time of the first view.
    options.batchSize = 1;
    options.stopRequested = [&] { return control.stopRequested(); };
    SwitchMeter meter(model);
    recognizeFiles(**recognizer, files, options, [&](const BatchItem& item) {
        control.progress(item.index + 1, files.size(), tr("Looking at photos …"));
        if (!item.result)
            return;
        const PhotoRow& photo = photos->at(item.index);
        const auto centre = (*recognizer)->recognizeEmbedding(item.result->embedding, {}, options.recognize);
        if (!centre)
            return;
        const SemanticPrior step = prior->of(photo.sha256);
        meter.add(numbers.value(photo.labelId), *item.result, centre->logits,
                  prior->isEmpty() ? nullptr : &step);
    });
    if (control.stopRequested())
        return fail(cancelledError());
    m_effects = meter.finish();
    m_effects.priorSource = m_wish.priorSource;
    if (m_effects.photos == 0)
        return fail("too-few-photos", tr("None of the validation photos could be read."),
                    tr("Are they where the project has them?"));
    return {};
}

void SwitchMeasurementJob::finish(const Result<void>& result)
{
    if (result)
        m_onFinished(m_effects);
    else
        m_onFinished(fail(result.error()));
}

} // namespace goodsight
