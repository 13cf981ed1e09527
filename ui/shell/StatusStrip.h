#pragma once

#include <QWidget>

class QLabel;

namespace goodsight {

/// The line at the bottom: the model and its engine at the left, the project and whether all is saved at the
/// right.
class StatusStrip : public QWidget {
    Q_OBJECT
public:
    enum class ModelState { Loading, Ready, Failed };

    explicit StatusStrip(QWidget* parent = nullptr);

    void setModel(ModelState state, const QString& text);
    void setEngine(const QString& text);
    void setTimes(const QString& text);
    void setProject(const QString& text, const QString& toolTip);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QLabel* m_model;
    QLabel* m_engine;
    QLabel* m_times;
    QLabel* m_project;
    ModelState m_state = ModelState::Loading;
};

} // namespace goodsight
