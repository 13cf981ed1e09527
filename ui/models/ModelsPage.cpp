#include "ui/models/ModelsPage.h"

#include "core/base/Settings.h"
#include "core/inference/ModelCheck.h"
#include "core/inference/ModelExportJob.h"
#include "ui/models/ModelCard.h"
#include "ui/promotion/InstalledModels.h"
#include "ui/promotion/PromotionController.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/Banner.h"
#include "ui/widgets/KeyButton.h"

#include <QBoxLayout>
#include <QEvent>
#include <QFileDialog>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QScrollArea>
#include <QStandardPaths>

#include <algorithm>

namespace goodsight {

namespace {
const QString kImagenet = QStringLiteral("imagenet");
} // namespace

ModelsPage::ModelsPage(Settings& settings, PromotionController& promotion, QWidget* parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_promotion(promotion)
    , m_title(new QLabel(this))
    , m_import(new KeyButton(this))
    , m_banner(new Banner(this))
    , m_progress(new QWidget(this))
    , m_progressText(new QLabel(this))
    , m_progressBar(new QProgressBar(this))
    , m_cancel(new KeyButton(this))
    , m_cards(new QVBoxLayout)
    , m_offer(new QFrame(this))
    , m_offerTitle(new QLabel(this))
    , m_offerText(new QLabel(this))
    , m_install(new KeyButton(this))
{
    setObjectName(QStringLiteral("modelsPage"));
    build();
    connect(m_import, &QPushButton::clicked, this, &ModelsPage::chooseFile);
    connect(m_install, &QPushButton::clicked, this, &ModelsPage::installImagenet);
    connect(m_cancel, &QPushButton::clicked, &m_jobs, &JobRunner::cancelAll);
    connect(&m_jobs, &JobRunner::progressed, this,
            [this](const QString&, qint64 done, qint64 total, const QString& what) {
                onProgress(done, total, what);
            });
    connect(&m_jobs, &JobRunner::busyChanged, this, &ModelsPage::refreshBusy);
    connect(&settings, &Settings::changed, this, [this](const QString& key) {
        if (key == u"recognition/model")
            rebuild();
    });
    connect(&promotion, &PromotionController::changed, this, &ModelsPage::rebuild);
    retranslate();
}

void ModelsPage::build()
{
    m_title->setProperty("kind", QStringLiteral("title"));
    m_import->setObjectName(QStringLiteral("importModel"));
    m_import->setIcon(lineIcon(QStringLiteral("import")));
    m_import->setIconSize({20, 20});
    m_banner->setObjectName(QStringLiteral("modelsBanner"));
    m_progress->setObjectName(QStringLiteral("modelsProgress"));
    m_progressText->setProperty("kind", QStringLiteral("small"));
    m_progressBar->setTextVisible(false);
    m_cancel->setObjectName(QStringLiteral("cancelInstall"));
    auto* working = new QHBoxLayout(m_progress);
    working->setContentsMargins(0, 0, 0, 0);
    working->setSpacing(16);
    auto* amount = new QVBoxLayout;
    amount->setSpacing(6);
    amount->addWidget(m_progressText);
    amount->addWidget(m_progressBar);
    working->addLayout(amount, 1);
    working->addWidget(m_cancel);
    m_progress->hide();

    m_offer->setObjectName(QStringLiteral("imagenetOffer"));
    m_offer->setProperty("kind", QStringLiteral("card"));
    m_offerTitle->setProperty("kind", QStringLiteral("section"));
    m_offerText->setProperty("kind", QStringLiteral("secondary"));
    m_offerText->setWordWrap(true);
    m_install->setObjectName(QStringLiteral("installImagenet"));
    m_install->setIcon(lineIcon(QStringLiteral("download")));
    m_install->setIconSize({20, 20});
    auto* offer = new QHBoxLayout(m_offer);
    offer->setContentsMargins(20, 14, 20, 14);
    offer->setSpacing(24);
    auto* words = new QVBoxLayout;
    words->setSpacing(4);
    words->addWidget(m_offerTitle);
    words->addWidget(m_offerText);
    offer->addLayout(words, 1);
    offer->addWidget(m_install);

    auto* content = new QWidget(this);
    content->setMaximumWidth(880);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 12, 0);
    column->setSpacing(12);
    m_cards->setSpacing(12);
    column->addLayout(m_cards);
    column->addWidget(m_offer);
    column->addStretch();
    auto* scroll = new QScrollArea(this);
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* header = new QHBoxLayout;
    header->setContentsMargins(0, 0, 12, 0);
    header->addWidget(m_title, 1);
    header->addWidget(m_import);
    auto* page = new QVBoxLayout(this);
    page->setContentsMargins(24, 20, 12, 20);
    page->setSpacing(16);
    page->addLayout(header);
    page->addWidget(m_banner);
    page->addWidget(m_progress);
    page->addWidget(scroll, 1);
}

void ModelsPage::rebuild()
{
    if (!isVisible()) // showEvent() makes up for it
        return;
    while (QLayoutItem* item = m_cards->takeAt(0)) {
        // Later: the click that led here may come from this card.
        if (QWidget* card = item->widget()) {
            card->hide();
            card->deleteLater();
        }
        delete item;
    }
    bool hasImagenet = false;
    const auto before = m_promotion.previous();
    const QList<InstalledModel> models = ModelLibrary().list();
    for (const InstalledModel& model : models) {
        hasImagenet = hasImagenet || model.name == kImagenet;
        ModelStanding standing;
        standing.inUse = model.name == m_settings.model();
        standing.shadow = m_promotion.offer(model);
        standing.doubt = m_promotion.doubt(model);
        standing.wayBack = before && before->path == model.path;
        if (standing.inUse && before)
            standing.backTo = titleOf(*before);
        auto* card = new ModelCard(model, standing, this);
        m_cards->addWidget(card);
        connect(card, &ModelCard::useRequested, this, [this, model] { m_promotion.use(model); });
        connect(card, &ModelCard::checkRequested, this, [this, model] { check(model); });
        connect(card, &ModelCard::exportRequested, this,
                [this, model](ExportFormat format) { chooseExport(model, format); });
        connect(card, &ModelCard::shadowRequested, this, [this, model] { putIntoShadow(model); });
        connect(card, &ModelCard::comparisonRequested, this, &ModelsPage::comparisonRequested);
        connect(card, &ModelCard::backRequested, this, &ModelsPage::goBack);
        connect(card, &ModelCard::removeRequested, this, [this, model] { remove(model); });
    }
    m_offer->setVisible(!hasImagenet);
    refreshBusy();
}

void ModelsPage::refreshBusy()
{
    const bool busy = m_jobs.busy();
    m_progress->setVisible(busy);
    m_install->setEnabled(!busy);
    m_import->setEnabled(!busy);
    for (int index = 0; index < m_cards->count(); ++index)
        m_cards->itemAt(index)->widget()->setEnabled(!busy);
}

void ModelsPage::onProgress(qint64 done, qint64 total, const QString& what)
{
    // A progress bar counts in int; thousandths are finer than its pixels.
    m_progressBar->setRange(0, total > 0 ? 1000 : 0);
    m_progressBar->setValue(total > 0 ? static_cast<int>(done * 1000 / total) : 0);
    constexpr qint64 kBytesAtLeast = 100'000; // fewer are steps, not bytes
    if (total < kBytesAtLeast) {
        m_progressText->setText(what);
        return;
    }
    const QLocale locale;
    m_progressText->setText(QStringLiteral("%1 · %2 / %3")
                                .arg(what, locale.formattedDataSize(done, 1, QLocale::DataSizeSIFormat),
                                     locale.formattedDataSize(total, 1, QLocale::DataSizeSIFormat)));
}

void ModelsPage::installImagenet()
{
    m_banner->hide();
    InstallRequest request = InstallRequest::imagenet();
    request.golden = referenceGolden;
    m_jobs.start(std::make_unique<InstallModelJob>(
        ModelLibrary(), std::move(request), [this](const Result<InstalledModel>& model) {
            onInstalled(model, tr("The next try goes on where this one stopped."));
        }));
}

void ModelsPage::chooseFile()
{
    const QString file =
        QFileDialog::getOpenFileName(this, tr("Choose a model file"), {},
                                     tr("Models (%1)").arg(QStringLiteral("*.safetensors *.pth *.pt")));
    if (!file.isEmpty())
        importFile(file);
}

void ModelsPage::importFile(const QString& file, const QString& labelsFile)
{
    m_banner->hide();
    ImportRequest request;
    request.file = file;
    request.labelsFile = labelsFile;
    request.golden = referenceGolden;
    m_jobs.start(std::make_unique<ImportModelJob>(
        ModelLibrary(), std::move(request), [this, file](const Result<InstalledModel>& model) {
            if (!model && model.error().code == u"labels-needed") {
                const QString labels =
                    QFileDialog::getOpenFileName(this, tr("Choose the table of its products"), {},
                                                 tr("Tables (%1)").arg(QStringLiteral("*.csv *.txt")));
                if (!labels.isEmpty())
                    return importFile(file, labels);
            }
            onInstalled(model, tr("Nothing was installed."));
        }));
}

void ModelsPage::check(const InstalledModel& model)
{
    m_banner->hide();
    m_jobs.start(std::make_unique<CheckModelJob>(
        model.path, model.name, [this, name = model.name](const Result<ModelCheck>& result) {
            if (!result)
                m_banner->show(result.error());
            else
                m_banner->show(Banner::Look::Info,
                               tr("%1 gives the answers that it was made with.").arg(name),
                               tr("Largest difference %1, allowed %2.")
                                   .arg(result->difference, 0, 'g', 2)
                                   .arg(result->tolerance, 0, 'g', 2));
        }));
}

void ModelsPage::chooseExport(const InstalledModel& model, ExportFormat format)
{
    const ExportFormatInfo& info = exportFormatInfo(format);
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    QFileDialog dialog(this, tr("Export %1").arg(model.name), folder,
                       QStringLiteral("%1 (*.%2)").arg(info.title, info.suffix));
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(info.suffix);
    dialog.selectFile(model.name + u'.' + info.suffix);
    if (dialog.exec() == QDialog::Accepted)
        exportTo(model, format, dialog.selectedFiles().first());
}

void ModelsPage::exportTo(const InstalledModel& model, ExportFormat format, const QString& file)
{
    m_banner->hide();
    m_jobs.start(std::make_unique<ModelExportJob>(
        ExportRequest{model.path, format, file}, [this](const Result<ExportedModel>& exported) {
            if (exported)
                m_banner->show(Banner::Look::Info,
                               tr("%1 is written and checked.").arg(quotedName(exported->file)),
                               tr("%1 beside it tells other programs how to use it.")
                                   .arg(quotedName(exported->sidecar)));
            else if (exported.error().code != u"cancelled")
                m_banner->show(exported.error());
            else
                m_banner->show(Banner::Look::Info, tr("Cancelled."), tr("Nothing was written."));
        }));
}

void ModelsPage::remove(const InstalledModel& model)
{
    m_banner->hide();
    if (const auto removed = ModelLibrary().remove(model.name); !removed)
        m_banner->show(removed.error());
    else if (m_settings.model() == model.name)
        m_settings.setModel(ModelLibrary::kDefaultModel);
    rebuild();
}

void ModelsPage::putIntoShadow(const InstalledModel& model)
{
    m_banner->hide();
    if (const auto entered = m_promotion.enter(model); !entered)
        m_banner->show(entered.error());
    else
        m_banner->show(
            Banner::Look::Info, tr("%1 runs in the shadow now.").arg(titleOf(model)),
            tr("It recognises every photo after the model in use, unseen. “Comparison” shows where "
               "the two differ. Sure answers are not taken without you meanwhile."));
    rebuild();
    // The card that had the focus is gone.
    for (int index = 0; index < m_cards->count(); ++index) {
        if (auto* button = m_cards->itemAt(index)->widget()->findChild<KeyButton*>(QStringLiteral("shadow-") +
                                                                                   model.name))
            button->setFocus();
    }
}

void ModelsPage::goBack()
{
    m_banner->hide();
    if (const auto back = m_promotion.goBack(); !back)
        m_banner->show(back.error());
}

void ModelsPage::onInstalled(const Result<InstalledModel>& model, const QString& ifCancelled)
{
    if (model)
        m_banner->show(Banner::Look::Info, tr("%1 is installed.").arg(model->name),
                       tr("“Use” makes it answer."));
    else if (model.error().code != u"cancelled")
        m_banner->show(model.error());
    else
        m_banner->show(Banner::Look::Info, tr("Cancelled."), ifCancelled);
    rebuild();
}

void ModelsPage::retranslate()
{
    m_title->setText(tr("Models"));
    setAccessibleName(m_title->text());
    m_import->setText(tr("Import from file"));
    m_cancel->setText(tr("Cancel"));
    m_progressBar->setAccessibleName(tr("Progress"));
    m_offerTitle->setText(tr("ImageNet, 1000 classes"));
    m_offerText->setText(tr(
        "Animals, vehicles, household things and more, from torchvision (BSD-3-Clause). A download of 47 MB, "
        "once; without a network, import the file from a stick."));
    m_install->setText(tr("Install"));
    m_banner->hide(); // said in the other language
    rebuild();
}

void ModelsPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void ModelsPage::showEvent(QShowEvent* event)
{
    rebuild(); // the command line may have installed one meanwhile
    QWidget::showEvent(event);
}

} // namespace goodsight
