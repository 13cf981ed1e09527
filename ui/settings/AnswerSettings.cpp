#include "ui/settings/AnswerSettings.h"

#include "core/base/Settings.h"
#include "ui/settings/EffectWords.h"
#include "ui/settings/SwitchMeasurement.h"
#include "ui/shell/StorePrior.h"
#include "ui/widgets/KeyButton.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QSignalBlocker>
#include <QStackedWidget>

namespace goodsight {

namespace {
constexpr int kThousand = 1000;
} // namespace

AnswerSettings::AnswerSettings(Settings& settings, StorePrior& prior, SwitchMeasurement& measurement,
                               QWidget* parent)
    : SettingsCard(parent)
    , m_settings(settings)
    , m_prior(prior)
    , m_measurement(measurement)
    , m_calibrated(new QPushButton(this))
    , m_views(new QComboBox(this))
    , m_source(new QComboBox(this))
    , m_file(new KeyButton(this))
    , m_priorError(new QLabel(this))
    , m_buttons(new QStackedWidget(this))
    , m_measure(new KeyButton(this))
    , m_cancel(new KeyButton(this))
    , m_progress(new QProgressBar(this))
{
    build();
    connect(m_calibrated, &QPushButton::toggled, &settings, &Settings::setCalibrated);
    connect(m_views, &QComboBox::activated, this,
            [this](int index) { m_settings.setAugmentation(m_views->itemData(index).toString()); });
    connect(m_source, &QComboBox::activated, this, &AnswerSettings::choosePrior);
    connect(m_file, &QPushButton::clicked, this, &AnswerSettings::chooseFile);
    connect(m_measure, &QPushButton::clicked, this, [this] {
        m_failure.reset();
        m_progress->setRange(0, 0);
        m_measurement.start();
        if (m_measurement.busy())
            m_cancel->setFocus();
    });
    connect(m_cancel, &QPushButton::clicked, &measurement, &SwitchMeasurement::cancel);
    connect(&measurement, &SwitchMeasurement::changed, this, &AnswerSettings::refreshEffects);
    connect(&measurement, &SwitchMeasurement::failed, this, [this](const Error& error) {
        m_failure = error;
        refreshEffects();
    });
    connect(&measurement, &SwitchMeasurement::progressed, this,
            [this](qint64 done, qint64 total, const QString& what) {
                m_progress->setRange(0, total > 0 ? kThousand : 0);
                m_progress->setValue(total > 0 ? static_cast<int>(done * kThousand / total) : 0);
                m_measureRow.setNote(total > 0 ? QStringLiteral("%1 %2 / %3").arg(what).arg(done).arg(total)
                                               : what);
            });
    connect(&prior, &StorePrior::changed, this, &AnswerSettings::refreshPrior);
}

void AnswerSettings::build()
{
    m_calibrated->setCheckable(true);
    m_calibratedRow = addRow(m_calibrated, QStringLiteral("calibrated"));
    m_viewsRow = addRow(m_views, QStringLiteral("moreViews"));
    m_sourceRow = addRow(m_source, QStringLiteral("prior"));
    m_priorError->setObjectName(QStringLiteral("priorError"));
    m_priorError->setProperty("kind", QStringLiteral("problem"));
    m_priorError->setWordWrap(true);
    m_priorError->hide();
    column()->addWidget(m_priorError);
    m_fileRow = addRow(m_file, QStringLiteral("priorFile"));
    m_buttons->addWidget(m_measure);
    m_buttons->addWidget(m_cancel);
    m_measure->setObjectName(QStringLiteral("measureSwitches"));
    m_cancel->setObjectName(QStringLiteral("cancelMeasuring"));
    m_measureRow = addRow(m_buttons, QStringLiteral("measuring"));
    m_progress->setObjectName(QStringLiteral("measuringProgress"));
    m_progress->setTextVisible(false);
    column()->addWidget(m_progress);
}

void AnswerSettings::setUse(const AugmentationTally& use)
{
    m_use = use;
    refreshEffects();
}

void AnswerSettings::choosePrior(int index)
{
    const auto source = static_cast<Settings::Prior>(m_source->itemData(index).toInt());
    if (source == Settings::Prior::File && m_settings.priorFile().isEmpty())
        return chooseFile();
    m_settings.setPrior(source);
}

void AnswerSettings::chooseFile()
{
    const QString file = QFileDialog::getOpenFileName(this, tr("Choose a table of products that go together"),
                                                      QFileInfo(m_settings.priorFile()).path(),
                                                      tr("Tables (*.csv);;All files (*)"));
    if (file.isEmpty())
        refresh(); // the list goes back to what counts
    else
        setPriorFile(file);
}

void AnswerSettings::setPriorFile(const QString& file)
{
    m_settings.setPriorFile(file);
    m_settings.setPrior(Settings::Prior::File);
}

void AnswerSettings::retranslate()
{
    setHeading(tr("Calibration and post-processing"));
    m_calibratedRow.setTexts(
        tr("Calibrated percentages"),
        tr("80% then means right in 80 of 100 cases. The order of the products stays the same."));
    m_viewsRow.setTexts(tr("More views"),
                        tr("Looks at a photo in six views instead of one, which takes longer."));
    m_sourceRow.setTexts(tr("What the store usually answers"),
                         tr("Prefers products that are answered often, and those that go with the last "
                            "answers. Beside each candidate stands how far that moved it."));
    m_fileRow.setTexts(tr("Table"),
                       tr("CSV with the columns label_a, label_b, weight: how strongly two products go "
                          "together."));
    m_measureRow.setTexts(tr("Measure the effects"),
                          tr("On labelled photos of the project that are set aside from training."));
    m_measure->setText(tr("Measure"));
    m_measure->setAccessibleDescription(m_measureRow.text->text());
    m_cancel->setText(tr("Cancel"));
    m_file->setText(tr("Choose a table …"));
    const auto fill = [](QComboBox* box, const QList<std::pair<QString, QVariant>>& entries) {
        const QSignalBlocker block(box);
        box->clear();
        for (const auto& [text, value] : entries)
            box->addItem(text, value);
    };
    fill(m_views, {{tr("Off"), QStringLiteral("off")},
                   {tr("Where doubtful"), QStringLiteral("auto")},
                   {tr("Every photo"), QStringLiteral("always")}});
    fill(m_source, {{tr("Off"), static_cast<int>(Settings::Prior::Off)},
                    {tr("This project's answers"), static_cast<int>(Settings::Prior::Project)},
                    {tr("A table"), static_cast<int>(Settings::Prior::File)}});
    m_failure.reset(); // said in the other language
    refresh();
}

void AnswerSettings::refresh()
{
    const QSignalBlocker block(m_calibrated);
    m_calibrated->setChecked(m_settings.calibrated());
    m_calibrated->setText(m_calibrated->isChecked() ? tr("On") : tr("Off"));
    m_views->setCurrentIndex(m_views->findData(m_settings.augmentation()));
    m_source->setCurrentIndex(m_source->findData(static_cast<int>(m_settings.prior())));
    refreshPrior();
    refreshEffects();
}

void AnswerSettings::refreshPrior()
{
    const bool fromFile = m_settings.prior() == Settings::Prior::File;
    const auto& error = m_prior.error();
    m_priorError->setVisible(error.has_value());
    m_priorError->setText(error ? error->message + u' ' + error->hint : QString());
    const QString file = m_settings.priorFile();
    m_fileRow.setNote(QDir::toNativeSeparators(file));
    m_fileRow.setVisible(fromFile);
}

void AnswerSettings::refreshEffects()
{
    const bool busy = m_measurement.busy();
    m_buttons->setCurrentWidget(busy ? m_cancel : m_measure);
    m_progress->setVisible(busy);
    const auto& last = m_measurement.last();
    const bool stale = m_measurement.isStale();
    const QString unknown = tr("Not measured yet.");
    EffectWords words;
    if (last)
        words = EffectWords::of(*last);
    const QString use = m_settings.augmentation() == u"off" ? QString() : useText(m_use);
    m_calibratedRow.setNote(last ? words.calibration : unknown, !last || stale);
    const QString views = last ? words.views : unknown;
    m_viewsRow.setNote(use.isEmpty() ? views : views + u'\n' + use, !last || stale);
    const bool otherPrior = last && last->priorSource != m_measurement.priorSource();
    const bool hasPrior = last && !otherPrior;
    m_sourceRow.setNote(hasPrior ? words.prior : unknown, !hasPrior || stale);
    if (busy)
        return;
    if (m_failure) {
        m_measureRow.setNote(m_failure->code == u"cancelled" ? tr("Cancelled.")
                                                             : m_failure->message + u' ' + m_failure->hint);
    } else if (last) {
        const QString at = QLocale().toString(last->at.toLocalTime(), QLocale::ShortFormat);
        m_measureRow.setNote(stale ? tr("Measured %1, with another model than the one in use.").arg(at)
                                   : tr("Measured %1, with the model in use.").arg(at),
                             stale);
    } else {
        m_measureRow.setNote({});
    }
}

} // namespace goodsight
