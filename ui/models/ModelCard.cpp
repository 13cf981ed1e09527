#include "ui/models/ModelCard.h"

#include "ui/shell/LabelIndex.h"
#include "ui/widgets/KeyButton.h"

#include <QAction>
#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QMenu>

namespace goodsight {

ModelCard::ModelCard(const InstalledModel& model, bool inUse, QWidget* parent)
    : QFrame(parent)
    , m_model(model)
    , m_inUse(inUse)
    , m_title(new QLabel(this))
    , m_details(new QLabel(this))
    , m_mark(new QLabel(this))
    , m_use(new KeyButton(this))
    , m_check(new KeyButton(this))
    , m_export(new KeyButton(this))
    , m_exportMenu(new QMenu(this))
    , m_remove(new KeyButton(this))
{
    setObjectName(QStringLiteral("modelCard-") + model.name);
    setProperty("kind", QStringLiteral("card"));
    m_title->setProperty("kind", QStringLiteral("section"));
    m_title->setTextFormat(Qt::PlainText);
    m_details->setProperty("kind", QStringLiteral("secondary"));
    m_details->setTextFormat(Qt::PlainText);
    m_details->setWordWrap(true);
    m_mark->setProperty("kind", QStringLiteral("strong"));
    m_use->setObjectName(QStringLiteral("use-") + model.name);
    m_check->setObjectName(QStringLiteral("check-") + model.name);
    m_export->setObjectName(QStringLiteral("export-") + model.name);
    m_exportMenu->setObjectName(QStringLiteral("exportMenu-") + model.name);
    m_remove->setObjectName(QStringLiteral("remove-") + model.name);
    m_remove->setProperty("kind", QStringLiteral("danger"));
    m_mark->setVisible(inUse);
    m_use->setVisible(!inUse && !model.error);
    m_check->setVisible(!model.error);
    m_export->setVisible(!model.error);
    m_remove->setVisible(!model.shipped);
    buildExportMenu();

    auto* words = new QVBoxLayout;
    words->setSpacing(4);
    words->addWidget(m_title);
    words->addWidget(m_details);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(20, 14, 20, 14);
    row->setSpacing(8);
    row->addLayout(words, 1);
    row->addSpacing(16);
    row->addWidget(m_mark);
    row->addSpacing(8);
    for (KeyButton* button : {m_use, m_check, m_export, m_remove})
        row->addWidget(button);

    connect(m_use, &QPushButton::clicked, this, &ModelCard::useRequested);
    connect(m_check, &QPushButton::clicked, this, &ModelCard::checkRequested);
    connect(m_export, &QPushButton::clicked, this, [this] {
        m_exportMenu->popup(m_export->mapToGlobal(m_export->rect().bottomLeft()));
        m_exportMenu->setActiveAction(m_exportMenu->actions().first());
    });
    connect(m_remove, &QPushButton::clicked, this, [this] {
        if (m_asked) {
            Q_EMIT removeRequested();
            return;
        }
        m_asked = true;
        retranslate();
    });
    retranslate();
}

void ModelCard::buildExportMenu()
{
    for (const ExportFormatInfo& info : kExportFormats) {
        QAction* action = m_exportMenu->addAction(QStringLiteral("%1 (.%2)").arg(info.title, info.suffix));
        connect(action, &QAction::triggered, this,
                [this, format = info.format] { Q_EMIT exportRequested(format); });
    }
}

QString ModelCard::details() const
{
    if (m_model.error)
        return m_model.error->message + u'\n' + m_model.error->hint;
    QStringList parts{tr("%n product(s)", nullptr, m_model.classes)};
    const QJsonObject val = m_model.metrics[u"val"].toObject();
    if (val.contains(u"top1") && val.contains(u"top3")) {
        const auto percent = [&](const char* key) {
            return QStringLiteral("%1%").arg(100 * val[QLatin1String(key)].toDouble(), 0, 'f', 1);
        };
        //: of photos that it never saw; %1 and %2 are percentages
        parts.append(tr("first right %1, among three %2").arg(percent("top1"), percent("top3")));
    }
    parts.append(QLocale().formattedDataSize(m_model.bytes, 0, QLocale::DataSizeSIFormat));
    const QString first = parts.join(QStringLiteral(" · "));
    return m_model.licence.isEmpty() ? first : first + u'\n' + tr("Licence: %1").arg(m_model.licence);
}

void ModelCard::retranslate()
{
    const QString title = interfaceIsEnglish() ? m_model.titleEn : m_model.titleZh;
    m_title->setText(title.isEmpty() ? m_model.name : title);
    m_details->setText(details());
    m_mark->setText(tr("In use"));
    m_use->setText(tr("Use"));
    m_check->setText(tr("Check"));
    m_export->setText(tr("Export…"));
    m_exportMenu->setAccessibleName(m_export->text());
    m_remove->setText(m_asked ? tr("Really remove it") : tr("Remove"));
    const auto name = [this](KeyButton* button) {
        button->setAccessibleName(button->text() + QStringLiteral(": ") + m_title->text());
    };
    for (KeyButton* button : {m_use, m_check, m_export, m_remove})
        name(button);
    setAccessibleName(m_title->text());
}

void ModelCard::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QFrame::changeEvent(event);
}

} // namespace goodsight
