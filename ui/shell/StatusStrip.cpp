#include "ui/shell/StatusStrip.h"

#include "ui/theme/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

namespace goodsight {

StatusStrip::StatusStrip(QWidget* parent)
    : QWidget(parent)
    , m_model(new QLabel(this))
    , m_engine(new QLabel(this))
    , m_times(new QLabel(this))
    , m_project(new QLabel(this))
{
    setObjectName(QStringLiteral("statusStrip"));
    setFixedHeight(33);
    m_model->setObjectName(QStringLiteral("statusModel"));
    m_engine->setObjectName(QStringLiteral("statusEngine"));
    m_times->setObjectName(QStringLiteral("statusTimes"));
    m_project->setObjectName(QStringLiteral("statusProject"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(30, 1, 16, 0);
    row->setSpacing(20);
    row->addWidget(m_model);
    for (QLabel* label : {m_engine, m_times, m_project})
        label->setProperty("kind", QStringLiteral("small"));
    m_model->setStyleSheet(QStringLiteral("font-size: 12px"));
    row->addWidget(m_engine);
    row->addWidget(m_times);
    row->addStretch();
    row->addWidget(m_project);
}

void StatusStrip::setModel(ModelState state, const QString& text)
{
    m_state = state;
    m_model->setText(text);
    update();
}

void StatusStrip::setEngine(const QString& text)
{
    m_engine->setText(text);
}

void StatusStrip::setTimes(const QString& text)
{
    m_times->setText(text);
}

void StatusStrip::setProject(const QString& text, const QString& toolTip)
{
    m_project->setText(text);
    m_project->setToolTip(toolTip);
}

void StatusStrip::paintEvent(QPaintEvent*)
{
    const ThemeColors& c = Theme::colors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), c.panel);
    painter.fillRect(QRect(0, 0, width(), 1), c.hairline);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_state == ModelState::Ready    ? c.sure
                     : m_state == ModelState::Failed ? c.weak
                                                     : c.unsure);
    painter.drawEllipse(QPointF(20, height() / 2.0 + 0.5), 4, 4);
}

} // namespace goodsight
