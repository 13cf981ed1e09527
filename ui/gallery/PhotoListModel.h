#pragma once

#include "core/dataset/DatasetStore.h"

#include <QAbstractListModel>

namespace goodsight {

class ProjectSession;

/// A project's photos, newest answer first as the store orders them, read page by page as the view scrolls.
/// UI thread.
class PhotoListModel : public QAbstractListModel {
    Q_OBJECT
public:
    explicit PhotoListModel(ProjectSession& project, QObject* parent = nullptr);

    /// Both read from the store where they change something.
    void setText(const QString& text);
    /// Empty: all states.
    void setStates(const QList<PhotoState>& states);
    /// Reads again from the store, keeping as many rows as were there.
    void reload();

    [[nodiscard]] const PhotoRow& row(int index) const { return m_rows.at(index); }
    /// Photos that match, loaded or not.
    [[nodiscard]] qint64 total() const { return m_total; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

Q_SIGNALS:
    void failed(const goodsight::Error& error);

private:
    ProjectSession& m_project;
    PhotoQuery m_query;
    QList<PhotoRow> m_rows;
    qint64 m_total = 0;
};

} // namespace goodsight
