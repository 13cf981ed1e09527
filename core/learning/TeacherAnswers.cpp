#include "core/learning/TeacherAnswers.h"

#include "core/learning/LearningText.h"
#include "core/model/Safetensors.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cmath>

namespace goodsight {

namespace {

constexpr int kImagenetClasses = 1000;

QStringList listOf(const QMap<QString, QString>& metadata, const QString& key)
{
    QStringList words;
    const QJsonArray array = QJsonDocument::fromJson(metadata.value(key).toUtf8()).array();
    for (const QJsonValue& value : array)
        words += value.toString();
    return words;
}

} // namespace

QString TeacherAnswers::viewKey(const QString& sha256, int view)
{
    return sha256 + u'/' + QString::number(view);
}

Result<TeacherAnswers> TeacherAnswers::load(const QString& path)
{
    const auto file = SafetensorsFile::open(path);
    if (!file)
        return fail(file.error());
    const auto bad = [&path](const QString& what) {
        return fail(
            "bad-teacher",
            LearningText::tr("The teacher's answers %1 cannot be used: %2.").arg(quotedName(path), what),
            LearningText::tr("Write them again for the views of this plan."));
    };
    TeacherAnswers answers;
    const QStringList rows = listOf((*file)->metadata(), QStringLiteral("goodsight.rows"));
    answers.m_classes = listOf((*file)->metadata(), QStringLiteral("goodsight.classes"));
    for (int i = 0; i < rows.size(); ++i)
        answers.m_rows.insert(rows[i], i);
    std::vector<std::string> names;
    for (const auto& [name, info] : (*file)->tensors()) {
        const bool known = name == "logits" || name == "embedding" || name == "imagenet";
        if (!known || info.shape.size() != 2 || info.shape[0] != rows.size() || info.shape[1] < 1)
            return bad(
                LearningText::tr("%1 does not have a row for each view").arg(QString::fromStdString(name)));
        names.push_back(name);
    }
    auto tensors = (*file)->read(names);
    if (!tensors)
        return fail(tensors.error());
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(rows.join(u'\n').toUtf8());
    for (const auto& [name, tensor] : *tensors) {
        if (!std::all_of(tensor.values.begin(), tensor.values.end(),
                         [](float v) { return std::isfinite(v); }))
            return bad(
                LearningText::tr("%1 holds numbers that are not finite").arg(QString::fromStdString(name)));
        hash.addData(QByteArrayView(reinterpret_cast<const char*>(tensor.values.data()),
                                    static_cast<qsizetype>(tensor.values.size() * sizeof(float))));
    }
    answers.m_fingerprint = QString::fromLatin1(hash.result().toHex());
    answers.m_logits = std::move((*tensors)["logits"]);
    answers.m_embedding = std::move((*tensors)["embedding"]);
    answers.m_imagenet = std::move((*tensors)["imagenet"]);
    if (rows.isEmpty() || answers.m_rows.size() != rows.size() ||
        width(answers.m_logits) != answers.m_classes.size())
        return bad(LearningText::tr("its lists of views and classes do not fit its numbers"));
    if (answers.hasImagenet() && width(answers.m_imagenet) != kImagenetClasses)
        return bad(LearningText::tr("its ImageNet answers are not for 1000 classes"));
    return answers;
}

} // namespace goodsight
