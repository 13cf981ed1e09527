#include "ui/promotion/PromotionController.h"

#include "core/base/Settings.h"
#include "core/inference/RecognitionService.h"
#include "ui/promotion/InstalledModels.h"
#include "ui/promotion/ShadowRun.h"
#include "ui/shell/LabelIndex.h"
#include "ui/shell/ProjectSession.h"

#include <algorithm>

namespace goodsight {

namespace {

constexpr int kShortFingerprint = 8;

ModelRecord recordOf(const InstalledModel& model)
{
    ModelRecord record;
    record.name = model.name;
    record.fingerprint = model.fingerprint;
    record.file = model.path;
    record.parent = model.parentFingerprint;
    record.data = model.training.value(u"data_fingerprint").toString();
    record.plan = model.training.value(u"plan").toObject();
    record.seed = static_cast<quint32>(model.training.value(u"seed").toInteger());
    record.metrics = model.metrics;
    return record;
}

const ModelRecord* withFingerprint(const QList<ModelRecord>& models, const QString& fingerprint)
{
    const auto found = std::find_if(models.cbegin(), models.cend(),
                                    [&](const ModelRecord& one) { return one.fingerprint == fingerprint; });
    return found == models.cend() ? nullptr : &*found;
}

} // namespace

PromotionController::PromotionController(Settings& settings, RecognitionService& service,
                                         ProjectSession& project, LabelIndex& labels, ShadowRun& shadow,
                                         QObject* parent)
    : QObject(parent)
    , m_settings(settings)
    , m_project(project)
    , m_labels(labels)
    , m_shadow(shadow)
{
    connect(&service, &RecognitionService::modelLoaded, this, [this](const LoadedModel& model) {
        m_inUse = model.fingerprint;
        m_titleZh = model.titleZh.isEmpty() ? model.name : model.titleZh;
        m_titleEn = model.titleEn.isEmpty() ? model.name : model.titleEn;
        Q_EMIT changed();
    });
    connect(&project, &ProjectSession::opened, this, [this] {
        readNames();
        Q_EMIT changed();
    });
}

void PromotionController::setRule(const PromotionRule& rule)
{
    m_rule = rule;
    Q_EMIT changed();
}

ShadowOffer PromotionController::offer(const InstalledModel& model) const
{
    if (model.error || model.fingerprint.isEmpty() || model.fingerprint == m_inUse)
        return {};
    const auto& running = m_shadow.model();
    if (running && running->fingerprint == model.fingerprint)
        return {ShadowOffer::Kind::Running, {}};
    ShadowOffer offer{ShadowOffer::Kind::Enter, {}};
    if (!m_project.writable()) {
        offer.obstacle = m_project.store()
                             ? tr("This project is open for reading only; nothing can be compared in it.")
                             : tr("No project is open that could keep what the models say.");
        return offer;
    }
    const auto models = m_project.store()->models();
    const ModelRecord* known = models ? withFingerprint(*models, model.fingerprint) : nullptr;
    if (running)
        offer.obstacle = tr("Another model is being compared: %1.").arg(running->name);
    else if (!models)
        offer.obstacle = models.error().message;
    else if (known && known->stage == ModelStage::Rejected)
        offer.obstacle = tr("It was compared in this project and not kept. A model is compared once: asking "
                            "until the answer pleases is no test.");
    else if (known && known->stage == ModelStage::Promoted)
        offer.obstacle = tr("It has passed its comparison in this project; “Use” makes it answer.");
    return offer;
}

Result<void> PromotionController::enter(const InstalledModel& model)
{
    const ShadowOffer offered = offer(model);
    if (offered.kind != ShadowOffer::Kind::Enter || !offered.obstacle.isEmpty())
        return fail("obstacle", tr("%1 is not compared now.").arg(model.name), offered.obstacle);
    DatasetStore& store = *m_project.store();
    const auto models = store.models();
    if (!models)
        return fail(models.error());
    qint64 id = 0;
    if (const ModelRecord* known = withFingerprint(*models, model.fingerprint)) {
        id = known->id;
    } else {
        ModelRecord record = recordOf(model);
        // Another model had this name once; names are one a project.
        if (std::any_of(models->cbegin(), models->cend(),
                        [&](const ModelRecord& one) { return one.name == record.name; }))
            record.name += u'-' + record.fingerprint.left(kShortFingerprint);
        const auto registered = store.registerModel(record);
        if (!registered)
            return fail(registered.error());
        id = registered->id;
    }
    if (const auto moved = store.moveModel(id, ModelStage::InShadow); !moved)
        return fail(moved.error());
    m_shadow.refresh();
    readNames();
    Q_EMIT changed();
    return {};
}

Result<void> PromotionController::stop()
{
    if (!m_shadow.model() || !m_project.store())
        return {};
    if (const auto moved = m_project.store()->moveModel(m_shadow.model()->id, ModelStage::Rejected); !moved)
        return fail(moved.error());
    m_shadow.refresh();
    Q_EMIT changed();
    return {};
}

Result<std::optional<ShadowReport>> PromotionController::report() const
{
    const auto& running = m_shadow.model();
    if (!running || !m_project.store())
        return std::optional<ShadowReport>();
    auto photos = m_project.store()->shadowPhotos(running->id, m_inUse);
    if (!photos)
        return fail(photos.error());
    ShadowReport report;
    report.model = *running;
    report.newTitle = m_installed ? titleOf(*m_installed) : running->name;
    report.oldTitle = titleInUse();
    report.rule = m_rule;
    report.comparison = compareShadow(*photos, m_rule.classPhotos);
    report.decision = decidePromotion(*photos, m_rule, [this](const QString& id) { return nameOf(id); });
    report.labelled = report.comparison.all.photos;
    for (const ShadowPhoto& photo : std::as_const(*photos)) {
        if (photo.said.oldLabel != photo.said.newLabel)
            report.differing.append(photo);
    }
    report.photos = std::move(*photos);
    return std::optional(std::move(report));
}

Result<void> PromotionController::promote()
{
    const auto now = report();
    if (!now)
        return fail(now.error());
    if (!*now)
        return {};
    const ShadowReport& shadow = **now;
    if (shadow.decision.verdict != PromotionVerdict::Allowed)
        return fail("not-allowed", shadow.decision.reason);
    const auto installed = findInstalled({shadow.model.name, shadow.model.fingerprint});
    if (!installed)
        return fail("no-such-model", tr("The model %1 is not installed any more.").arg(shadow.model.name),
                    tr("Install it again, or stop comparing."));
    const auto moved =
        m_project.store()->moveModel(shadow.model.id, ModelStage::Promoted, {m_settings.model(), m_inUse});
    if (!moved)
        return fail(moved.error());
    m_shadow.refresh();
    m_settings.setModel(installed->name);
    Q_EMIT changed();
    return {};
}

QString PromotionController::doubt(const InstalledModel& model) const
{
    const ShadowOffer offered = offer(model);
    if (model.shipped || model.training.isEmpty() || offered.kind != ShadowOffer::Kind::Enter)
        return {};
    const auto models = m_project.store() ? m_project.store()->models() : QList<ModelRecord>();
    const ModelRecord* known = models ? withFingerprint(*models, model.fingerprint) : nullptr;
    if (known && known->stage == ModelStage::Promoted)
        return {};
    if (known && known->stage == ModelStage::Rejected)
        return tr("It was compared with the model in use and not kept.");
    return tr("It has not been compared with the model in use yet.");
}

void PromotionController::use(const InstalledModel& model)
{
    if (const auto before = ModelLibrary().find(m_settings.model()); before && !before->error)
        m_settings.setReplacedModel({model.fingerprint, before->name, before->fingerprint});
    m_settings.setModel(model.name);
}

std::optional<ModelRef> PromotionController::replacedByHand() const
{
    const ReplacedModel replaced = m_settings.replacedModel();
    if (m_inUse.isEmpty() || replaced.by != m_inUse)
        return {};
    return ModelRef{replaced.name, replaced.fingerprint};
}

std::optional<ModelRef> PromotionController::replacedByPromotion() const
{
    if (m_inUse.isEmpty() || !m_project.writable())
        return {};
    const auto models = m_project.store()->models();
    if (!models)
        return {};
    // The one that takeModelBack() takes.
    const ModelRecord* last = nullptr;
    for (const ModelRecord& one : *models) {
        if (one.stage == ModelStage::Promoted && (!last || one.promotedAt > last->promotedAt))
            last = &one;
    }
    if (!last || last->fingerprint != m_inUse)
        return {};
    return last->replaced;
}

std::optional<InstalledModel> PromotionController::previous() const
{
    auto before = replacedByHand();
    if (!before)
        before = replacedByPromotion();
    return before ? findInstalled(*before) : std::nullopt;
}

Result<void> PromotionController::goBack()
{
    const auto before = previous();
    if (!before)
        return fail("no-such-model", tr("The model that this one replaced is not installed any more."),
                    tr("Choose one of those that are on the Models page."));
    if (replacedByHand())
        m_settings.setReplacedModel({});
    else if (const auto taken = m_project.store()->takeModelBack(); !taken)
        return fail(taken.error());
    m_settings.setModel(before->name);
    Q_EMIT changed();
    return {};
}

QString PromotionController::nameOf(const QString& labelId) const
{
    const bool english = interfaceIsEnglish();
    const Label known = m_labels.label(labelId);
    const bool named =
        !known.zh.isEmpty() || known.en != labelId; // one that nobody knows is called by its id
    const auto found = m_names.constFind(labelId);
    if (named || found == m_names.cend())
        return primaryName(known, english);
    return primaryName({found->id, found->zh, found->en, {}}, english);
}

QString PromotionController::titleInUse() const
{
    return interfaceIsEnglish() ? m_titleEn : m_titleZh;
}

void PromotionController::readNames()
{
    m_names.clear();
    m_installed.reset();
    if (!m_shadow.model())
        return;
    m_installed = findInstalled({m_shadow.model()->name, m_shadow.model()->fingerprint});
    const auto package = m_installed ? ModelPackage::loadManifest(m_installed->path) : fail(Error{});
    if (!package)
        return;
    for (const ModelClass& one : package->classes)
        m_names.insert(one.id, one);
}

} // namespace goodsight
