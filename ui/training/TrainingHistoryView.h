#pragma once

#include "core/base/Error.h"

#include <QWidget>

class QLabel;
class QTableView;

namespace goodsight {

class Banner;
class KeyButton;
class RunCharts;
class TrainingController;
class TrainingRunsModel;

/// The runs that are over: their figures in a table, the curves of those that are selected below.
class TrainingHistoryView : public QWidget {
    Q_OBJECT
public:
    explicit TrainingHistoryView(TrainingController& controller, QWidget* parent = nullptr);

    /// Selects a run.
    void select(qint64 id);

Q_SIGNALS:
    void failed(const goodsight::Error& error);
    /// A stopped run goes on.
    void wentOn(qint64 id);

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void retranslate();
    void reload();
    void refresh();
    void forgetSelected();
    void goOnWithSelected();
    [[nodiscard]] QList<qint64> selected() const;

    TrainingController& m_controller;
    TrainingRunsModel* m_model;
    QWidget* m_content;
    QLabel* m_empty;
    QTableView* m_table;
    QLabel* m_hint;
    KeyButton* m_goOn;
    KeyButton* m_forget;
    bool m_forgetAsked = false; ///< whether to delete what a run could go on from
    Banner* m_reason;
    RunCharts* m_charts;
};

} // namespace goodsight
