#include "ui/evaluation/EvaluationJob.h"

#include "core/dataset/DatasetStore.h"
#include "core/dataset/EmbeddingTable.h"
#include "core/evaluation/EmbeddingMap.h"
#include "core/inference/BatchRecognitionJob.h"
#include "core/inference/PhotoFiles.h"
#include "core/model/ClassNames.h"
#include "core/model/ModelLibrary.h"

#include <QDateTime>

#include <algorithm>
#include <tuple>
#include <utility>

namespace goodsight {

namespace {

constexpr std::size_t kInMemory = 64; ///< embeddings: each photo is asked for once
constexpr std::size_t kMapAtLeast = 10;
constexpr std::size_t kMapAtMost = 10'000; ///< photos; more would take minutes and be a blot
constexpr std::size_t kDriftAtLeast = 20;  ///< photos of each of the two groups
constexpr std::size_t kRecentShare = 4;    ///< the newest quarter is what drift looks at

} // namespace

std::vector<std::size_t> EvaluationJob::mappedOf(std::size_t photos)
{
    std::vector<std::size_t> mapped(photos < kMapAtLeast ? 0 : std::min(photos, kMapAtMost));
    for (std::size_t i = 0; i < mapped.size(); ++i)
        mapped[i] = i * photos / mapped.size();
    return mapped;
}

EvaluationJob::EvaluationJob(EvaluationWish wish, OnFinished onFinished)
    : m_wish(std::move(wish))
    , m_onFinished(std::move(onFinished))
{}

QString EvaluationJob::title() const
{
    return tr("Evaluation");
}

Result<void> EvaluationJob::process(Control& control)
{
    m_made->begun = QDateTime::currentDateTimeUtc();
    control.progress(0, 0, tr("Loading the model …"));
    const auto installed = ModelLibrary().find(m_wish.model);
    if (!installed)
        return fail(installed.error());
    if (installed->error)
        return fail(*installed->error);
    auto recognizer = Recognizer::open(installed->path, m_wish.backend, m_wish.threads);
    if (!recognizer)
        return fail(recognizer.error());
    const ModelPackage& model = (*recognizer)->model();
    m_made->model = {model.name, model.titleZh, model.titleEn, {}};
    m_made->fingerprint = model.fingerprint;
    m_made->temperature = model.temperature;
    m_learnt = LearntPhotos::fromManifest(model.manifest);
    for (const ModelClass& product : model.classes) {
        m_numbers.insert(product.id, static_cast<int>(m_made->classes.size()));
        m_made->classes.append({product.id, product.zh, product.en, {}});
    }
    const auto listed =
        m_wish.data == EvaluationData::Folder ? listFolder(control, model.classes) : listProject();
    if (!listed)
        return fail(listed.error());
    if (const auto recognised = recognise(control, **recognizer); !recognised)
        return fail(recognised.error());
    measureDrift(installed->path, model);
    recognizer->reset(); // its memory, before the map
    auto drawn = drawMap(control);
    m_made->report.embeddings = {}; // 2 kB a photo, which no page shows
    return drawn;
}

Result<void> EvaluationJob::listProject()
{
    if (m_wish.projectDir.isEmpty())
        return {};
    const auto store = DatasetStore::open(m_wish.projectDir, DatasetStore::Access::ReadOnly);
    if (!store)
        return fail(store.error());
    const auto rows = (*store)->photos(PhotoQuery::labelled());
    if (!rows)
        return fail(rows.error());
    for (const PhotoRow& row : *rows) {
        if (row.labelId.isEmpty() || (m_wish.data == EvaluationData::Val && row.split != partWord(Part::Val)))
            continue;
        if (m_wish.data == EvaluationData::Val && m_learnt.contains(row.sha256)) {
            ++m_made->learnt;
            continue;
        }
        auto number = m_numbers.constFind(row.labelId);
        if (number == m_numbers.constEnd()) {
            number = m_numbers.insert(row.labelId, static_cast<int>(m_made->classes.size()));
            m_made->classes.append({row.labelId, {}, {}, {}});
        }
        m_files.append(row.file);
        m_truths.push_back(*number);
        m_answered.insert(row.sha256, row.labelledAt.toMSecsSinceEpoch());
    }
    if (m_files.isEmpty() && m_made->learnt > 0) {
        return fail("no-photos", tr("This model has learnt from all photos of the validation part."),
                    tr("Measure it on a folder, or answer more photos first."));
    }
    if (m_files.isEmpty() && m_wish.data == EvaluationData::Val) {
        return fail("no-photos", tr("The project has no validation part yet."),
                    tr("One of seven labelled photos is set aside for it: answer some more photos."));
    }
    return {};
}

Result<void> EvaluationJob::listFolder(Control& control, const QList<ModelClass>& classes)
{
    const auto found = photosIn(m_wish.folder, [&](qint64) { return !control.stopRequested(); });
    if (!found)
        return fail(found.error());
    const ClassNames names(classes);
    for (const QString& file : found->photos) {
        const int number = names.ofFolder(file);
        if (number < 0) {
            ++m_made->unlabelled;
            continue;
        }
        m_files.append(file);
        m_truths.push_back(number);
    }
    return {};
}

Result<void> EvaluationJob::recognise(Control& control, Recognizer& recognizer)
{
    BatchOptions options;
    options.recognize.limits.maxMegapixels = m_wish.maxMegapixels;
    options.stopRequested = [&] { return control.stopRequested(); };
    std::shared_ptr<EmbeddingTable> table;
    if (!m_wish.projectDir.isEmpty()) {
        if (auto opened = EmbeddingTable::open(m_wish.projectDir))
            table = std::move(*opened);
    }
    if (table) {
        EmbeddingCache::Backing backing;
        backing.find = [table](const QString& sha256, const QString& key) {
            return table->find(sha256, key);
        };
        options.cache = std::make_shared<EmbeddingCache>(kInMemory, std::move(backing));
    }
    EvaluationBuilder builder;
    const auto total = m_files.size();
    recognizeFiles(recognizer, m_files, options, [&](const BatchItem& item) {
        control.progress(item.index + 1, total, tr("Recognising photos …"));
        if (!item.result) {
            m_made->failed += item.result.error().code == u"cancelled" ? 0 : 1;
            return;
        }
        if (m_learnt.contains(item.result->sha256))
            ++m_made->learnt;
        builder.addLogits({item.result->sha256, item.file}, m_truths[static_cast<std::size_t>(item.index)],
                          item.result->logits, m_made->temperature, item.result->embedding);
    });
    if (control.stopRequested())
        return fail(cancelledError());
    m_made->report = builder.finish();
    if (m_made->report.photos.empty()) {
        return fail(
            "no-photos", tr("None of these photos could be used."),
            tr("The photos must be labelled: by answers in the project, or by the names of their folders."));
    }
    return {};
}

void EvaluationJob::measureDrift(const QString& modelFile, const ModelPackage& model)
{
    const EvaluationReport& report = m_made->report;
    // By the time of the answer: a copied file's own time says when it was copied. Photos of one import have
    // one time; their hashes order them as well as chance would.
    std::vector<std::tuple<qint64, QString, std::size_t>> photos;
    for (std::size_t i = 0; i < report.photos.size(); ++i) {
        if (const QString& hash = report.photos[i].sha256; !m_learnt.contains(hash))
            photos.emplace_back(m_answered.value(hash), hash, i);
    }
    if (report.embeddings.empty() || photos.empty())
        return;
    std::sort(photos.begin(), photos.end());
    struct Group {
        std::vector<int> labels;
        std::vector<float> embeddings;
    };
    const auto groupOf = [&](std::size_t from, std::size_t to) {
        Group group;
        for (std::size_t i = from; i < to; ++i) {
            const std::size_t photo = std::get<2>(photos[i]);
            group.labels.push_back(report.scored[photo].truth);
            const auto begin = report.embeddings.begin() + static_cast<std::ptrdiff_t>(photo) *
                                                               static_cast<std::ptrdiff_t>(report.dimensions);
            group.embeddings.insert(group.embeddings.end(), begin, begin + report.dimensions);
        }
        return group;
    };
    const auto known = KnownPhotos::load(ModelLibrary::embeddingsFile(modelFile), model);
    // How photos look to it is asked of its val photos: those that a network was trained on lie closer
    // together than any others ever will.
    const bool fromTraining =
        known && report.dimensions == KnownPhotos::kWidth && known->val.labels.size() >= kDriftAtLeast;
    // Of a folder all is new, and of a few photos, so that there are enough of them.
    const bool allRecent =
        fromTraining && (m_answered.isEmpty() || photos.size() < kRecentShare * kDriftAtLeast);
    const std::size_t recentFrom = allRecent ? 0 : photos.size() - photos.size() / kRecentShare;
    Group before;
    if (fromTraining) {
        before.embeddings = known->val.embeddings;
        for (const int label : known->train.labels)
            before.labels.push_back(m_numbers.value(known->classes.value(label), -1));
    } else if (!m_answered.isEmpty()) {
        before = groupOf(0, recentFrom);
    }
    const Group recent = groupOf(recentFrom, photos.size());
    if (before.labels.size() < kDriftAtLeast || recent.labels.size() < kDriftAtLeast)
        return;
    m_made->drift = DriftFound{embeddingDrift(before.embeddings, recent.embeddings, report.dimensions),
                               shareDrift(before.labels, recent.labels), fromTraining};
}

Result<void> EvaluationJob::drawMap(Control& control)
{
    const EvaluationReport& report = m_made->report;
    const std::vector<std::size_t> photos = mappedOf(report.photos.size());
    if (report.embeddings.empty() || photos.empty())
        return {};
    EmbeddingMapOptions options;
    options.threads = m_wish.threads;
    std::vector<float> numbers;
    const auto width = static_cast<std::ptrdiff_t>(report.dimensions);
    numbers.reserve(photos.size() * static_cast<std::size_t>(width));
    for (const std::size_t photo : photos) {
        const auto begin = report.embeddings.begin() + static_cast<std::ptrdiff_t>(photo) * width;
        numbers.insert(numbers.end(), begin, begin + width);
    }
    const auto map = mapEmbeddings(numbers, report.dimensions, options, [&](int done, int total) {
        control.progress(done, total, tr("Drawing the map …"));
        return !control.stopRequested();
    });
    if (!map)
        return fail(map.error());
    for (std::size_t i = 0; 2 * i + 1 < map->positions.size(); ++i)
        m_made->map.append({{map->positions[2 * i], map->positions[2 * i + 1]}, photos[i]});
    return {};
}

void EvaluationJob::finish(const Result<void>& result)
{
    if (!result)
        return m_onFinished(fail(result.error()));
    m_made->wish = m_wish;
    m_onFinished(EvaluationPtr(m_made));
}

} // namespace goodsight
