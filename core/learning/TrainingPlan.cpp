#include "core/learning/TrainingPlan.h"

#include "core/base/OrdinaryFile.h"
#include "core/base/Random.h"
#include "core/learning/LearningText.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <array>
#include <cmath>
#include <limits>
#include <span>

namespace goodsight {

namespace {

template <typename T>
struct Word {
    const char* name;
    T value;
};

constexpr std::array kParts{Word{"fc", TrainedPart::Fc}, Word{"layer4", TrainedPart::Layer4},
                            Word{"layer3", TrainedPart::Layer3}, Word{"all", TrainedPart::All}};
constexpr std::array kOptimisers{Word{"sgd", OptimiserKind::Sgd}, Word{"adam", OptimiserKind::Adam},
                                 Word{"adamw", OptimiserKind::AdamW}, Word{"lbfgs", OptimiserKind::Lbfgs}};
constexpr std::array kSchedules{Word{"one-cycle", ScheduleKind::OneCycle},
                                Word{"cosine", ScheduleKind::Cosine},
                                Word{"constant", ScheduleKind::Constant}};
constexpr std::array kPrecisions{Word{"float32", PassPrecision::Float32},
                                 Word{"bfloat16", PassPrecision::Bfloat16}};
constexpr std::array kBatchNorms{Word{"folded", BatchNormKind::Folded}, Word{"fresh", BatchNormKind::Fresh}};

/// The one list of a plan's fields, with what they may be; `visit` reads, writes or checks them.
template <typename Visitor, typename Loss>
void eachField(Visitor& visit, Loss& loss) requires requires
{
    loss.teacher;
    loss.imagenet;
}
{
    visit.number("label", loss.label, 0, 1000);
    visit.number("teacher", loss.teacher, 0, 1000);
    visit.number("embedding", loss.embedding, 0, 1000);
    visit.number("imagenet", loss.imagenet, 0, 1000);
    visit.number("temperature", loss.temperature, 0.1, 100);
}

template <typename Visitor, typename Spec>
void eachField(Visitor& visit, Spec& spec) requires requires
{
    spec.scaleMin;
}
{
    visit.number("scale_min", spec.scaleMin, 0.01, 1);
    visit.number("scale_max", spec.scaleMax, 0.01, 1);
    visit.number("aspect", spec.aspect, 1, 4);
    visit.number("flip", spec.flip, 0, 1);
    visit.number("brightness", spec.brightness, 0, 1);
    visit.number("contrast", spec.contrast, 0, 1);
    visit.number("saturation", spec.saturation, 0, 1);
}

template <typename Visitor, typename Stage>
void eachField(Visitor& visit, Stage& stage) requires requires
{
    stage.learningRate;
}
{
    visit.word("part", stage.part, kParts);
    visit.word("optimiser", stage.optimiser, kOptimisers);
    visit.number("learning_rate", stage.learningRate, 1e-8, 100);
    visit.number("earlier_factor", stage.earlierFactor, 0, 10);
    visit.number("head_factor", stage.headFactor, 0, 1000);
    visit.number("weight_decay", stage.weightDecay, 0, 1);
    visit.number("momentum", stage.momentum, 0, 0.9999);
    visit.word("schedule", stage.schedule, kSchedules);
    visit.number("warmup", stage.warmup, 0, 0.9);
    visit.integer("epochs", stage.epochs, 1, 10'000);
    visit.integer("batch", stage.batch, 1, 4096);
    visit.integer("views_per_epoch", stage.viewsPerEpoch, 1, 64);
    visit.flag("fresh_views", stage.freshViews);
    visit.number("mirror", stage.mirror, 0, 1);
    visit.number("crop", stage.crop, 0.3, 1);
    visit.number("label_smoothing", stage.labelSmoothing, 0, 0.9);
    visit.number("mixup", stage.mixup, 0, 10);
    visit.number("class_balance", stage.classBalance, 0, 1);
    visit.number("average_decay", stage.averageDecay, 0, 0.99999);
    visit.word("batch_norm", stage.batchNorm, kBatchNorms);
    visit.object("loss", stage.loss);
}

template <typename Visitor, typename Plan>
void eachField(Visitor& visit, Plan& plan) requires requires
{
    plan.stages;
}
{
    visit.text("preset", plan.preset);
    visit.text("start", plan.start);
    visit.text("teacher", plan.teacher);
    visit.number("seed", plan.seed, 0, std::numeric_limits<quint32>::max());
    visit.integer("threads", plan.threads, 0, 1024);
    visit.word("precision", plan.precision, kPrecisions);
    visit.integer("side", plan.side, 64, 448);
    visit.integer("views_per_photo", plan.viewsPerPhoto, 1, 64);
    visit.flag("plain_view", plan.plainView);
    visit.object("augmentation", plan.augmentation);
    visit.list("stages", plan.stages);
}

Error bad(const QString& field, const QString& what)
{
    return {QStringLiteral("bad-plan"),
            LearningText::tr("The training plan cannot be used: “%1” %2.").arg(field, what),
            LearningText::tr("Correct the plan, or use a preset.")};
}

template <typename T>
QString wordsOf(std::span<const Word<T>> words)
{
    QStringList names;
    for (const Word<T>& word : words)
        names += QString::fromLatin1(word.name);
    return names.join(QStringLiteral(", "));
}

Error outOfRange(const QString& field, double min, double max)
{
    return bad(field, LearningText::tr("must be from %1 to %2").arg(min).arg(max));
}

/// Fills fields from JSON, and notes the first thing that is wrong.
class Reader {
public:
    Reader(const QJsonObject& json, QString prefix)
        : m_json(json)
        , m_prefix(std::move(prefix))
    {}

    template <typename T>
    void number(const char* key, T& value, double min, double max)
    {
        if (const auto json = take(key)) {
            const double number = json->toDouble(std::numeric_limits<double>::quiet_NaN());
            const bool whole = std::is_floating_point_v<T> || number == std::floor(number);
            if (!json->isDouble())
                refuse(bad(name(key), LearningText::tr("must be a number")));
            else if (!(number >= min && number <= max))
                refuse(outOfRange(name(key), min, max));
            else if (!whole)
                refuse(bad(name(key), LearningText::tr("must be a whole number")));
            else
                value = static_cast<T>(number);
        }
    }
    void integer(const char* key, int& value, int min, int max) { number(key, value, min, max); }
    void flag(const char* key, bool& value)
    {
        if (const auto json = take(key)) {
            if (json->isBool())
                value = json->toBool();
            else
                refuse(bad(name(key), LearningText::tr("must be true or false")));
        }
    }
    void text(const char* key, QString& value)
    {
        if (const auto json = take(key)) {
            if (json->isString())
                value = json->toString();
            else
                refuse(bad(name(key), LearningText::tr("must be a text")));
        }
    }
    template <typename T, std::size_t N>
    void word(const char* key, T& value, const std::array<Word<T>, N>& words)
    {
        if (const auto json = take(key)) {
            for (const Word<T>& word : words) {
                if (json->toString() == QLatin1String(word.name)) {
                    value = word.value;
                    return;
                }
            }
            refuse(bad(name(key),
                       LearningText::tr("must be one of: %1").arg(wordsOf(std::span<const Word<T>>(words)))));
        }
    }
    template <typename T>
    void object(const char* key, T& value)
    {
        if (const auto json = take(key))
            read(*json, name(key), value);
    }
    template <typename T>
    void list(const char* key, std::vector<T>& values)
    {
        const auto json = take(key);
        if (!json)
            return;
        if (!json->isArray()) {
            refuse(bad(name(key), LearningText::tr("must be a list")));
            return;
        }
        const QJsonArray array = json->toArray();
        for (qsizetype i = 0; i < array.size(); ++i)
            read(array[i], QStringLiteral("%1[%2]").arg(name(key)).arg(i), values.emplace_back());
    }

    [[nodiscard]] std::optional<Error> end()
    {
        for (auto it = m_json.begin(); it != m_json.end(); ++it) {
            if (!m_known.contains(it.key()))
                refuse(bad(m_prefix + it.key(), LearningText::tr("is not known")));
        }
        return m_error;
    }

private:
    std::optional<QJsonValue> take(const char* key)
    {
        const QString word = QString::fromLatin1(key);
        m_known += word;
        const auto found = m_json.constFind(word);
        return found == m_json.constEnd() ? std::nullopt : std::optional<QJsonValue>(*found);
    }
    template <typename T>
    void read(const QJsonValue& json, const QString& field, T& value)
    {
        if (!json.isObject()) {
            refuse(bad(field, LearningText::tr("must be an object")));
            return;
        }
        Reader reader(json.toObject(), field + u'.');
        eachField(reader, value);
        if (auto error = reader.end())
            refuse(std::move(*error));
    }
    [[nodiscard]] QString name(const char* key) const { return m_prefix + QString::fromLatin1(key); }
    void refuse(Error error)
    {
        if (!m_error)
            m_error = std::move(error);
    }

    const QJsonObject m_json;
    const QString m_prefix;
    QStringList m_known;
    std::optional<Error> m_error;
};

class Writer {
public:
    template <typename T>
    void number(const char* key, const T& value, double, double)
    {
        put(key, static_cast<double>(value));
    }
    void integer(const char* key, const int& value, int, int) { put(key, value); }
    void flag(const char* key, const bool& value) { put(key, value); }
    void text(const char* key, const QString& value) { put(key, value); }
    template <typename T, std::size_t N>
    void word(const char* key, const T& value, const std::array<Word<T>, N>& words)
    {
        for (const Word<T>& word : words) {
            if (word.value == value)
                put(key, QString::fromLatin1(word.name));
        }
    }
    template <typename T>
    void object(const char* key, const T& value)
    {
        Writer writer;
        eachField(writer, value);
        put(key, writer.json);
    }
    template <typename T>
    void list(const char* key, const std::vector<T>& values)
    {
        QJsonArray array;
        for (const T& value : values) {
            Writer writer;
            eachField(writer, value);
            array.append(writer.json);
        }
        put(key, array);
    }

    QJsonObject json;

private:
    void put(const char* key, const QJsonValue& value) { json.insert(QString::fromLatin1(key), value); }
};

/// The head first: gradients through one that knows nothing would spoil the layers before it.
TrainingStage headStage()
{
    TrainingStage stage;
    stage.part = TrainedPart::Fc;
    stage.optimiser = OptimiserKind::Lbfgs;
    stage.epochs = 1;
    return stage;
}

/// What both presets do once the head is there. Neither smoothed labels nor weight decay nor a batch norm of
/// its own: in a few epochs on a few thousand photos each of them left val worse, and random crops of what
/// the frozen layers gave left it better (tests/bench/accuracy_steps.py says what the presets reach).
TrainingStage afterHead(TrainedPart part, int epochs, double averageDecay)
{
    TrainingStage stage;
    stage.part = part;
    stage.optimiser = OptimiserKind::Adam;
    stage.learningRate = 1e-4;
    stage.epochs = epochs;
    stage.mirror = 0.5;
    stage.crop = 0.6;
    stage.labelSmoothing = 0;
    stage.averageDecay = averageDecay;
    return stage;
}

TrainingPlan quick()
{
    TrainingPlan plan;
    plan.preset = QStringLiteral("quick");
    plan.precision = PassPrecision::Bfloat16;
    plan.side = 192;
    plan.viewsPerPhoto = 2;
    plan.stages = {headStage(), afterHead(TrainedPart::Layer4, 4, 0.97)};
    return plan;
}

TrainingPlan thorough()
{
    TrainingPlan plan;
    plan.preset = QStringLiteral("thorough");
    plan.precision = PassPrecision::Bfloat16;
    plan.side = 224;
    plan.viewsPerPhoto = 4;
    plan.stages = {headStage(), afterHead(TrainedPart::Layer4, 4, 0.97),
                   afterHead(TrainedPart::Layer3, 6, 0.99)};
    return plan;
}

TrainingPlan classic()
{
    TrainingPlan plan;
    plan.preset = QStringLiteral("classic");
    plan.viewsPerPhoto = 5;
    plan.plainView = false;
    plan.augmentation.scaleMin = 0.5;
    plan.augmentation.brightness = 0.2;
    plan.augmentation.contrast = 0.2;
    TrainingStage stage;
    stage.optimiser = OptimiserKind::Adam;
    stage.learningRate = 1e-4;
    stage.schedule = ScheduleKind::Constant;
    stage.labelSmoothing = 0;
    plan.stages = {stage};
    return plan;
}

} // namespace

QStringList TrainingPlan::presets()
{
    return {QStringLiteral("quick"), QStringLiteral("thorough"), QStringLiteral("classic")};
}

Result<TrainingPlan> TrainingPlan::fromPreset(const QString& name)
{
    if (name == u"quick")
        return quick();
    if (name == u"thorough")
        return thorough();
    if (name == u"classic")
        return classic();
    return fail("unknown-preset", LearningText::tr("There is no preset “%1”.").arg(name),
                LearningText::tr("Presets are: %1.").arg(presets().join(QStringLiteral(", "))));
}

Result<TrainingPlan> TrainingPlan::fromJson(const QJsonObject& json)
{
    TrainingPlan plan;
    Reader reader(json, QString());
    eachField(reader, plan);
    if (auto error = reader.end())
        return fail(std::move(*error));
    if (auto sensible = plan.check(); !sensible)
        return fail(sensible.error());
    return plan;
}

Result<TrainingPlan> TrainingPlan::fromFile(const QString& path)
{
    OrdinaryFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(file.exists() ? "unreadable" : "not-found",
                    LearningText::tr("%1 cannot be read: %2.").arg(quotedName(path), file.errorString()));
    }
    QJsonParseError parsed;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &parsed);
    if (!document.isObject()) {
        return fail(
            "bad-plan",
            document.isNull()
                ? LearningText::tr("%1 is not a JSON object: %2.").arg(quotedName(path), parsed.errorString())
                : LearningText::tr("%1 is not a JSON object.").arg(quotedName(path)),
            LearningText::tr("Correct the plan, or use a preset."));
    }
    return fromJson(document.object());
}

QJsonObject TrainingPlan::toJson() const
{
    Writer writer;
    eachField(writer, *this);
    return writer.json;
}

Result<void> TrainingPlan::check() const
{
    // What a reader would refuse of the plan as it would be written.
    TrainingPlan again;
    Reader reader(toJson(), QString());
    eachField(reader, again);
    if (auto error = reader.end())
        return fail(std::move(*error));
    if (stages.empty())
        return fail(bad(QStringLiteral("stages"), LearningText::tr("needs at least one stage")));
    if (side % 32 != 0)
        return fail(bad(QStringLiteral("side"), LearningText::tr("must be a multiple of 32")));
    if (augmentation.scaleMin > augmentation.scaleMax) {
        return fail(
            bad(QStringLiteral("augmentation.scale_min"), LearningText::tr("must not be above scale_max")));
    }
    bool taught = false;
    for (std::size_t i = 0; i < stages.size(); ++i) {
        const TrainingStage& stage = stages[i];
        const QString field = QStringLiteral("stages[%1].").arg(i);
        if (stage.loss.label + stage.loss.teacher + stage.loss.embedding + stage.loss.imagenet <= 0)
            return fail(bad(field + QStringLiteral("loss"), LearningText::tr("has no part left")));
        if (stage.optimiser == OptimiserKind::Lbfgs && (stage.part != TrainedPart::Fc || stage.epochs != 1 ||
                                                        stage.freshViews || stage.loss != LossWeights{})) {
            return fail(bad(field + QStringLiteral("optimiser"),
                            LearningText::tr("fits fc alone, once, to the labels of the kept views")));
        }
        if (!stage.freshViews && stage.viewsPerEpoch > viewsPerPhoto) {
            return fail(bad(field + QStringLiteral("views_per_epoch"),
                            LearningText::tr("must not be above views_per_photo")));
        }
        const bool distils = stage.loss.teacher + stage.loss.embedding + stage.loss.imagenet > 0;
        if (distils && teacher.isEmpty())
            return fail(bad(field + QStringLiteral("loss"), LearningText::tr("needs a teacher")));
        taught = taught || distils;
        if (distils && stage.freshViews) {
            return fail(bad(field + QStringLiteral("fresh_views"),
                            LearningText::tr("cannot be: a teacher answers for the kept views only")));
        }
    }
    if (!teacher.isEmpty() && !taught)
        return fail(bad(QStringLiteral("teacher"), LearningText::tr("is one that no stage's loss asks")));
    return {};
}

void TrainingPlan::setTeacher(const QString& file)
{
    const bool taught = std::any_of(stages.begin(), stages.end(), [](const TrainingStage& stage) {
        return stage.loss.teacher + stage.loss.embedding + stage.loss.imagenet > 0;
    });
    teacher = file;
    for (TrainingStage& stage : stages) {
        if (taught || stage.freshViews || stage.optimiser == OptimiserKind::Lbfgs)
            continue;
        stage.loss.label = 0.5;
        stage.loss.teacher = 0.5;
    }
}

std::uint64_t TrainingPlan::viewSeed(const QString& sha256, int view) const
{
    // The content decides, not the place in a list, so that a photo more leaves the others' views alone.
    const std::uint64_t photo = sha256.left(16).toULongLong(nullptr, 16);
    return Random::keyed(seed, photo, view).next();
}

} // namespace goodsight
