#pragma once

#include "ui/evaluation/Evaluation.h"

#include <QWidget>

class QLabel;
class QStackedWidget;

namespace goodsight {

class AutomaticAnswers;
class Banner;
class CertaintyPanel;
class ClassTablePanel;
class ConfusionPanel;
class EvaluationBar;
class EvaluationController;
class EvaluationOverview;
class MapPanel;
class ProjectSession;
class Settings;
class ThumbnailLoader;
class ViewTabs;

/// Evaluation: how good a model is on photos whose product is known, said so that a store manager
/// understands.
class EvaluationPage : public QWidget {
    Q_OBJECT
public:
    EvaluationPage(EvaluationController& controller, Settings& settings, ProjectSession& project,
                   ThumbnailLoader& thumbnails, AutomaticAnswers& automatic, QWidget* parent = nullptr);

    [[nodiscard]] EvaluationBar& bar() { return *m_bar; }

Q_SIGNALS:
    /// The person wants to see and answer this file again.
    void openRequested(const QString& file);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    enum View { Overview, MixUps, Products, Certainty, Map };
    void build();
    void retranslate();
    void refresh();
    void showView(int view);

    EvaluationController& m_controller;
    Settings& m_settings;
    QLabel* m_title;
    ViewTabs* m_tabs;
    EvaluationBar* m_bar;
    Banner* m_banner;
    QLabel* m_empty;
    QStackedWidget* m_stack;
    EvaluationOverview* m_overview;
    ConfusionPanel* m_confusion;
    ClassTablePanel* m_products;
    CertaintyPanel* m_certainty;
    MapPanel* m_map;
};

} // namespace goodsight
