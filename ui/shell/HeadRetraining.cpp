#include "ui/shell/HeadRetraining.h"

#include "core/base/Settings.h"
#include "core/inference/Guard.h"
#include "core/learning/ProjectLessons.h"
#include "core/model/ModelLibrary.h"
#include "core/model/Safetensors.h"

#include <QLoggingCategory>

#include <algorithm>
#include <utility>

namespace goodsight {

namespace {

Q_LOGGING_CATEGORY(log, "goodsight.head")

/// The last layer alone of a package's file.
Result<Head> headOf(const QString& file)
{
    const auto opened = SafetensorsFile::open(file);
    if (!opened)
        return fail(opened.error());
    auto tensors = (*opened)->read({"fc.weight", "fc.bias"});
    if (!tensors)
        return fail(tensors.error());
    return Head(std::move(tensors->at("fc.weight").values), std::move(tensors->at("fc.bias").values));
}

/// The worker's part.
Result<RetrainedHead> fit(const LoadedModel& model, const QString& projectDir,
                          std::shared_ptr<const RetrainedHead> inUse, const std::atomic_bool& stop)
{
    RetrainingInput input;
    input.model = model.package;
    input.inUse = std::move(inUse);
    const QString file = ModelLibrary::embeddingsFile(model.file);
    if (auto known = KnownPhotos::load(file, *model.package); known)
        input.known = std::make_shared<const KnownPhotos>(std::move(*known));
    else if (known.error().code != u"not-found")
        return fail(known.error());
    auto head = headOf(model.file);
    if (!head)
        return fail(head.error());
    input.packageHead = std::move(*head);
    auto photos = ProjectLessons::photosOf(projectDir, *model.package);
    if (!photos)
        return fail(photos.error());
    input.photos = std::move(*photos);
    RetrainingOptions options;
    options.threads = 1; // the others stay with recognition
    options.stopRequested = [&stop] { return stop.load(); };
    return retrainHead(input, options);
}

} // namespace

HeadRetraining::HeadRetraining(Settings& settings, QObject* parent)
    : QObject(parent)
    , m_settings(settings)
    , m_worker(QStringLiteral("goodsight-head"))
{
    connect(&settings, &Settings::changed, this, [this](const QString& key) {
        if (key != Settings::kRetrainAfter)
            return;
        if (m_settings.retrainAfter() == 0) {
            cancel();
            m_seen = 0;
            m_state.error.reset();
            drop();
        }
        consider();
        Q_EMIT changed();
    });
}

HeadRetraining::~HeadRetraining()
{
    cancel();
}

bool HeadRetraining::holds(const RetrainedHead& head) const
{
    return std::all_of(head.learnt.keyValueBegin(), head.learnt.keyValueEnd(),
                       [this](const auto& one) { return m_taught.value(one.first) == one.second; });
}

void HeadRetraining::setTaught(const LoadedModel& model, const QString& projectDir,
                               const QHash<QString, QString>& taught)
{
    if (model.file != m_model.file || model.fingerprint != m_model.fingerprint || projectDir != m_projectDir)
        clear();
    m_model = model;
    m_projectDir = projectDir;
    m_taught = taught;
    if (m_state.head && !holds(*m_state.head)) {
        // What was taken back is not to speak any more, not even until the next fit.
        cancel();
        m_seen = 0;
        drop();
    }
    m_seen = std::min(m_seen, photos());
    consider();
    Q_EMIT changed();
}

void HeadRetraining::clear()
{
    cancel();
    m_model = {};
    m_projectDir.clear();
    m_taught.clear();
    m_seen = 0;
    m_state.error.reset();
    drop();
    Q_EMIT changed();
}

void HeadRetraining::consider()
{
    const int every = m_settings.retrainAfter();
    m_state.missing = every == 0 ? 0 : std::max(0, m_seen + every - photos());
    if (every > 0 && m_state.missing == 0 && !m_running && m_model.package)
        start();
}

void HeadRetraining::start()
{
    m_seen = photos();
    m_state.missing = m_settings.retrainAfter();
    m_state.fitting = true;
    m_running = std::make_shared<std::atomic_bool>(false);
    m_worker.post([this, stop = m_running, model = m_model, dir = m_projectDir, inUse = m_state.head] {
        if (stop->load())
            return;
        auto made = guarded([&] { return fit(model, dir, inUse, *stop); });
        QMetaObject::invokeMethod(
            this, [this, stop, made = std::move(made)] { take(stop, made); }, Qt::QueuedConnection);
    });
}

void HeadRetraining::cancel()
{
    if (m_running)
        m_running->store(true);
    m_running.reset();
    m_state.fitting = false;
}

void HeadRetraining::drop()
{
    m_state.fittedAt = {};
    if (std::exchange(m_state.head, nullptr))
        Q_EMIT headChanged();
}

void HeadRetraining::take(const Stop& stop, const Result<RetrainedHead>& made)
{
    if (stop != m_running)
        return;
    m_running.reset();
    m_state.fitting = false;
    if (!made) {
        qCInfo(log).noquote() << made.error().message;
        m_state.error = made.error();
    } else if (!holds(*made)) {
        // An answer was taken back meanwhile.
        m_seen = 0;
    } else {
        m_state.error.reset();
        m_state.head = std::make_shared<const RetrainedHead>(*made);
        m_state.fittedAt = QDateTime::currentDateTime();
        Q_EMIT headChanged();
    }
    consider();
    Q_EMIT changed();
}

} // namespace goodsight
