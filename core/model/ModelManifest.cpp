#include "core/model/ModelManifest.h"

#include "core/labels/LabelId.h"
#include "core/model/ModelErrors.h"
#include "core/model/ResNet18Weights.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include <cmath>

namespace goodsight::modelmanifest {

namespace {

const QString kInterpolation = QStringLiteral("bilinear-antialias-u8");
const QString kPattern = QStringLiteral("waves-1");
constexpr int kInputSide = 224;
constexpr qsizetype kMaxText = 1000;

/// One field at a time; the first that makes no sense becomes the error.
class Reader {
public:
    Reader(const QString& path, const QJsonObject& manifest, ModelPackage& package)
        : m_path(path)
        , m_manifest(manifest)
        , m_package(package)
    {}

    Result<void> run()
    {
        for (const auto step : {&Reader::format, &Reader::names, &Reader::classes, &Reader::preprocessing,
                                &Reader::temperature, &Reader::golden, &Reader::int8}) {
            if (Result<void> result = (this->*step)(); !result)
                return result;
        }
        m_package.manifest = m_manifest;
        return {};
    }

private:
    [[nodiscard]] tl::unexpected<Error> nonsense(const QString& field) const
    {
        return fail(modelerrors::bad(
            m_path,
            QCoreApplication::translate("goodsight::Model", "its manifest has no sensible “%1”").arg(field)));
    }

    Result<void> format()
    {
        const double version = m_manifest.value(QStringLiteral("format")).toDouble(-1);
        if (version > ModelPackage::kFormat) {
            return fail(
                "newer-version",
                QCoreApplication::translate("goodsight::Model",
                                            "%1 was made by a newer version of Goodsight (format %2).")
                    .arg(quotedName(m_path))
                    .arg(version),
                QCoreApplication::translate("goodsight::Model", "Update Goodsight to use this model."));
        }
        if (version != ModelPackage::kFormat)
            return nonsense(QStringLiteral("format"));
        m_package.architecture = m_manifest.value(QStringLiteral("architecture")).toString();
        if (m_package.architecture != resnet18::kArchitecture) {
            return fail(modelerrors::wrongArchitecture(
                m_path, QCoreApplication::translate("goodsight::Model", "its architecture is called “%1”")
                            .arg(quotedName(m_package.architecture))));
        }
        return {};
    }

    Result<void> names()
    {
        m_package.name = m_manifest.value(QStringLiteral("name")).toString();
        if (m_package.name.isEmpty() || m_package.name.size() > kMaxText)
            return nonsense(QStringLiteral("name"));
        const QJsonObject title = m_manifest.value(QStringLiteral("title")).toObject();
        m_package.titleZh = title.value(QStringLiteral("zh")).toString(m_package.name).left(kMaxText);
        m_package.titleEn = title.value(QStringLiteral("en")).toString(m_package.name).left(kMaxText);
        m_package.licence = m_manifest.value(QStringLiteral("licence")).toString().left(kMaxText);
        return {};
    }

    Result<void> classes()
    {
        const QJsonArray list = m_manifest.value(QStringLiteral("classes")).toArray();
        if (list.isEmpty() || list.size() > resnet18::kMaxClasses)
            return nonsense(QStringLiteral("classes"));
        QSet<QString> ids;
        m_package.classes.clear();
        for (const QJsonValue& value : list) {
            const QJsonObject object = value.toObject();
            const ModelClass item{object.value(QStringLiteral("id")).toString(),
                                  object.value(QStringLiteral("zh")).toString(),
                                  object.value(QStringLiteral("en")).toString()};
            const QString field = QStringLiteral("classes[%1]").arg(m_package.classes.size());
            // An id that no label can have would keep a project from taking any of this model's products.
            if (!isValidLabelId(item.id) || item.zh.size() > kMaxText || item.en.size() > kMaxText ||
                (item.zh.isEmpty() && item.en.isEmpty()))
                return nonsense(field);
            if (ids.contains(item.id)) {
                return fail(modelerrors::bad(
                    m_path, QCoreApplication::translate("goodsight::Model", "two classes have the id “%1”")
                                .arg(quotedName(item.id))));
            }
            ids.insert(item.id);
            m_package.classes.append(item);
        }
        return {};
    }

    Result<void> preprocessing()
    {
        const QString field = QStringLiteral("preprocessing");
        const QJsonObject object = m_manifest.value(field).toObject();
        PreprocessSpec spec;
        spec.resize = object.value(QStringLiteral("resize")).toInt(0);
        spec.crop = object.value(QStringLiteral("crop")).toInt(0);
        if (object.value(QStringLiteral("interpolation")).toString() != kInterpolation ||
            spec.crop != kInputSide || spec.resize < spec.crop || spec.resize > 4096)
            return nonsense(field);
        if (!triple(object.value(QStringLiteral("mean")), spec.mean) ||
            !triple(object.value(QStringLiteral("std")), spec.std))
            return nonsense(field);
        for (const float deviation : spec.std) {
            if (deviation < 1e-4F)
                return nonsense(field);
        }
        m_package.preprocessing = spec;
        return {};
    }

    Result<void> temperature()
    {
        const QString field = QStringLiteral("temperature");
        if (!m_manifest.contains(field)) {
            m_package.temperature = 1.0;
            return {};
        }
        const double value = m_manifest.value(field).toDouble(-1);
        if (!std::isfinite(value) || value < 1e-3 || value > 1e3)
            return nonsense(field);
        m_package.temperature = value;
        return {};
    }

    Result<void> golden()
    {
        const QString field = QStringLiteral("golden");
        m_package.golden = {};
        if (!m_manifest.contains(field))
            return {};
        const QJsonObject object = m_manifest.value(field).toObject();
        GoldenOutputs golden;
        golden.pattern = object.value(QStringLiteral("pattern")).toString();
        golden.tolerance = static_cast<float>(object.value(QStringLiteral("tolerance")).toDouble(-1));
        const QJsonArray seeds = object.value(QStringLiteral("seeds")).toArray();
        if (golden.pattern != kPattern || seeds.isEmpty() || seeds.size() > 64 ||
            !(golden.tolerance > 0 && golden.tolerance <= 1))
            return nonsense(field);
        for (const QJsonValue& value : seeds) {
            const qint64 seed = value.toInteger(-1);
            if (seed < 0 || seed > 0xffffffffLL)
                return nonsense(field);
            golden.seeds.push_back(static_cast<quint32>(seed));
        }
        const auto count = static_cast<std::size_t>(seeds.size());
        if (!table(object.value(QStringLiteral("logits")), count,
                   static_cast<std::size_t>(m_package.classes.size()), golden.logits))
            return nonsense(QStringLiteral("golden.logits"));
        const QString head = QStringLiteral("embedding_head");
        if (object.contains(head) &&
            !table(object.value(head), count, GoldenOutputs::kEmbeddingHead, golden.embeddingHead))
            return nonsense(QStringLiteral("golden.embedding_head"));
        m_package.golden = std::move(golden);
        return {};
    }

    Result<void> int8()
    {
        const QString field = QStringLiteral("int8");
        m_package.int8.reset();
        if (!m_manifest.contains(field))
            return {};
        const QJsonObject json = m_manifest.value(field).toObject();
        if (Int8Scales::areOfAnotherVersion(json))
            return {}; // the model runs in float32 until it is quantised again
        auto scales = Int8Scales::fromJson(json);
        if (!scales)
            return nonsense(field + u'.' + scales.error());
        for (const std::vector<float>& row : scales->goldenLogits) {
            if (row.size() != static_cast<std::size_t>(m_package.classes.size()))
                return nonsense(QStringLiteral("int8.golden_logits"));
        }
        if (scales->goldenLogits.size() != m_package.golden.seeds.size())
            return nonsense(QStringLiteral("int8.golden_logits"));
        m_package.int8 = std::move(*scales);
        return {};
    }

    static bool number(const QJsonValue& value, float& out)
    {
        out = static_cast<float>(value.toDouble(NAN));
        return std::isfinite(out);
    }

    static bool triple(const QJsonValue& value, std::array<float, 3>& out)
    {
        const QJsonArray array = value.toArray();
        return array.size() == 3 && number(array[0], out[0]) && number(array[1], out[1]) &&
               number(array[2], out[2]);
    }

    static bool table(const QJsonValue& value, std::size_t rows, std::size_t columns,
                      std::vector<std::vector<float>>& out)
    {
        const QJsonArray array = value.toArray();
        if (static_cast<std::size_t>(array.size()) != rows)
            return false;
        for (const QJsonValue& entry : array) {
            const QJsonArray cells = entry.toArray();
            if (static_cast<std::size_t>(cells.size()) != columns)
                return false;
            std::vector<float> row(columns);
            for (std::size_t i = 0; i < columns; ++i) {
                if (!number(cells[static_cast<qsizetype>(i)], row[i]))
                    return false;
            }
            out.push_back(std::move(row));
        }
        return true;
    }

    const QString m_path;
    const QJsonObject m_manifest;
    ModelPackage& m_package;
};

QJsonArray tableOf(const std::vector<std::vector<float>>& rows)
{
    QJsonArray array;
    for (const std::vector<float>& row : rows) {
        QJsonArray cells;
        for (const float value : row)
            cells.append(static_cast<double>(value));
        array.append(cells);
    }
    return array;
}

/// A float as a person would have written it: 0.485, not 0.48500001430511475.
QJsonArray tripleOf(const std::array<float, 3>& values)
{
    QJsonArray array;
    for (const float value : values)
        array.append(QString::number(static_cast<double>(value), 'g', 7).toDouble());
    return array;
}

} // namespace

Result<void> read(const QByteArray& json, const QString& path, ModelPackage& package)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject()) {
        return fail(modelerrors::bad(
            path, QCoreApplication::translate("goodsight::Model", "its manifest is not JSON")));
    }
    return Reader(path, document.object(), package).run();
}

QJsonObject write(const ModelPackage& package)
{
    QJsonObject manifest = package.manifest;
    QJsonArray classes;
    for (const ModelClass& item : package.classes) {
        classes.append(QJsonObject{{QStringLiteral("id"), item.id},
                                   {QStringLiteral("zh"), item.zh},
                                   {QStringLiteral("en"), item.en}});
    }
    manifest.insert(QStringLiteral("format"), ModelPackage::kFormat);
    manifest.insert(QStringLiteral("name"), package.name);
    manifest.insert(QStringLiteral("title"), QJsonObject{{QStringLiteral("zh"), package.titleZh},
                                                         {QStringLiteral("en"), package.titleEn}});
    manifest.insert(QStringLiteral("architecture"), package.architecture);
    manifest.insert(QStringLiteral("classes"), classes);
    manifest.insert(QStringLiteral("preprocessing"),
                    QJsonObject{{QStringLiteral("resize"), package.preprocessing.resize},
                                {QStringLiteral("crop"), package.preprocessing.crop},
                                {QStringLiteral("interpolation"), kInterpolation},
                                {QStringLiteral("mean"), tripleOf(package.preprocessing.mean)},
                                {QStringLiteral("std"), tripleOf(package.preprocessing.std)}});
    manifest.insert(QStringLiteral("temperature"), package.temperature);
    manifest.insert(QStringLiteral("licence"), package.licence);
    manifest.remove(QStringLiteral("golden"));
    if (!package.golden.seeds.empty()) {
        QJsonArray seeds;
        for (const quint32 seed : package.golden.seeds)
            seeds.append(static_cast<qint64>(seed));
        QJsonObject golden{{QStringLiteral("pattern"), package.golden.pattern},
                           {QStringLiteral("seeds"), seeds},
                           {QStringLiteral("tolerance"), static_cast<double>(package.golden.tolerance)},
                           {QStringLiteral("logits"), tableOf(package.golden.logits)}};
        if (!package.golden.embeddingHead.empty())
            golden.insert(QStringLiteral("embedding_head"), tableOf(package.golden.embeddingHead));
        manifest.insert(QStringLiteral("golden"), golden);
    }
    manifest.remove(QStringLiteral("int8"));
    if (package.int8)
        manifest.insert(QStringLiteral("int8"), package.int8->toJson());
    return manifest;
}

} // namespace goodsight::modelmanifest
