#include "ui/evaluation/MapPanel.h"

#include "ui/charts/ChartCard.h"
#include "ui/charts/EmbeddingMapView.h"
#include "ui/evaluation/EvaluationWords.h"
#include "ui/widgets/KeyButton.h"
#include "ui/widgets/ThumbnailSource.h"

#include <QBoxLayout>
#include <QLabel>
#include <QLocale>

namespace goodsight {

namespace {
constexpr int kThumbnail = 280; ///< physical pixels: sharp at 200 % scale
}

MapPanel::MapPanel(ThumbnailLoader& thumbnails, QWidget* parent)
    : QWidget(parent)
    , m_map(new EmbeddingMapView(this))
    , m_card(new ChartCard(m_map, *m_map, this))
    , m_empty(new QLabel(this))
    , m_clear(new KeyButton(this))
    , m_driftTitle(new QLabel(this))
    , m_drift(new QLabel(this))
{
    m_driftTitle->setProperty("kind", QStringLiteral("strong"));
    m_drift->setObjectName(QStringLiteral("drift"));
    m_drift->setProperty("kind", QStringLiteral("secondary"));
    m_drift->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setProperty("kind", QStringLiteral("secondary"));
    m_empty->setWordWrap(true);
    m_clear->setObjectName(QStringLiteral("clearMarks"));
    m_clear->setKeyHint(QStringLiteral("Esc"));
    m_map->setThumbnails(thumbnailSource(thumbnails, kThumbnail));
    auto* line = new QWidget(this);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 8, 0);
    row->addStretch();
    row->addWidget(m_clear);
    m_card->addBelow(line);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_card, 1);
    column->addWidget(m_empty, 1);
    auto* drift = new QFrame(this);
    drift->setProperty("kind", QStringLiteral("card"));
    auto* words = new QVBoxLayout(drift);
    words->setContentsMargins(20, 12, 20, 12);
    words->setSpacing(4);
    words->addWidget(m_driftTitle);
    words->addWidget(m_drift);
    column->setSpacing(16);
    column->addWidget(drift);
    connect(&thumbnails, &ThumbnailLoader::ready, m_map, qOverload<>(&QWidget::update));
    connect(m_clear, &QPushButton::clicked, this, [this] { m_map->setMarked({}); });
    connect(m_map, &EmbeddingMapView::markedChanged, this,
            [this] { m_clear->setEnabled(!m_map->marked().isEmpty()); });
    connect(m_card, &ChartCard::failed, this, &MapPanel::failed);
}

void MapPanel::show(const EvaluationPtr& evaluation)
{
    QList<MapPoint> points;
    const EvaluationReport& report = evaluation->report;
    const QLocale locale;
    for (const MapPlace& place : evaluation->map)
        points.append({place.at, report.scored[place.photo].truth, report.photos[place.photo].file});
    m_map->setMap(points, EvaluationWords::names(*evaluation));
    m_card->setVisible(!points.isEmpty());
    m_empty->setVisible(points.isEmpty());
    m_empty->setText(tr("There is no map of these photos: it takes at least ten."));
    m_card->setTitle(tr("Map of the photos"));
    QStringList note{
        tr("Alike photos lie close together. Point at a dot to see the photo; click it to mark its product · "
           "Ctrl + wheel or + − zoom, 0 shows all, arrows move")};
    const auto all = static_cast<qsizetype>(report.photos.size());
    if (points.size() < all)
        note.prepend(
            tr("%1 of %2 photos, evenly chosen").arg(locale.toString(points.size()), locale.toString(all)));
    m_card->setNote(note.join(QStringLiteral(" · ")));
    m_driftTitle->setText(tr("Have the photos changed lately?"));
    m_drift->setText(EvaluationWords::drift(*evaluation));
    m_clear->setText(tr("Unmark all"));
    m_clear->setEnabled(false);
}

} // namespace goodsight
