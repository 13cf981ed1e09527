#include "ui/settings/SettingsPage.h"

#include "core/base/Settings.h"
#include "ui/settings/AnswerSettings.h"
#include "ui/settings/RetrainingWords.h"
#include "ui/shell/InstantLearning.h"
#include "ui/shell/ProjectSession.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/EngineName.h"
#include "ui/widgets/KeyButton.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QDesktopServices>
#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>
#include <QThread>
#include <QUrl>

namespace goodsight {

namespace {

QWidget* withValue(QSlider* slider, QLabel* value, QWidget* parent)
{
    auto* box = new QWidget(parent);
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addWidget(slider, 1);
    row->addWidget(value);
    value->setFixedWidth(48);
    value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    return box;
}

} // namespace

SettingsPage::SettingsPage(Settings& settings, ProjectSession& project, StorePrior& prior,
                           SwitchMeasurement& measurement, const InstantLearning& learning, QWidget* parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_project(project)
    , m_learning(learning)
    , m_title(new QLabel(this))
    , m_look(new SettingsCard(this))
    , m_recognition(new SettingsCard(this))
    , m_answers(new AnswerSettings(settings, prior, measurement, this))
    , m_folder(new SettingsCard(this))
    , m_language(new QComboBox(this))
    , m_theme(new QComboBox(this))
    , m_backend(new QComboBox(this))
    , m_threads(new QSpinBox(this))
    , m_sure(new QSlider(Qt::Horizontal, this))
    , m_sureValue(new QLabel(this))
    , m_review(new QSlider(Qt::Horizontal, this))
    , m_reviewValue(new QLabel(this))
    , m_instant(new QPushButton(this))
    , m_retrainAfter(new QSpinBox(this))
    , m_megapixels(new QSpinBox(this))
    , m_path(new QLabel(this))
    , m_openFolder(new KeyButton(this))
    , m_choose(new KeyButton(this))
    , m_default(new KeyButton(this))
{
    setObjectName(QStringLiteral("settingsPage"));
    m_title->setProperty("kind", QStringLiteral("title"));
    m_instant->setCheckable(true);
    m_retrainAfter->setRange(0, Settings::kMostRetrainAfter);
    m_retrainAfter->setKeyboardTracking(false); // a "1" on the way to "10" would begin a fit
    m_threads->setRange(0, std::max(1, QThread::idealThreadCount()));
    m_sure->setRange(50, 99);
    m_review->setRange(10, 95);
    m_megapixels->setRange(1, 2000);
    m_megapixels->setSingleStep(50);

    auto* content = new QWidget(this);
    content->setMaximumWidth(880);
    auto* page = new QVBoxLayout(content);
    page->setContentsMargins(0, 0, 12, 0);
    page->setSpacing(12);
    for (SettingsCard* card :
         std::initializer_list<SettingsCard*>{m_look, m_recognition, m_answers, m_folder})
        page->addWidget(card);
    m_languageRow = m_look->addRow(m_language, QStringLiteral("language"));
    m_themeRow = m_look->addRow(m_theme, QStringLiteral("theme"));
    m_backendRow = m_recognition->addRow(m_backend, QStringLiteral("backend"));
    m_threadsRow = m_recognition->addRow(m_threads, QStringLiteral("threads"));
    m_sureRow = m_recognition->addRow(withValue(m_sure, m_sureValue, this), QStringLiteral("sure"));
    m_sure->setObjectName(QStringLiteral("sure"));
    m_reviewRow = m_recognition->addRow(withValue(m_review, m_reviewValue, this), QStringLiteral("review"));
    m_review->setObjectName(QStringLiteral("review"));
    m_instantRow = m_recognition->addRow(m_instant, QStringLiteral("instantLearning"));
    m_retrainRow = m_recognition->addRow(m_retrainAfter, QStringLiteral("retrainAfter"));
    m_megapixelsRow = m_recognition->addRow(m_megapixels, QStringLiteral("megapixels"));
    m_path->setProperty("kind", QStringLiteral("secondary"));
    m_path->setObjectName(QStringLiteral("projectPath"));
    m_path->setWordWrap(true);
    m_path->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_folder->column()->addWidget(m_path);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    m_openFolder->setIcon(lineIcon(QStringLiteral("folder-open")));
    m_openFolder->setObjectName(QStringLiteral("openProjectFolder"));
    m_choose->setObjectName(QStringLiteral("chooseProject"));
    m_default->setObjectName(QStringLiteral("defaultProject"));
    for (KeyButton* button : {m_openFolder, m_choose, m_default})
        buttons->addWidget(button);
    buttons->addStretch();
    m_folder->column()->addLayout(buttons);
    page->addStretch();

    auto* scroll = new QScrollArea(this);
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(24, 20, 12, 20);
    outer->setSpacing(16);
    m_title->setMinimumHeight(44);
    outer->addWidget(m_title);
    outer->addWidget(scroll, 1);

    connect(m_language, &QComboBox::activated, this,
            [this](int index) { m_settings.setLanguage(m_language->itemData(index).toString()); });
    connect(m_theme, &QComboBox::activated, this, [this](int index) {
        m_settings.setTheme(static_cast<Settings::Theme>(m_theme->itemData(index).toInt()));
    });
    connect(m_backend, &QComboBox::activated, this,
            [this](int index) { m_settings.setBackend(m_backend->itemData(index).toString()); });
    connect(m_threads, &QSpinBox::valueChanged, &m_settings, &Settings::setThreads);
    connect(m_sure, &QSlider::valueChanged, this, [this](int value) {
        m_settings.setSureThreshold(value / 100.0);
        refresh();
    });
    connect(m_review, &QSlider::valueChanged, this, [this](int value) {
        m_settings.setReviewThreshold(value / 100.0);
        refresh();
    });
    connect(m_instant, &QPushButton::toggled, &m_settings, &Settings::setInstantLearning);
    connect(m_retrainAfter, &QSpinBox::valueChanged, &m_settings, &Settings::setRetrainAfter);
    connect(&learning.retraining(), &HeadRetraining::changed, this, &SettingsPage::refreshRetraining);
    connect(&learning, &InstantLearning::unknownProblemChanged, this, &SettingsPage::refreshUnknown);
    connect(m_megapixels, &QSpinBox::valueChanged, &m_settings, &Settings::setMaxMegapixels);
    connect(m_openFolder, &QPushButton::clicked, this,
            [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_project.dir())); });
    connect(m_choose, &QPushButton::clicked, this, &SettingsPage::chooseProject);
    connect(m_default, &QPushButton::clicked, this, [this] { m_settings.setProjectDir({}); });
    connect(&project, &ProjectSession::opened, this, &SettingsPage::refresh);
    connect(&settings, &Settings::changed, this, &SettingsPage::refresh);
    retranslate();
}

void SettingsPage::setUse(const AugmentationTally& use)
{
    m_answers->setUse(use);
}

void SettingsPage::retranslate()
{
    m_title->setText(tr("Settings"));
    setAccessibleName(m_title->text());
    m_look->setHeading(tr("Appearance"));
    m_recognition->setHeading(tr("Recognition"));
    m_folder->setHeading(tr("Project"));
    m_languageRow.setTexts(tr("Language"), tr("Products always show both names."));
    m_themeRow.setTexts(tr("Colours"), {});
    m_backendRow.setTexts(tr("Engine"),
                          tr("Automatic takes the fastest one that is right on this computer."));
    m_threadsRow.setTexts(tr("Processor threads"), tr("More is faster while nothing else runs."));
    m_sureRow.setTexts(tr("Sure from"), tr("Answers with at least this confidence are shown in green."));
    m_reviewRow.setTexts(tr("Please check below"), tr("Weaker answers ask for a second look."));
    m_instantRow.setTexts(tr("Learn from answers at once"),
                          tr("A product that you named once is among the candidates of the next photo."));
    m_retrainRow.setTexts(tr("Fit again after answers"),
                          tr("Every so many answers, what tells products apart is fitted anew to what the "
                             "model knows and to your answers."));
    m_retrainAfter->setSpecialValueText(tr("Never"));
    m_megapixelsRow.setTexts(tr("Largest photo"),
                             tr("Larger pictures are refused before they fill the memory."));
    //: megapixels
    m_megapixels->setSuffix(tr(" MP"));
    m_threads->setSpecialValueText(tr("Automatic"));
    {
        const QSignalBlocker block(m_language);
        m_language->clear();
        m_language->addItem(tr("As the system"), QString());
        // Each language in its own words: whoever is lost in a foreign one must find theirs.
        m_language->addItem(QStringLiteral("简体中文"), QStringLiteral("zh_CN"));
        m_language->addItem(QStringLiteral("English"), QStringLiteral("en"));
    }
    {
        const QSignalBlocker block(m_backend);
        m_backend->clear();
        for (const QString& name : {QStringLiteral("auto"), QStringLiteral("onednn-int8"),
                                    QStringLiteral("onednn-fp32"), QStringLiteral("torch")})
            m_backend->addItem(engineTitle(name), name);
    }
    {
        const QSignalBlocker block(m_theme);
        m_theme->clear();
        m_theme->addItem(tr("As the system"), static_cast<int>(Settings::Theme::System));
        m_theme->addItem(tr("Light"), static_cast<int>(Settings::Theme::Light));
        m_theme->addItem(tr("Dark"), static_cast<int>(Settings::Theme::Dark));
    }
    m_openFolder->setText(tr("Show in file manager"));
    m_choose->setText(tr("Another project …"));
    m_default->setText(tr("Default project"));
    m_answers->retranslate();
    refresh();
}

void SettingsPage::refresh()
{
    const QSignalBlocker blocks[]{QSignalBlocker(m_threads),      QSignalBlocker(m_sure),
                                  QSignalBlocker(m_review),       QSignalBlocker(m_instant),
                                  QSignalBlocker(m_retrainAfter), QSignalBlocker(m_megapixels)};
    m_language->setCurrentIndex(m_language->findData(m_settings.language()));
    m_theme->setCurrentIndex(m_theme->findData(static_cast<int>(m_settings.theme())));
    m_backend->setCurrentIndex(m_backend->findData(m_settings.backend()));
    m_threads->setValue(m_settings.threadsSetting());
    m_sure->setValue(qRound(m_settings.sureThreshold() * 100));
    m_review->setValue(qRound(m_settings.reviewThreshold() * 100));
    m_sureValue->setText(QStringLiteral("%1%").arg(m_sure->value()));
    m_reviewValue->setText(QStringLiteral("%1%").arg(m_review->value()));
    m_instant->setChecked(m_settings.instantLearning());
    m_instant->setText(m_instant->isChecked() ? tr("On") : tr("Off"));
    m_retrainAfter->setValue(m_settings.retrainAfter());
    m_retrainRow.setVisible(m_settings.instantLearning());
    refreshRetraining();
    refreshUnknown();
    m_megapixels->setValue(m_settings.maxMegapixels());
    m_answers->refresh();
    m_path->setText(QDir::toNativeSeparators(m_project.dir()));
    m_default->setVisible(!m_project.isDefault());
}

void SettingsPage::refreshRetraining()
{
    const bool on = m_settings.instantLearning() && m_settings.retrainAfter() > 0;
    m_retrainRow.setNote(on ? retrainingWords(m_learning.retraining().state()) : QString());
}

void SettingsPage::refreshUnknown()
{
    const auto& problem = m_learning.unknownProblem();
    QString words; // none where it is on
    if (problem && problem->code == u"no-known-photos") {
        words = tr("“Perhaps none of your products” is off: this model comes without the photos that it "
                   "learnt from.");
    } else if (problem && problem->code == u"too-few-photos") {
        words = tr("“Perhaps none of your products” is off: it takes four products, each with photos that "
                   "this model learnt from and some that it did not.");
    } else if (problem) {
        words = tr("“Perhaps none of your products” is off: %1").arg(problem->message);
    }
    m_reviewRow.setNote(words);
}

void SettingsPage::chooseProject()
{
    const QString dir = QFileDialog::getExistingDirectory(
        this, tr("Choose a project folder, or an empty one for a new project"), m_project.dir());
    if (!dir.isEmpty())
        m_settings.setProjectDir(dir);
}

void SettingsPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace goodsight
