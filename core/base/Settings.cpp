#include "core/base/Settings.h"

#include "core/base/Paths.h"

#include <QThread>

#include <algorithm>

namespace goodsight {

namespace {
const QString kLanguage = QStringLiteral("language");
const QString kTheme = QStringLiteral("theme");
const QString kThreads = QStringLiteral("recognition/threads");
const QString kBackend = QStringLiteral("recognition/backend");
const QString kSure = QStringLiteral("recognition/sure");
const QString kReview = QStringLiteral("recognition/review");
const QString kMegapixels = QStringLiteral("recognition/maxMegapixels");
const QString kModel = QStringLiteral("recognition/model");
const QString kReplacedModel = QStringLiteral("recognition/replaced_model");
const QString kProject = QStringLiteral("project");
const QString kCamera = QStringLiteral("camera");

double probability(const QVariant& value, double fallback)
{
    bool ok = false;
    const double number = value.toDouble(&ok);
    return ok && number >= 0.0 && number <= 1.0 ? number : fallback;
}
} // namespace

Settings::Settings(const QString& file, QObject* parent)
    : QObject(parent)
    , m_settings(file, QSettings::IniFormat)
{}

void Settings::set(const QString& key, const QVariant& value)
{
    if (m_settings.value(key) == value)
        return;
    m_settings.setValue(key, value);
    Q_EMIT changed(key);
}

QString Settings::language() const
{
    return m_settings.value(kLanguage).toString();
}

void Settings::setLanguage(const QString& language)
{
    set(kLanguage, language);
}

Settings::Theme Settings::theme() const
{
    const QString name = m_settings.value(kTheme).toString();
    return name == u"dark" ? Theme::Dark : name == u"light" ? Theme::Light : Theme::System;
}

void Settings::setTheme(Theme theme)
{
    set(kTheme, theme == Theme::Dark    ? QStringLiteral("dark")
                : theme == Theme::Light ? QStringLiteral("light")
                                        : QStringLiteral("system"));
}

int Settings::threads() const
{
    const int cores = std::max(1, QThread::idealThreadCount());
    const int wanted = threadsSetting();
    return wanted <= 0 ? std::min(cores, 4) : std::min(wanted, cores);
}

int Settings::threadsSetting() const
{
    return std::max(0, m_settings.value(kThreads, 0).toInt());
}

void Settings::setThreads(int threads)
{
    set(kThreads, std::clamp(threads, 0, 1024));
}

QString Settings::backend() const
{
    const QString name = m_settings.value(kBackend).toString();
    return name.isEmpty() ? QStringLiteral("auto") : name;
}

void Settings::setBackend(const QString& name)
{
    set(kBackend, name);
}

double Settings::sureThreshold() const
{
    return probability(m_settings.value(kSure), 0.8);
}

void Settings::setSureThreshold(double value)
{
    set(kSure, std::clamp(value, 0.0, 1.0));
}

double Settings::reviewThreshold() const
{
    return std::min(probability(m_settings.value(kReview), 0.5), sureThreshold());
}

void Settings::setReviewThreshold(double value)
{
    set(kReview, std::clamp(value, 0.0, 1.0));
}

bool Settings::instantLearning() const
{
    return m_settings.value(kInstantLearning, true).toBool();
}

void Settings::setInstantLearning(bool on)
{
    set(kInstantLearning, on);
}

int Settings::retrainAfter() const
{
    bool isNumber = false;
    const int answers = m_settings.value(kRetrainAfter, kDefaultRetrainAfter).toInt(&isNumber);
    return isNumber ? std::clamp(answers, 0, kMostRetrainAfter) : kDefaultRetrainAfter;
}

void Settings::setRetrainAfter(int answers)
{
    set(kRetrainAfter, std::clamp(answers, 0, kMostRetrainAfter));
}

bool Settings::calibrated() const
{
    return m_settings.value(kCalibrated, true).toBool();
}

void Settings::setCalibrated(bool on)
{
    set(kCalibrated, on);
}

QString Settings::augmentation() const
{
    const QString name = m_settings.value(kAugmentation).toString();
    return name == u"auto" || name == u"always" ? name : QStringLiteral("off");
}

void Settings::setAugmentation(const QString& name)
{
    set(kAugmentation, name);
}

Settings::Prior Settings::prior() const
{
    const QString name = m_settings.value(kPrior).toString();
    return name == u"project" ? Prior::Project : name == u"file" ? Prior::File : Prior::Off;
}

void Settings::setPrior(Prior prior)
{
    set(kPrior, prior == Prior::Project ? QStringLiteral("project")
                : prior == Prior::File  ? QStringLiteral("file")
                                        : QStringLiteral("off"));
}

QString Settings::priorFile() const
{
    return m_settings.value(kPriorFile).toString();
}

void Settings::setPriorFile(const QString& file)
{
    set(kPriorFile, file);
}

std::optional<AutomaticRule> Settings::automaticRule() const
{
    return AutomaticRule::fromText(m_settings.value(kAutomaticRule).toString());
}

void Settings::setAutomaticRule(const std::optional<AutomaticRule>& rule)
{
    set(kAutomaticRule, rule ? rule->toText() : QString());
}

int Settings::maxMegapixels() const
{
    return std::clamp(m_settings.value(kMegapixels, 200).toInt(), 1, 2000);
}

void Settings::setMaxMegapixels(int value)
{
    set(kMegapixels, std::clamp(value, 1, 2000));
}

QString Settings::model() const
{
    return m_settings.value(kModel, QStringLiteral("groceries")).toString();
}

void Settings::setModel(const QString& name)
{
    set(kModel, name);
}

ReplacedModel Settings::replacedModel() const
{
    const QStringList parts = m_settings.value(kReplacedModel).toStringList();
    return parts.size() == 3 ? ReplacedModel{parts[0], parts[1], parts[2]} : ReplacedModel{};
}

void Settings::setReplacedModel(const ReplacedModel& model)
{
    set(kReplacedModel, QStringList{model.by, model.name, model.fingerprint});
}

QString Settings::projectDir() const
{
    const QString chosen = m_settings.value(kProject).toString();
    return chosen.isEmpty() ? paths::defaultProjectDir() : chosen;
}

void Settings::setProjectDir(const QString& dir)
{
    set(kProject, dir);
}

QString Settings::camera() const
{
    return m_settings.value(kCamera).toString();
}

void Settings::setCamera(const QString& id)
{
    set(kCamera, id);
}

QByteArray Settings::windowState(const QString& name) const
{
    return m_settings.value(QStringLiteral("window/") + name).toByteArray();
}

void Settings::setWindowState(const QString& name, const QByteArray& state)
{
    set(QStringLiteral("window/") + name, state);
}

} // namespace goodsight
