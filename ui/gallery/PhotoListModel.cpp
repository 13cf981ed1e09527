#include "ui/gallery/PhotoListModel.h"

#include "ui/shell/ProjectSession.h"

#include <algorithm>

namespace goodsight {

namespace {
constexpr qint64 kPage = 200;
}

PhotoListModel::PhotoListModel(ProjectSession& project, QObject* parent)
    : QAbstractListModel(parent)
    , m_project(project)
{}

void PhotoListModel::setText(const QString& text)
{
    if (m_query.text == text)
        return;
    m_query.text = text;
    m_rows.clear();
    reload();
}

void PhotoListModel::setStates(const QList<PhotoState>& states)
{
    if (m_query.states == states)
        return;
    m_query.states = states;
    m_rows.clear();
    reload();
}

void PhotoListModel::reload()
{
    const qint64 wanted = std::max<qint64>(kPage, m_rows.size());
    beginResetModel();
    m_rows.clear();
    m_total = 0;
    if (DatasetStore* store = m_project.store()) {
        PhotoQuery query = m_query;
        query.limit = wanted;
        auto rows = store->photos(query);
        const auto total = store->count(m_query);
        if (rows)
            m_rows = std::move(*rows);
        else
            Q_EMIT failed(rows.error());
        m_total = total.value_or(m_rows.size());
    }
    endResetModel();
}

int PhotoListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant PhotoListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    const PhotoRow& photo = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return photo.labelId;
    case Qt::ToolTipRole:
        return photo.name.isEmpty() ? photo.file : photo.name;
    default:
        return {};
    }
}

bool PhotoListModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && m_rows.size() < m_total;
}

void PhotoListModel::fetchMore(const QModelIndex&)
{
    DatasetStore* store = m_project.store();
    if (!store)
        return;
    PhotoQuery query = m_query;
    query.offset = m_rows.size();
    query.limit = kPage;
    auto rows = store->photos(query);
    if (!rows || rows->isEmpty()) {
        m_total = m_rows.size();
        return;
    }
    beginInsertRows({}, static_cast<int>(m_rows.size()), static_cast<int>(m_rows.size() + rows->size() - 1));
    m_rows.append(*rows);
    endInsertRows();
}

} // namespace goodsight
