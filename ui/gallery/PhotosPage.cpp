#include "ui/gallery/PhotosPage.h"

#include "core/imaging/ThumbnailLoader.h"
#include "ui/gallery/PhotoDelegate.h"
#include "ui/gallery/PhotoListModel.h"
#include "ui/shell/LabelIndex.h"
#include "ui/shell/ProjectSession.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/Banner.h"
#include "ui/widgets/KeyButton.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QLocale>
#include <QShortcut>
#include <QTimer>

#include <array>

namespace goodsight {

namespace {

/// Answers come quickly; the grid is read again once they pause.
constexpr int kReloadMilliseconds = 150;

struct Filter {
    const char* name;
    QList<PhotoState> states;
};

const std::array<Filter, 6>& filters()
{
    static const std::array<Filter, 6> all{{{"filterAll", {}},
                                            {"filterUnseen", {PhotoState::Unseen}},
                                            {"filterAccepted", {PhotoState::Accepted}},
                                            {"filterCorrected", {PhotoState::Corrected}},
                                            {"filterAutomatic", {PhotoState::Automatic}},
                                            {"filterImported", {PhotoState::Imported}}}};
    return all;
}

} // namespace

PhotosPage::PhotosPage(ProjectSession& project, const LabelIndex& labels, ThumbnailLoader& thumbnails,
                       QWidget* parent)
    : QWidget(parent)
    , m_project(project)
    , m_model(new PhotoListModel(project, this))
    , m_title(new QLabel(this))
    , m_field(new QLineEdit(this))
    , m_filters(new QButtonGroup(this))
    , m_grid(new QListView(this))
    , m_empty(new QLabel(this))
    , m_open(new KeyButton(this))
    , m_banner(new Banner(this))
    , m_later(new QTimer(this))
{
    setObjectName(QStringLiteral("photosPage"));
    m_title->setProperty("kind", QStringLiteral("title"));
    m_field->setObjectName(QStringLiteral("photoSearch"));
    m_field->setClearButtonEnabled(true);
    m_field->setFixedWidth(280);
    m_field->addAction(lineIcon(QStringLiteral("search"), IconColor::Secondary), QLineEdit::LeadingPosition);
    m_open->setObjectName(QStringLiteral("openPhoto"));
    m_open->setKeyHint(QStringLiteral("Enter"));
    auto* header = new QHBoxLayout;
    header->setSpacing(8);
    header->addWidget(m_title, 1);
    header->addWidget(m_field);
    header->addWidget(m_open);
    auto* chips = new QHBoxLayout;
    chips->setSpacing(8);
    for (std::size_t i = 0; i < filters().size(); ++i) {
        auto* chip = new KeyButton(this);
        chip->setObjectName(QString::fromLatin1(filters()[i].name));
        chip->setCheckable(true);
        m_filters->addButton(chip, static_cast<int>(i));
        chips->addWidget(chip);
    }
    m_filters->button(0)->setChecked(true);
    chips->addStretch();
    m_grid->setObjectName(QStringLiteral("photoGrid"));
    m_grid->setModel(m_model);
    m_grid->setItemDelegate(new PhotoDelegate(*m_model, labels, thumbnails, m_grid));
    m_grid->setViewMode(QListView::IconMode);
    m_grid->setResizeMode(QListView::Adjust);
    m_grid->setMovement(QListView::Static);
    m_grid->setUniformItemSizes(true);
    m_grid->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_grid->setSelectionMode(QAbstractItemView::SingleSelection);
    m_grid->setStyleSheet(QStringLiteral("QListView { background: transparent; }"));
    m_empty->setObjectName(QStringLiteral("photosEmpty"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setProperty("kind", QStringLiteral("secondary"));
    m_empty->setWordWrap(true);
    auto* page = new QVBoxLayout(this);
    page->setContentsMargins(24, 20, 18, 12);
    page->setSpacing(12);
    page->addLayout(header);
    page->addLayout(chips);
    page->addWidget(m_banner);
    page->addWidget(m_grid, 1);
    page->addWidget(m_empty, 1);

    m_later->setSingleShot(true);
    m_later->setInterval(kReloadMilliseconds);
    connect(m_later, &QTimer::timeout, this, &PhotosPage::refresh);
    connect(&project, &ProjectSession::changed, m_later, qOverload<>(&QTimer::start));
    connect(m_model, &PhotoListModel::failed, this, [this](const Error& error) { m_banner->show(error); });
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_banner->hide();
        m_model->setText(text.trimmed());
        showList();
    });
    connect(m_filters, &QButtonGroup::idClicked, this, [this](int id) {
        m_banner->hide();
        m_model->setStates(filters()[static_cast<std::size_t>(id)].states);
        showList();
    });
    connect(m_grid, &QListView::doubleClicked, this, &PhotosPage::openCurrent);
    connect(m_grid->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            [this] { m_open->setEnabled(m_grid->selectionModel()->hasSelection()); });
    connect(m_open, &QPushButton::clicked, this, &PhotosPage::openCurrent);
    connect(&thumbnails, &ThumbnailLoader::ready, m_grid->viewport(), qOverload<>(&QWidget::update));
    connect(&labels, &LabelIndex::changed, m_grid->viewport(), qOverload<>(&QWidget::update));
    auto* find = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_F), this);
    connect(find, &QShortcut::activated, m_field, [this] { m_field->setFocus(); });
    retranslate();
}

void PhotosPage::retranslate()
{
    m_title->setText(tr("Photos"));
    setAccessibleName(m_title->text());
    m_field->setPlaceholderText(tr("Search products, file names …"));
    m_field->setAccessibleName(m_field->placeholderText());
    m_open->setText(tr("Answer again"));
    m_grid->setAccessibleName(tr("Photos of the project"));
    refresh();
}

void PhotosPage::refresh()
{
    if (!isVisible()) // showEvent() makes up for it
        return;
    m_banner->hide();
    const int row = m_grid->currentIndex().row();
    m_model->reload();
    if (row >= 0 && row < m_model->rowCount())
        m_grid->setCurrentIndex(m_model->index(row));
    ProjectStats stats;
    if (m_project.store())
        stats = m_project.store()->stats().value_or(ProjectStats{});
    const QLocale locale;
    const auto chip = [&](int id, const QString& text, qint64 count) {
        m_filters->button(id)->setText(text + QStringLiteral("  ") + locale.toString(count));
    };
    chip(0, tr("All"), stats.photos);
    chip(1, photoStateText(static_cast<int>(PhotoState::Unseen)), stats.unseen);
    chip(2, photoStateText(static_cast<int>(PhotoState::Accepted)), stats.accepted);
    chip(3, photoStateText(static_cast<int>(PhotoState::Corrected)), stats.corrected);
    chip(4, photoStateText(static_cast<int>(PhotoState::Automatic)), stats.automatic);
    chip(5, photoStateText(static_cast<int>(PhotoState::Imported)), stats.imported);
    m_empty->setText(stats.photos == 0
                         ? tr("No photos yet.\nEvery photo that you accept or correct is kept here.")
                         : tr("No photo matches."));
    showList();
}

void PhotosPage::showList()
{
    m_open->setEnabled(m_grid->selectionModel()->hasSelection());
    const bool none = m_model->rowCount() == 0;
    m_grid->setVisible(!none);
    m_empty->setVisible(none);
}

void PhotosPage::openCurrent()
{
    const QModelIndex index = m_grid->currentIndex();
    if (index.isValid())
        Q_EMIT openRequested(m_model->row(index.row()).file);
}

void PhotosPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        openCurrent();
    else
        QWidget::keyPressEvent(event);
}

void PhotosPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void PhotosPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
    m_grid->setFocus();
}

} // namespace goodsight
