#include "ui/evaluation/EvaluationBar.h"

#include "core/base/Settings.h"
#include "core/model/ModelLibrary.h"
#include "ui/evaluation/EvaluationController.h"
#include "ui/shell/LabelIndex.h"
#include "ui/shell/ProjectSession.h"
#include "ui/widgets/KeyButton.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QLabel>
#include <QProgressBar>

#include <algorithm>

namespace goodsight {

namespace {

const QString kDataState = QStringLiteral("evaluation-data");
const QString kFolderState = QStringLiteral("evaluation-folder");
constexpr int kThousand = 1000;

} // namespace

EvaluationBar::EvaluationBar(EvaluationController& controller, Settings& settings, ProjectSession& project,
                             QWidget* parent)
    : QFrame(parent)
    , m_controller(controller)
    , m_settings(settings)
    , m_project(project)
    , m_folder(QString::fromUtf8(settings.windowState(kFolderState)))
    , m_modelText(new QLabel(this))
    , m_model(new QComboBox(this))
    , m_dataText(new QLabel(this))
    , m_data(new QComboBox(this))
    , m_doing(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_run(new KeyButton(this))
    , m_cancel(new KeyButton(this))
{
    build();
    connect(m_run, &QPushButton::clicked, this, &EvaluationBar::run);
    connect(m_cancel, &QPushButton::clicked, &controller, &EvaluationController::cancel);
    connect(m_data, &QComboBox::activated, this, [this](int index) {
        m_settings.setWindowState(kDataState, QByteArray::number(m_data->itemData(index).toInt()));
        if (data() == EvaluationData::Folder) {
            const QString folder = QFileDialog::getExistingDirectory(
                this, tr("Choose a folder with one folder of photos for each product"), m_folder);
            if (!folder.isEmpty())
                setFolder(folder);
        }
    });
    connect(&controller, &EvaluationController::busyChanged, this, &EvaluationBar::refreshBusy);
    connect(&controller, &EvaluationController::progressed, this, &EvaluationBar::onProgress);
    retranslate();
}

void EvaluationBar::build()
{
    setProperty("kind", QStringLiteral("card"));
    m_model->setObjectName(QStringLiteral("evaluationModel"));
    m_data->setObjectName(QStringLiteral("evaluationData"));
    m_run->setObjectName(QStringLiteral("runEvaluation"));
    m_run->setProperty("kind", QStringLiteral("primary"));
    m_run->setKeyHint(QStringLiteral("Ctrl+Enter"));
    m_cancel->setObjectName(QStringLiteral("cancelEvaluation"));
    m_cancel->setProperty("kind", QStringLiteral("danger"));
    m_doing->setProperty("kind", QStringLiteral("small"));
    m_progress->setTextVisible(false);
    m_progress->setObjectName(QStringLiteral("evaluationProgress"));
    for (QComboBox* box : {m_model, m_data}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(12);
    }
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(m_modelText);
    row->addWidget(m_model, 3);
    row->addSpacing(8);
    row->addWidget(m_dataText);
    row->addWidget(m_data, 4);
    row->addSpacing(8);
    row->addWidget(m_run);
    row->addWidget(m_cancel);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 12, 12, 12);
    column->setSpacing(8);
    column->addLayout(row);
    column->addWidget(m_progress);
    column->addWidget(m_doing);
}

void EvaluationBar::retranslate()
{
    m_modelText->setText(tr("Model"));
    m_model->setAccessibleName(m_modelText->text());
    m_dataText->setText(tr("Photos"));
    m_data->setAccessibleName(m_dataText->text());
    m_run->setText(tr("Evaluate"));
    m_cancel->setText(tr("Cancel"));
    m_progress->setAccessibleName(tr("Progress"));
    m_doing->clear(); // said in the other language
    refresh();
}

void EvaluationBar::refresh()
{
    const QString model = m_model->count() > 0 ? m_model->currentData().toString() : m_settings.model();
    m_model->clear();
    for (const InstalledModel& one : ModelLibrary().list()) {
        const QString title = interfaceIsEnglish() ? one.titleEn : one.titleZh;
        if (!one.error)
            m_model->addItem(title.isEmpty() ? one.name : title, one.name);
    }
    m_model->setCurrentIndex(std::max(0, m_model->findData(model)));
    bool known = false;
    int wanted = m_settings.windowState(kDataState).toInt(&known);
    if (m_data->count() > 0)
        wanted = m_data->currentData().toInt();
    else if (!known)
        wanted = static_cast<int>(EvaluationData::Val); // what the model has not learnt from
    m_data->clear();
    m_data->addItem(tr("The project's validation part"), static_cast<int>(EvaluationData::Val));
    m_data->addItem(tr("All labelled photos of the project"), static_cast<int>(EvaluationData::Project));
    m_data->addItem(m_folder.isEmpty() ? tr("A folder …") : tr("Folder: %1").arg(QDir(m_folder).dirName()),
                    static_cast<int>(EvaluationData::Folder));
    m_data->setCurrentIndex(std::max(0, m_data->findData(wanted)));
    refreshBusy();
}

void EvaluationBar::refreshBusy()
{
    const bool busy = m_controller.busy();
    m_run->setVisible(!busy);
    m_cancel->setVisible(busy);
    m_progress->setVisible(busy);
    m_doing->setVisible(busy);
    m_model->setEnabled(!busy);
    m_data->setEnabled(!busy);
    if (busy)
        m_progress->setRange(0, 0);
}

void EvaluationBar::onProgress(qint64 done, qint64 total, const QString& what)
{
    m_progress->setRange(0, total > 0 ? kThousand : 0);
    m_progress->setValue(total > 0 ? static_cast<int>(done * kThousand / total) : 0);
    m_doing->setText(total > 0 ? QStringLiteral("%1 %2 / %3").arg(what).arg(done).arg(total) : what);
}

EvaluationData EvaluationBar::data() const
{
    return static_cast<EvaluationData>(m_data->currentData().toInt());
}

void EvaluationBar::setFolder(const QString& folder)
{
    m_folder = folder;
    m_settings.setWindowState(kFolderState, folder.toUtf8());
    refresh();
    setData(EvaluationData::Folder);
}

void EvaluationBar::setData(EvaluationData data)
{
    m_data->setCurrentIndex(m_data->findData(static_cast<int>(data)));
}

void EvaluationBar::run()
{
    if (m_controller.busy())
        return;
    EvaluationWish wish;
    wish.model = m_model->currentData().toString();
    wish.data = data();
    wish.threads = m_settings.threads();
    wish.maxMegapixels = m_settings.maxMegapixels();
    if (const auto kind = backendKindFromName(m_settings.backend()))
        wish.backend = *kind;
    if (wish.data == EvaluationData::Folder) {
        if (m_folder.isEmpty())
            return m_data->showPopup();
        wish.folder = m_folder;
    } else {
        wish.projectDir = m_project.store() ? m_project.dir() : QString();
    }
    m_controller.start(wish);
}

void EvaluationBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QFrame::changeEvent(event);
}

} // namespace goodsight
