#include "ui/settings/SwitchMeasurement.h"

#include "core/base/Settings.h"
#include "ui/settings/SwitchMeasurementJob.h"
#include "ui/shell/ProjectSession.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>

namespace goodsight {

SwitchMeasurement::SwitchMeasurement(Settings& settings, ProjectSession& project, QObject* parent)
    : QObject(parent)
    , m_settings(settings)
    , m_project(project)
{
    listen();
    // The job works with the project's store.
    connect(&project, &ProjectSession::aboutToClose, this, [this] {
        m_jobs.reset();
        listen();
    });
    connect(&project, &ProjectSession::opened, this, &SwitchMeasurement::load);
}

void SwitchMeasurement::listen()
{
    m_jobs = std::make_unique<JobRunner>();
    connect(m_jobs.get(), &JobRunner::busyChanged, this, &SwitchMeasurement::changed);
    connect(m_jobs.get(), &JobRunner::progressed, this,
            [this](const QString&, qint64 done, qint64 total, const QString& what) {
                Q_EMIT progressed(done, total, what);
            });
}

void SwitchMeasurement::setModel(const LoadedModel& model)
{
    m_model = model;
    Q_EMIT changed();
}

QString SwitchMeasurement::priorSource() const
{
    return m_settings.prior() == Settings::Prior::File ? m_settings.priorFile() : QStringLiteral("project");
}

QString SwitchMeasurement::file() const
{
    return QDir(m_project.dir()).filePath(QStringLiteral("switch-effects.json"));
}

void SwitchMeasurement::load()
{
    m_last.reset();
    // One that is missing or damaged is one that was not made.
    if (QFile kept(file()); m_project.store() && kept.open(QIODevice::ReadOnly))
        m_last = SwitchEffects::fromJson(QJsonDocument::fromJson(kept.readAll()).object());
    Q_EMIT changed();
}

void SwitchMeasurement::keep(const SwitchEffects& effects)
{
    m_last = effects;
    Q_EMIT changed();
    if (!m_project.writable())
        return;
    const QByteArray text = QJsonDocument(effects.toJson()).toJson();
    QSaveFile kept(file());
    if (!kept.open(QIODevice::WriteOnly) || kept.write(text) != text.size() || !kept.commit()) {
        Q_EMIT failed({QStringLiteral("disk-full"),
                       tr("The measurement could not be kept: %1.").arg(kept.errorString()),
                       tr("It is shown until the program ends.")});
    }
}

void SwitchMeasurement::start()
{
    if (busy() || !m_project.store() || m_model.file.isEmpty())
        return;
    SwitchMeasurementWish wish;
    wish.modelFile = m_model.file;
    if (const auto kind = backendKindFromName(m_settings.backend()))
        wish.backend = *kind;
    wish.threads = m_settings.threads();
    wish.maxMegapixels = m_settings.maxMegapixels();
    wish.projectDir = m_project.dir();
    wish.store = m_project.writable() ? m_project.store() : nullptr;
    if (m_settings.prior() == Settings::Prior::File)
        wish.priorFile = m_settings.priorFile();
    wish.priorSource = priorSource();
    m_jobs->start(std::make_unique<SwitchMeasurementJob>(wish, [this](const Result<SwitchEffects>& effects) {
        if (effects)
            keep(*effects);
        else
            Q_EMIT failed(effects.error());
    }));
}

void SwitchMeasurement::cancel()
{
    m_jobs->cancelAll();
}

} // namespace goodsight
