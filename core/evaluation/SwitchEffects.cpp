#include "core/evaluation/SwitchEffects.h"

#include "core/inference/TemperatureScaling.h"

#include <utility>

namespace goodsight {

namespace {

const QString kPlain = QStringLiteral("plain");
const QString kUncalibrated = QStringLiteral("uncalibrated");
const QString kAutomatic = QStringLiteral("auto");
const QString kAlways = QStringLiteral("always");
const QString kPrior = QStringLiteral("prior");

QJsonObject toJson(const AnswerFigures& figures)
{
    return {{QStringLiteral("top1"), figures.top1},
            {QStringLiteral("top3"), figures.top3},
            {QStringLiteral("ece"), figures.ece}};
}

AnswerFigures figuresIn(const QJsonObject& object, const QString& key)
{
    const QJsonObject figures = object[key].toObject();
    return {figures[QStringLiteral("top1")].toDouble(), figures[QStringLiteral("top3")].toDouble(),
            figures[QStringLiteral("ece")].toDouble()};
}

} // namespace

AnswerFigures AnswerFigures::of(const EvaluationReport& report)
{
    return {report.metrics.top1, report.metrics.top3, report.metrics.ece};
}

QJsonObject SwitchEffects::toJson() const
{
    QJsonObject object{{QStringLiteral("at"), at.toUTC().toString(Qt::ISODate)},
                       {QStringLiteral("model"), model},
                       {QStringLiteral("n"), photos},
                       {kPlain, goodsight::toJson(plain)},
                       {kUncalibrated, goodsight::toJson(uncalibrated)},
                       {kAutomatic, goodsight::toJson(automatic)},
                       {kAlways, goodsight::toJson(always)},
                       {QStringLiteral("auto_share"), automaticShare},
                       {QStringLiteral("ms"), plainMs},
                       {QStringLiteral("auto_ms"), automaticMs},
                       {QStringLiteral("always_ms"), alwaysMs}};
    if (prior) {
        object.insert(kPrior, goodsight::toJson(*prior));
        object.insert(QStringLiteral("prior_source"), priorSource);
    }
    return object;
}

std::optional<SwitchEffects> SwitchEffects::fromJson(const QJsonObject& object)
{
    SwitchEffects effects;
    effects.at = QDateTime::fromString(object[QStringLiteral("at")].toString(), Qt::ISODate);
    effects.model = object[QStringLiteral("model")].toString();
    effects.photos = object[QStringLiteral("n")].toInt();
    if (!effects.at.isValid() || effects.model.isEmpty() || effects.photos < 1)
        return std::nullopt;
    effects.plain = figuresIn(object, kPlain);
    effects.uncalibrated = figuresIn(object, kUncalibrated);
    effects.automatic = figuresIn(object, kAutomatic);
    effects.always = figuresIn(object, kAlways);
    if (object.contains(kPrior)) {
        effects.prior = figuresIn(object, kPrior);
        effects.priorSource = object[QStringLiteral("prior_source")].toString();
    }
    effects.automaticShare = object[QStringLiteral("auto_share")].toDouble();
    effects.plainMs = object[QStringLiteral("ms")].toDouble();
    effects.automaticMs = object[QStringLiteral("auto_ms")].toDouble();
    effects.alwaysMs = object[QStringLiteral("always_ms")].toDouble();
    return effects;
}

std::vector<double> probabilitiesAfter(const ModelPackage& model, const AnswerStep& step,
                                       std::span<const float> embedding, std::span<const float> logits)
{
    AnswerPipeline pipeline(AnswerDraft(model, embedding, logits, softmax(logits, model.temperature)));
    pipeline.apply(step);
    const std::span<const double> after = pipeline.draft().probabilities();
    return {after.begin(), after.end()};
}

SwitchMeter::SwitchMeter(const ModelPackage& model)
    : m_model(model)
{}

void SwitchMeter::add(int truth, const Recognition& answer, std::span<const float> centre,
                      const AnswerStep* prior)
{
    const double temperature = m_model.temperature;
    m_plain.addLogits({}, truth, centre, temperature);
    m_always.addLogits({}, truth, answer.logits, temperature);
    m_automatic.addLogits({}, truth, answer.doubtful ? std::span<const float>(answer.logits) : centre,
                          temperature);
    if (prior) {
        m_prior.add({}, truth, probabilitiesAfter(m_model, *prior, answer.embedding, centre));
        m_hasPrior = true;
    }
    const RecognitionTimes& times = answer.times;
    m_sums.plainMs += times.decode + times.preprocess + times.network;
    m_sums.alwaysMs += times.augment;
    m_sums.automaticMs += answer.doubtful ? times.augment : times.look;
    m_sums.automaticShare += answer.doubtful ? 1 : 0;
}

SwitchEffects SwitchMeter::finish()
{
    SwitchEffects effects = std::exchange(m_sums, {});
    const EvaluationReport plain = m_plain.finish();
    effects.at = QDateTime::currentDateTimeUtc();
    effects.model = m_model.fingerprint;
    effects.photos = plain.metrics.photos;
    effects.plain = AnswerFigures::of(plain);
    // A temperature changes no order.
    effects.uncalibrated = effects.plain;
    if (plain.uncalibrated)
        effects.uncalibrated.ece = plain.uncalibrated->ece;
    effects.automatic = AnswerFigures::of(m_automatic.finish());
    effects.always = AnswerFigures::of(m_always.finish());
    const EvaluationReport prior = m_prior.finish();
    if (std::exchange(m_hasPrior, false))
        effects.prior = AnswerFigures::of(prior);
    if (effects.photos > 0) {
        for (double* sum :
             {&effects.plainMs, &effects.automaticMs, &effects.alwaysMs, &effects.automaticShare})
            *sum /= effects.photos;
    }
    return effects;
}

} // namespace goodsight
