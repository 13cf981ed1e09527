#include "ui/shell/MainWindow.h"

#include "core/base/Settings.h"
#include "ui/camera/CameraPage.h"
#include "ui/evaluation/EvaluationPage.h"
#include "ui/gallery/PhotosPage.h"
#include "ui/models/ModelsPage.h"
#include "ui/promotion/ComparisonPage.h"
#include "ui/recognition/AutomaticAnswers.h"
#include "ui/recognition/PhotoIntake.h"
#include "ui/recognition/RecognitionController.h"
#include "ui/recognition/RecognitionPage.h"
#include "ui/settings/SettingsPage.h"
#include "ui/settings/SwitchMeasurement.h"
#include "ui/shell/LabelIndex.h"
#include "ui/shell/ModelLocator.h"
#include "ui/shell/NavRail.h"
#include "ui/shell/ProjectSession.h"
#include "ui/shell/StatusStrip.h"
#include "ui/theme/Icons.h"
#include "ui/training/TrainingPage.h"
#include "ui/widgets/Banner.h"
#include "ui/widgets/EngineName.h"

#include <QBoxLayout>
#include <QCloseEvent>
#include <QDir>
#include <QEvent>
#include <QGuiApplication>
#include <QLocale>
#include <QScreen>
#include <QStackedWidget>
#include <QTimer>

namespace goodsight {

namespace {
constexpr QSize kFirstSize(1280, 800);
constexpr QSize kSmallest(1024, 640);
constexpr int kRefreshMilliseconds = 100;
const QString kGeometry = QStringLiteral("main");
} // namespace

MainWindow::MainWindow(const WindowContext& context)
    : m_context(context)
    , m_rail(new NavRail(this))
    , m_pages(new QStackedWidget(this))
    , m_status(new StatusStrip(this))
    , m_problem(new Banner(this))
    , m_recognition(nullptr)
    , m_camera(nullptr)
    , m_projectRefresh(new QTimer(this))
{
    setObjectName(QStringLiteral("mainWindow"));
    m_pages->setObjectName(QStringLiteral("pages"));
    m_problem->setObjectName(QStringLiteral("projectBanner"));
    addPages();
    m_problemBox = new QWidget(this);
    auto* problemBox = new QVBoxLayout(m_problemBox);
    problemBox->setContentsMargins(24, 16, 24, 0);
    problemBox->addWidget(m_problem);
    m_problemBox->hide();
    auto* right = new QVBoxLayout;
    right->setSpacing(0);
    right->addWidget(m_problemBox);
    right->addWidget(m_pages, 1);
    auto* upper = new QHBoxLayout;
    upper->setSpacing(0);
    upper->addWidget(m_rail);
    upper->addLayout(right, 1);
    auto* central = new QWidget(this);
    auto* column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(upper, 1);
    column->addWidget(m_status);
    setCentralWidget(central);

    setMinimumSize(kSmallest);
    if (!restoreGeometry(m_context.settings.windowState(kGeometry))) {
        const QScreen* screen = QGuiApplication::primaryScreen();
        resize(screen ? kFirstSize.boundedTo(screen->availableSize()) : kFirstSize);
    }

    connect(m_problem, &Banner::actionTriggered, this,
            [this] { m_context.project.open(m_context.project.dir(), DatasetStore::Access::ReadOnly); });
    connect(&m_context.project, &ProjectSession::opened, this, [this] {
        showProjectProblem();
        refreshProject();
    });
    // One look at the project for a burst of answers.
    m_projectRefresh->setSingleShot(true);
    m_projectRefresh->setInterval(kRefreshMilliseconds);
    connect(m_projectRefresh, &QTimer::timeout, this, &MainWindow::refreshProject);
    connect(&m_context.project, &ProjectSession::changed, m_projectRefresh, qOverload<>(&QTimer::start));
    connect(&m_context.service, &RecognitionService::modelLoaded, this, &MainWindow::onModelLoaded);
    connect(&m_context.service, &RecognitionService::modelFailed, this, [this](const Error& error) {
        m_modelError = error;
        refreshModel();
        m_recognition->notice(error);
    });
    connect(&m_context.service, &RecognitionService::recognized, this,
            [this](quint64, const Recognition& recognition, const QImage& photo) {
                onRecognized(recognition, photo);
            });
    connect(&m_context.settings, &Settings::changed, this, &MainWindow::onSetting);
    connect(&m_context.automatic, &AutomaticAnswers::changed, this, &MainWindow::refreshProject);
    connect(&m_context.automatic, &AutomaticAnswers::stopped, m_recognition, &RecognitionPage::warn);
    retranslate();
}

MainWindow::~MainWindow() = default;

void MainWindow::addPages()
{
    m_recognition = new RecognitionPage(m_context.controller, m_context.intake, m_context.labels,
                                        m_context.settings, m_context.thumbnails, this);
    m_camera = new CameraPage(m_context.controller, m_context.settings, this);
    m_settings = new SettingsPage(m_context.settings, m_context.project, m_context.prior, m_context.switches,
                                  m_context.learning, this);

    m_entries.append({m_rail->addEntry(QStringLiteral("navRecognise"), QStringLiteral("recognise")),
                      m_recognition, [] { return tr("Recognise"); }});
    auto* photos = new PhotosPage(m_context.project, m_context.labels, m_context.thumbnails, this);
    m_entries.append({m_rail->addEntry(QStringLiteral("navPhotos"), QStringLiteral("photos")), photos,
                      [] { return tr("Photos"); }});
    const auto answerAgain = [this](const QString& file) {
        m_context.intake.takePaths({file}, QStringLiteral("project"));
        m_rail->setCurrent(0);
        m_pages->setCurrentWidget(m_recognition);
    };
    connect(photos, &PhotosPage::openRequested, this, answerAgain);
    m_entries.append({m_rail->addEntry(QStringLiteral("navTraining"), QStringLiteral("training")),
                      new TrainingPage(m_context.training, m_context.settings, m_context.project,
                                       m_context.labels, m_context.thumbnails, this),
                      [] { return tr("Training"); }});
    auto* evaluation = new EvaluationPage(m_context.evaluation, m_context.settings, m_context.project,
                                          m_context.thumbnails, m_context.automatic, this);
    m_entries.append({m_rail->addEntry(QStringLiteral("navEvaluation"), QStringLiteral("evaluation")),
                      evaluation, [] { return tr("Evaluation"); }});
    connect(evaluation, &EvaluationPage::openRequested, this, answerAgain);
    auto* models = new ModelsPage(m_context.settings, m_context.promotion, this);
    m_entries.append({m_rail->addEntry(QStringLiteral("navModels"), QStringLiteral("models")), models,
                      [] { return tr("Models"); }});
    auto* comparison = new ComparisonPage(m_context.promotion, m_context.shadow, m_context.project,
                                          m_context.thumbnails, this);
    connect(comparison, &ComparisonPage::openRequested, this, answerAgain);
    connect(comparison, &ComparisonPage::leaveRequested, this,
            [this, models] { m_pages->setCurrentWidget(models); });
    connect(models, &ModelsPage::comparisonRequested, this,
            [this, comparison] { m_pages->setCurrentWidget(comparison); });
    m_entries.append({m_rail->addEntry(QStringLiteral("navSettings"), QStringLiteral("settings"), true),
                      m_settings, [] { return tr("Settings"); }});
    for (const Entry& entry : m_entries)
        m_pages->addWidget(entry.page);
    m_pages->addWidget(m_camera);
    m_pages->addWidget(comparison);
    m_rail->setCurrent(0);

    connect(m_rail, &NavRail::chosen, this, [this](int index) {
        m_cameraWaitsFor = 0;
        m_pages->setCurrentWidget(m_entries.at(index).page);
    });
    connect(m_recognition, &RecognitionPage::cameraRequested, this,
            [this] { m_pages->setCurrentWidget(m_camera); });
    connect(m_recognition, &RecognitionPage::said, this, [this](const QString& text) {
        m_said = text;
        refreshProject();
    });
    connect(m_camera, &CameraPage::leaveRequested, this,
            [this] { m_pages->setCurrentWidget(m_recognition); });
    connect(m_camera, &CameraPage::captured, this,
            [this](const QByteArray& bytes, const QString& suffix, quint64 serial) {
                // The picture is in the project from now on; its answer follows with one key.
                if (m_context.project.writable()) {
                    PhotoData photo;
                    photo.bytes = bytes;
                    photo.suffix = suffix;
                    photo.source = QStringLiteral("camera");
                    m_context.project.store()->addPhotoAsync(photo, [this](const Result<PhotoRow>& added) {
                        if (!added)
                            m_recognition->notice(added.error());
                    });
                }
                m_pages->setCurrentWidget(m_recognition);
                m_cameraWaitsFor = serial;
            });
    connect(&m_context.controller, &RecognitionController::left, this, [this](quint64 serial) {
        if (m_cameraWaitsFor != 0 && serial == m_cameraWaitsFor) {
            m_cameraWaitsFor = 0;
            m_pages->setCurrentWidget(m_camera);
        }
    });
}

void MainWindow::start()
{
    m_context.project.open(m_context.settings.projectDir());
    loadModel();
}

void MainWindow::loadModel()
{
    RecognitionConfig config;
    const Result<LocatedModel> model = locateModel(m_context.settings.model());
    if (model && model->instead)
        m_recognition->notice(*model->instead);
    config.modelFile = model ? model->path : QString(); // the service tells the photos that wait
    config.backend = m_context.settings.backend();
    config.threads = m_context.settings.threads();
    config.reviewThreshold = m_context.settings.reviewThreshold();
    config.limits.maxMegapixels = m_context.settings.maxMegapixels();
    config.calibrated = m_context.settings.calibrated();
    config.augmentation = augmentationFromName(m_context.settings.augmentation()).value_or(Augmentation::Off);
    m_context.service.configure(config);
}

void MainWindow::onModelLoaded(const LoadedModel& model)
{
    const bool another = m_model.fingerprint != model.fingerprint;
    // What an earlier model has answered, or was missing for.
    const bool before = !m_model.name.isEmpty() || !m_modelError.code.isEmpty();
    m_model = model;
    m_modelError = {};
    refreshModel();
    if (!another)
        return;
    m_context.switches.setModel(model);
    m_context.labels.setModelLabels(model.labels);
    m_context.project.setModelLabels(model.labels);
    showProjectProblem();
    if (before)
        m_context.controller.recognizeAgain();
}

void MainWindow::refreshModel()
{
    if (!m_modelError.code.isEmpty()) {
        m_status->setModel(StatusStrip::ModelState::Failed, tr("No model"));
        m_status->setEngine(m_modelError.message);
        return;
    }
    if (m_model.name.isEmpty()) {
        m_status->setModel(StatusStrip::ModelState::Loading, tr("Loading the model …"));
        m_status->setEngine({});
        return;
    }
    m_status->setModel(StatusStrip::ModelState::Ready,
                       interfaceIsEnglish() ? m_model.titleEn : m_model.titleZh);
    m_status->setEngine(tr("%1 · %n thread(s)", nullptr, m_model.threads).arg(engineTitle(m_model.backend)));
}

void MainWindow::onSetting(const QString& key)
{
    if (key.startsWith(u"recognition/"))
        loadModel();
    else if (key == u"project")
        m_context.project.open(m_context.settings.projectDir());
    // What is on the screen is answered again in the way that is asked for now.
    if (key == Settings::kCalibrated) {
        m_context.controller.answerAgain();
    } else if (key == Settings::kAugmentation) {
        m_tally = {};
        m_settings->setUse(m_tally);
        showTimes();
        m_context.controller.recognizeAgain();
    }
}

void MainWindow::onRecognized(const Recognition& recognition, const QImage& photo)
{
    if (photo.isNull()) // answered again, without a pass
        return;
    m_times = recognition.times;
    m_tally.add(recognition);
    m_settings->setUse(m_tally);
    showTimes();
}

void MainWindow::showTimes()
{
    if (!m_times)
        return m_status->setTimes({});
    QString text = tr("decoding %1 ms · recognition %2 ms")
                       .arg(qRound(m_times->decode))
                       .arg(qRound(m_times->preprocess + m_times->network + m_times->augment));
    if (m_context.settings.augmentation() != u"off" && m_tally.photos > 0)
        text += QStringLiteral(" · ") +
                tr("more views for %1 of %n photo(s)", nullptr, static_cast<int>(m_tally.photos))
                    .arg(m_tally.augmented);
    m_status->setTimes(text);
}

void MainWindow::refreshProject()
{
    const ProjectSession& project = m_context.project;
    QStringList parts;
    if (!m_said.isEmpty())
        parts.append(m_said);
    parts.append(project.displayName());
    if (project.store()) {
        const Result<qint64> photos = project.store()->count({});
        if (photos)
            parts.append(tr("%n photo(s)", nullptr, static_cast<int>(*photos)));
        if (m_context.automatic.inForce())
            parts.append(
                tr("%n taken by itself", nullptr, static_cast<int>(m_context.automatic.tally().taken)));
        parts.append(project.writable() ? tr("all saved") : tr("read only"));
    } else {
        parts.append(project.error() ? tr("not open") : tr("opening …"));
    }
    m_status->setProject(parts.join(QStringLiteral(" · ")), QDir::toNativeSeparators(project.dir()));
}

void MainWindow::showProjectProblem()
{
    const ProjectSession& project = m_context.project;
    if (project.error()) {
        m_problem->show(*project.error());
        const bool readable = project.error()->code == u"locked" || project.error()->code == u"read-only";
        m_problem->setAction(readable && !project.store() ? tr("Open read-only") : QString());
    } else if (project.store() && !project.writable()) {
        m_problem->show(Banner::Look::Warning, tr("This project is open for reading only."),
                        tr("Photos are recognised, answers are not saved."));
        m_problem->setAction({});
    } else {
        m_problem->hide();
    }
    m_problemBox->setVisible(project.error() || (project.store() && !project.writable()));
}

void MainWindow::retranslate()
{
    setWindowTitle(tr("Goodsight"));
    m_said.clear(); // said in the other language
    int index = 0;
    for (const Entry& entry : m_entries)
        m_rail->setText(index++, entry.text());
    refreshModel();
    refreshProject();
    showProjectProblem();
    showTimes();
}

void MainWindow::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QMainWindow::changeEvent(event);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    m_context.settings.setWindowState(kGeometry, saveGeometry());
    QMainWindow::closeEvent(event);
}

} // namespace goodsight
