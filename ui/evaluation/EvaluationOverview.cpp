#include "ui/evaluation/EvaluationOverview.h"

#include "ui/charts/ChartCard.h"
#include "ui/charts/ClassBars.h"
#include "ui/evaluation/EvaluationWords.h"
#include "ui/evaluation/MixUpList.h"
#include "ui/evaluation/StatTile.h"
#include "ui/shell/LabelIndex.h"
#include "ui/widgets/ThumbnailSource.h"

#include <QBoxLayout>
#include <QHash>
#include <QLabel>
#include <QLocale>

#include <algorithm>

namespace goodsight {

namespace {
constexpr int kRows = 6;
constexpr int kThumbnail = 96; ///< physical pixels: sharp at 200 % scale
} // namespace

EvaluationOverview::EvaluationOverview(ThumbnailLoader& thumbnails, QWidget* parent)
    : QWidget(parent)
    , m_headline(new QLabel(this))
    , m_data(new QLabel(this))
    , m_tiles()
    , m_worst(new ClassBars(this))
    , m_worstCard(new ChartCard(m_worst, *m_worst, this))
    , m_mixTitle(new QLabel(this))
    , m_mixUps(new MixUpList(this))
{
    m_headline->setObjectName(QStringLiteral("evaluationHeadline"));
    m_headline->setProperty("kind", QStringLiteral("title"));
    m_headline->setWordWrap(true);
    m_data->setObjectName(QStringLiteral("evaluationSummary"));
    m_data->setProperty("kind", QStringLiteral("secondary"));
    m_data->setWordWrap(true);
    m_mixTitle->setProperty("kind", QStringLiteral("strong"));
    m_worst->setThumbnails(thumbnailSource(thumbnails, kThumbnail));
    connect(&thumbnails, &ThumbnailLoader::ready, m_worst, qOverload<>(&QWidget::update));
    connect(m_mixUps, &MixUpList::cellChosen, this, &EvaluationOverview::cellChosen);
    connect(m_worstCard, &ChartCard::failed, this, &EvaluationOverview::failed);

    auto* tiles = new QHBoxLayout;
    tiles->setSpacing(16);
    for (StatTile*& tile : m_tiles) {
        tile = new StatTile(this);
        tiles->addWidget(tile, 1);
    }
    auto* mix = new QFrame(this);
    mix->setProperty("kind", QStringLiteral("card"));
    auto* mixColumn = new QVBoxLayout(mix);
    mixColumn->setContentsMargins(20, 6, 12, 10);
    mixColumn->setSpacing(4);
    m_mixTitle->setMinimumHeight(44);
    mixColumn->addWidget(m_mixTitle);
    mixColumn->addWidget(m_mixUps, 1);
    auto* worst = new QHBoxLayout;
    worst->setSpacing(16);
    worst->addWidget(m_worstCard, 3);
    worst->addWidget(mix, 2);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(m_headline);
    column->addWidget(m_data);
    column->addLayout(tiles);
    column->addLayout(worst, 1);
}

void EvaluationOverview::show(const Evaluation& evaluation)
{
    const EvaluationReport& report = evaluation.report;
    const Metrics& metrics = report.metrics;
    const QLocale locale;
    m_headline->setText(EvaluationWords::headline(metrics));
    QStringList parts{primaryName(evaluation.model, interfaceIsEnglish()),
                      tr("%n photo(s)", nullptr, metrics.photos),
                      tr("%n product(s)", nullptr, static_cast<int>(metrics.classes.size()))};
    if (report.unknownToModel > 0)
        parts.append(
            tr("%n photo(s) of products that the model does not know", nullptr, report.unknownToModel));
    if (evaluation.learnt > 0 && evaluation.wish.data == EvaluationData::Val)
        parts.append(tr("%n photo(s) left out: the model has learnt from them", nullptr,
                        static_cast<int>(evaluation.learnt)));
    else if (evaluation.learnt > 0)
        parts.append(tr("the model has learnt from %n of these photos: too good to be true", nullptr,
                        static_cast<int>(evaluation.learnt)));
    if (evaluation.failed > 0)
        parts.append(tr("%n photo(s) could not be read", nullptr, static_cast<int>(evaluation.failed)));
    if (evaluation.unlabelled > 0)
        parts.append(tr("%n photo(s) lie in folders that no product is called after", nullptr,
                        static_cast<int>(evaluation.unlabelled)));
    m_data->setText(parts.join(QStringLiteral(" · ")));
    m_tiles[0]->setTexts(EvaluationWords::percent(metrics.top1), tr("Right at once"),
                         tr("The first answer was the product."));
    m_tiles[1]->setTexts(EvaluationWords::percent(metrics.top3), tr("Among the three"),
                         tr("One key was enough: the product was one of the three."));
    m_tiles[2]->setTexts(locale.toString(metrics.macroF1, 'f', 3), tr("Macro F1"),
                         tr("Every product counts the same, however few its photos. 1 is perfect."));
    m_tiles[3]->setTexts(locale.toString(metrics.ece * 100, 'f', 1), tr("Calibration error, points"),
                         EvaluationWords::calibration(metrics.ece));

    QHash<int, QString> files;
    for (std::size_t i = 0; i < report.photos.size(); ++i) {
        const int truth = report.scored[i].truth;
        if (!files.contains(truth))
            files.insert(truth, report.photos[i].file);
    }
    std::vector<ClassMetrics> classes = metrics.classes;
    std::stable_sort(classes.begin(), classes.end(),
                     [](const ClassMetrics& a, const ClassMetrics& b) { return a.recall < b.recall; });
    classes.resize(std::min<std::size_t>(classes.size(), kRows));
    QList<ClassBar> bars;
    for (const ClassMetrics& one : classes)
        bars.append({EvaluationWords::name(evaluation, one.label), one.recall,
                     tr("%1 of %2 right").arg(one.right).arg(one.photos), files.value(one.label)});
    m_worst->setBars(bars);
    m_worstCard->setTitle(tr("The weakest products"));
    m_mixTitle->setText(tr("Most often mixed up"));
    m_mixUps->setAccessibleName(m_mixTitle->text());
    m_mixUps->show(evaluation, kRows * 2);
}

} // namespace goodsight
