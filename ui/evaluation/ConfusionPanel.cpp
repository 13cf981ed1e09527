#include "ui/evaluation/ConfusionPanel.h"

#include "ui/charts/ChartCard.h"
#include "ui/charts/ConfusionView.h"
#include "ui/evaluation/EvaluationWords.h"
#include "ui/evaluation/MixUpList.h"
#include "ui/evaluation/PhotoStrip.h"

#include <QBoxLayout>
#include <QLabel>

namespace goodsight {

namespace {
constexpr int kPairs = 50;
constexpr int kMostPhotos = 200; ///< in the strip
} // namespace

ConfusionPanel::ConfusionPanel(ThumbnailLoader& thumbnails, QWidget* parent)
    : QWidget(parent)
    , m_matrix(new ConfusionView(this))
    , m_card(new ChartCard(m_matrix, *m_matrix, this))
    , m_mixTitle(new QLabel(this))
    , m_mixUps(new MixUpList(this))
    , m_photosCard(new QFrame(this))
    , m_photosTitle(new QLabel(this))
    , m_strip(new PhotoStrip(thumbnails, this))
{
    m_mixTitle->setProperty("kind", QStringLiteral("strong"));
    m_mixTitle->setMinimumHeight(44);
    m_photosTitle->setProperty("kind", QStringLiteral("strong"));
    m_photosTitle->setObjectName(QStringLiteral("cellTitle"));
    m_photosTitle->setWordWrap(true);
    m_strip->setObjectName(QStringLiteral("cellPhotos"));
    auto* mix = new QFrame(this);
    mix->setProperty("kind", QStringLiteral("card"));
    auto* mixColumn = new QVBoxLayout(mix);
    mixColumn->setContentsMargins(20, 6, 12, 10);
    mixColumn->setSpacing(4);
    mixColumn->addWidget(m_mixTitle);
    mixColumn->addWidget(m_mixUps, 1);
    m_photosCard->setProperty("kind", QStringLiteral("card"));
    auto* photos = new QVBoxLayout(m_photosCard);
    photos->setContentsMargins(20, 10, 12, 6);
    photos->setSpacing(4);
    photos->addWidget(m_photosTitle);
    photos->addWidget(m_strip);
    m_photosCard->hide();
    // Beside the matrix, not below it: it is square and needs the height.
    auto* side = new QVBoxLayout;
    side->setSpacing(16);
    side->addWidget(mix, 1);
    side->addWidget(m_photosCard);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(16);
    row->addWidget(m_card, 5);
    row->addLayout(side, 4);
    connect(m_matrix, &ConfusionView::cellChosen, this,
            [this](int truth, int taken) { chooseCell(m_classes.value(truth), m_classes.value(taken)); });
    connect(m_mixUps, &MixUpList::cellChosen, this, &ConfusionPanel::chooseCell);
    connect(m_strip, &PhotoStrip::openRequested, this, &ConfusionPanel::openRequested);
    connect(m_card, &ChartCard::failed, this, &ConfusionPanel::failed);
}

void ConfusionPanel::show(const EvaluationPtr& evaluation)
{
    m_evaluation = evaluation;
    m_photosCard->hide();
    ConfusionTable table;
    m_classes.clear();
    QHash<int, int> places;
    for (const int number : evaluation->report.confusion.classes()) {
        places.insert(number, static_cast<int>(m_classes.size()));
        m_classes.append(number);
        table.names.append(EvaluationWords::name(*evaluation, number));
    }
    for (const ConfusionCell& cell : evaluation->report.confusion.cells())
        table.cells.append(
            {places.value(cell.truth), places.value(cell.predicted), static_cast<int>(cell.photos.size())});
    m_matrix->setTable(table);
    m_card->setTitle(tr("What is taken for what"));
    m_card->setNote(
        tr("A click shows the photos · Ctrl + wheel or + − zoom, 0 shows all · arrows and Enter choose"));
    m_card->setLegend({{tr("right"), ChartTone::Brand, LegendEntry::Mark::Block},
                       {tr("wrong"), ChartTone::Weak, LegendEntry::Mark::Block}});
    m_mixTitle->setText(tr("Most often mixed up"));
    m_mixUps->setAccessibleName(m_mixTitle->text());
    m_mixUps->show(*evaluation, kPairs);
    m_strip->setAccessibleName(tr("Photos of the cell"));
}

void ConfusionPanel::chooseCell(int truth, int taken)
{
    if (!m_evaluation)
        return;
    QList<PhotoStrip::Photo> photos;
    const auto indices = m_evaluation->report.confusion.photos(truth, taken);
    for (const int index : indices) {
        if (photos.size() == kMostPhotos)
            break;
        const auto at = static_cast<std::size_t>(index);
        photos.append({m_evaluation->report.photos[at].file,
                       EvaluationWords::percent(m_evaluation->report.scored[at].confidence, 0)});
    }
    const QString name = EvaluationWords::name(*m_evaluation, truth);
    const int count = static_cast<int>(indices.size());
    const QString title = truth == taken ? tr("%1: %n photo(s) right", nullptr, count).arg(name)
                                         : tr("%1 taken for %2: %n photo(s)", nullptr, count)
                                               .arg(name, EvaluationWords::name(*m_evaluation, taken));
    m_photosTitle->setText(count > kMostPhotos ? tr("%1 · the first %2").arg(title).arg(kMostPhotos) : title);
    m_strip->setPhotos(photos);
    m_photosCard->setVisible(!photos.isEmpty());
}

} // namespace goodsight
