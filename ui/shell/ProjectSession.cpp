#include "ui/shell/ProjectSession.h"

#include "core/base/Paths.h"

#include <QFileInfo>

namespace goodsight {

ProjectSession::ProjectSession(QObject* parent)
    : QObject(parent)
{}

ProjectSession::~ProjectSession() = default;

void ProjectSession::open(const QString& dir, DatasetStore::Access access)
{
    if (m_store)
        Q_EMIT aboutToClose();
    m_store.reset();
    m_error.reset();
    m_dir = dir;
    auto result = DatasetStore::open(dir, access);
    if (result) {
        m_store = std::move(*result);
        connect(m_store.get(), &DatasetStore::changed, this, &ProjectSession::changed);
        connect(m_store.get(), &DatasetStore::labelsChanged, this, &ProjectSession::labelsChanged);
        addModelLabels();
    } else {
        m_error = result.error();
    }
    Q_EMIT opened();
    Q_EMIT labelsChanged();
    Q_EMIT changed();
}

bool ProjectSession::writable() const
{
    return m_store && m_store->access() == DatasetStore::Access::ReadWrite;
}

bool ProjectSession::isDefault() const
{
    return m_dir == paths::defaultProjectDir();
}

QString ProjectSession::displayName() const
{
    return isDefault() ? tr("Default project") : QFileInfo(m_dir).completeBaseName();
}

void ProjectSession::setModelLabels(const QList<Label>& labels)
{
    m_modelLabels = labels;
    addModelLabels();
}

void ProjectSession::addModelLabels()
{
    if (!writable() || m_modelLabels.isEmpty())
        return;
    const auto added = m_store->ensureLabels(m_modelLabels);
    m_error = added ? std::nullopt : std::optional(added.error());
}

} // namespace goodsight
