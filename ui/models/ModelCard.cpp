#include "ui/models/ModelCard.h"

#include "ui/promotion/InstalledModels.h"
#include "ui/training/TrainingWords.h"
#include "ui/widgets/KeyButton.h"

#include <QAction>
#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QMenu>

namespace goodsight {

ModelCard::ModelCard(const InstalledModel& model, const ModelStanding& standing, QWidget* parent)
    : QFrame(parent)
    , m_model(model)
    , m_standing(standing)
    , m_title(new QLabel(this))
    , m_details(new QLabel(this))
    , m_origin(new QLabel(this))
    , m_mark(new QLabel(this))
    , m_back(new KeyButton(this))
    , m_shadow(new KeyButton(this))
    , m_use(new KeyButton(this))
    , m_check(new KeyButton(this))
    , m_export(new KeyButton(this))
    , m_exportMenu(new QMenu(this))
    , m_remove(new KeyButton(this))
    , m_ask(new QWidget(this))
    , m_question(new QLabel(this))
    , m_compareFirst(new KeyButton(this))
    , m_useAnyway(new KeyButton(this))
{
    setObjectName(QStringLiteral("modelCard-") + model.name);
    setProperty("kind", QStringLiteral("card"));
    m_title->setProperty("kind", QStringLiteral("section"));
    m_title->setTextFormat(Qt::PlainText);
    m_details->setProperty("kind", QStringLiteral("secondary"));
    m_details->setTextFormat(Qt::PlainText);
    m_details->setWordWrap(true);
    m_origin->setObjectName(QStringLiteral("origin-") + model.name);
    m_origin->setProperty("kind", QStringLiteral("small"));
    m_origin->setTextFormat(Qt::PlainText);
    m_origin->setWordWrap(true);
    m_mark->setProperty("kind", QStringLiteral("strong"));
    m_back->setObjectName(QStringLiteral("back-") + model.name);
    m_shadow->setObjectName(QStringLiteral("shadow-") + model.name);
    m_use->setObjectName(QStringLiteral("use-") + model.name);
    m_check->setObjectName(QStringLiteral("check-") + model.name);
    m_export->setObjectName(QStringLiteral("export-") + model.name);
    m_exportMenu->setObjectName(QStringLiteral("exportMenu-") + model.name);
    m_remove->setObjectName(QStringLiteral("remove-") + model.name);
    m_remove->setProperty("kind", QStringLiteral("danger"));
    // What runs in the shadow comes into use by its comparison, and leaves by its end.
    const bool compared = standing.shadow.kind == ShadowOffer::Kind::Running;
    m_mark->setVisible(standing.inUse || compared);
    m_back->setVisible(!standing.backTo.isEmpty());
    m_shadow->setVisible(standing.shadow.kind != ShadowOffer::Kind::None);
    m_shadow->setEnabled(standing.shadow.obstacle.isEmpty());
    if (compared)
        m_shadow->setProperty("kind", QStringLiteral("primary"));
    m_use->setVisible(!standing.inUse && !compared && !model.error);
    m_check->setVisible(!model.error);
    m_export->setVisible(!model.error);
    m_remove->setVisible(!model.shipped && !compared);
    m_question->setObjectName(QStringLiteral("question-") + model.name);
    m_question->setProperty("kind", QStringLiteral("strong"));
    m_question->setWordWrap(true);
    m_compareFirst->setObjectName(QStringLiteral("compareFirst-") + model.name);
    m_compareFirst->setProperty("kind", QStringLiteral("primary"));
    m_compareFirst->setEnabled(standing.shadow.obstacle.isEmpty());
    m_useAnyway->setObjectName(QStringLiteral("useAnyway-") + model.name);
    m_ask->hide();
    buildExportMenu();

    // The buttons beside the title only: what the card says needs its width.
    auto* upper = new QHBoxLayout;
    upper->setSpacing(8);
    upper->addWidget(m_title, 1);
    upper->addWidget(m_mark);
    upper->addSpacing(8);
    for (KeyButton* button : {m_back, m_shadow, m_use, m_check, m_export, m_remove})
        upper->addWidget(button);
    auto* ask = new QHBoxLayout(m_ask);
    ask->setContentsMargins(0, 6, 0, 0);
    ask->setSpacing(8);
    ask->addWidget(m_question, 1);
    ask->addWidget(m_compareFirst);
    ask->addWidget(m_useAnyway);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 12, 20, 14);
    column->setSpacing(4);
    column->addLayout(upper);
    column->addWidget(m_details);
    column->addWidget(m_origin);
    column->addWidget(m_ask);

    connect(m_use, &QPushButton::clicked, this, [this] {
        if (m_standing.doubt.isEmpty())
            Q_EMIT useRequested();
        else
            askBeforeUse();
    });
    connect(m_compareFirst, &QPushButton::clicked, this, &ModelCard::shadowRequested);
    connect(m_useAnyway, &QPushButton::clicked, this, &ModelCard::useRequested);
    connect(m_back, &QPushButton::clicked, this, &ModelCard::backRequested);
    connect(m_shadow, &QPushButton::clicked, this,
            compared ? &ModelCard::comparisonRequested : &ModelCard::shadowRequested);
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
        m_ask->setVisible(m_standing.wayBack);
        retranslate();
    });
    retranslate();
}

void ModelCard::askBeforeUse()
{
    m_asked = false; // one question at a time
    m_ask->show();
    retranslate();
    (m_compareFirst->isEnabled() ? m_compareFirst : m_useAnyway)->setFocus();
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
    // Its name; what the package says beside it, in English, is in the tip.
    const QString licence = m_model.licence.section(QStringLiteral(" ("), 0, 0);
    return licence.isEmpty() ? first : first + u'\n' + tr("Licence: %1").arg(licence);
}

QString ModelCard::origin() const
{
    QStringList parts;
    if (!m_model.parent.isEmpty())
        parts.append(tr("from %1").arg(m_model.parent));
    const QJsonObject& training = m_model.training;
    const QJsonObject plan = training[u"plan"].toObject();
    if (const QString preset = plan[u"preset"].toString(); !preset.isEmpty())
        parts.append(tr("plan %1").arg(TrainingWords::preset(preset)));
    else if (!training[u"recipe"].toString().isEmpty())
        parts.append(tr("plan %1").arg(training[u"recipe"].toString().section(u'/', -1)));
    if (training.contains(u"photos"))
        parts.append(tr("%n photo(s)", nullptr, training[u"photos"].toInt()));
    constexpr int kShort = 8;
    if (const QString photos = training[u"data_fingerprint"].toString(); !photos.isEmpty())
        parts.append(tr("data %1").arg(photos.left(kShort)));
    if (training.contains(u"seed"))
        parts.append(tr("seed %1").arg(training[u"seed"].toInteger()));
    return parts.join(QStringLiteral(" · "));
}

QString ModelCard::originTip() const
{
    QStringList lines;
    if (!m_model.fingerprint.isEmpty())
        lines.append(tr("Weights: %1").arg(m_model.fingerprint));
    if (!m_model.parentFingerprint.isEmpty())
        lines.append(tr("Weights of the parent: %1").arg(m_model.parentFingerprint));
    if (const QString photos = m_model.training[u"data_fingerprint"].toString(); !photos.isEmpty())
        lines.append(tr("Training data: %1").arg(photos));
    return lines.join(u'\n');
}

void ModelCard::retranslate()
{
    m_title->setText(titleOf(m_model));
    m_details->setText(details());
    m_details->setToolTip(m_model.error ? QString() : m_model.licence);
    m_origin->setText(origin());
    m_origin->setToolTip(originTip());
    m_origin->setVisible(!m_origin->text().isEmpty());
    const bool compared = m_standing.shadow.kind == ShadowOffer::Kind::Running;
    m_mark->setText(m_standing.inUse ? tr("In use") : tr("In the shadow"));
    m_back->setText(tr("Back to %1").arg(m_standing.backTo));
    m_back->setToolTip(tr("Put the model into use again that this one replaced."));
    m_shadow->setText(compared ? tr("Comparison…") : tr("Compare"));
    m_shadow->setToolTip(!m_standing.shadow.obstacle.isEmpty() ? m_standing.shadow.obstacle
                         : compared ? tr("Shows where this model and the one in use differ.")
                                    : tr("Lets it recognise the same photos unseen, beside the model in use, "
                                         "before it may replace that."));
    m_use->setText(tr("Use"));
    m_check->setText(tr("Check"));
    m_export->setText(tr("Export…"));
    m_exportMenu->setAccessibleName(m_export->text());
    m_remove->setText(m_asked ? tr("Really remove it") : tr("Remove"));
    m_question->setText(m_asked ? tr("The model in use replaced it: without it, no click leads back.")
                                : m_standing.doubt);
    m_compareFirst->setText(tr("Compare first"));
    m_compareFirst->setToolTip(m_shadow->toolTip());
    m_compareFirst->setVisible(!m_asked);
    m_useAnyway->setText(tr("Use anyway"));
    m_useAnyway->setVisible(!m_asked);
    const auto name = [this](KeyButton* button) {
        button->setAccessibleName(button->text() + QStringLiteral(": ") + m_title->text());
    };
    for (KeyButton* button :
         {m_back, m_shadow, m_use, m_check, m_export, m_remove, m_compareFirst, m_useAnyway})
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
