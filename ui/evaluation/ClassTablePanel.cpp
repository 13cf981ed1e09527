#include "ui/evaluation/ClassTablePanel.h"

#include "core/evaluation/EvaluationCsv.h"
#include "ui/charts/ChartExport.h"
#include "ui/evaluation/ClassTableModel.h"
#include "ui/evaluation/EvaluationWords.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/KeyButton.h"

#include <QBoxLayout>
#include <QDir>
#include <QFileDialog>
#include <QFrame>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QStandardPaths>
#include <QTableView>

namespace goodsight {

ClassTablePanel::ClassTablePanel(QWidget* parent)
    : QWidget(parent)
    , m_model(new ClassTableModel(this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_field(new QLineEdit(this))
    , m_hint(new QLabel(this))
    , m_export(new KeyButton(this))
    , m_table(new QTableView(this))
{
    m_export->setObjectName(QStringLiteral("exportClasses"));
    m_export->setIcon(lineIcon(QStringLiteral("download")));
    m_export->setIconSize({20, 20});
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(ClassTableModel::kSort);
    m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_sorted->setSortLocaleAware(true);
    m_field->setObjectName(QStringLiteral("classFilter"));
    m_field->setClearButtonEnabled(true);
    m_field->setFixedWidth(280);
    m_field->addAction(lineIcon(QStringLiteral("search"), IconColor::Secondary), QLineEdit::LeadingPosition);
    m_hint->setProperty("kind", QStringLiteral("small"));
    m_table->setObjectName(QStringLiteral("classTable"));
    m_table->setModel(m_sorted);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(ClassTableModel::Right, Qt::AscendingOrder);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(44);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setFixedHeight(44);
    auto* card = new QFrame(this);
    card->setProperty("kind", QStringLiteral("card"));
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(12, 12, 12, 8);
    column->setSpacing(8);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(8, 0, 0, 0);
    line->addWidget(m_hint, 1);
    line->addWidget(m_field);
    line->addWidget(m_export);
    column->addLayout(line);
    column->addWidget(m_table, 1);
    auto* page = new QVBoxLayout(this);
    page->setContentsMargins(0, 0, 0, 0);
    page->addWidget(card);
    connect(m_field, &QLineEdit::textChanged, m_sorted, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_export, &QPushButton::clicked, this, &ClassTablePanel::exportTable);
}

void ClassTablePanel::show(const EvaluationPtr& evaluation)
{
    m_evaluation = evaluation;
    m_model->show(evaluation);
    m_export->setText(tr("Export"));
    m_field->setPlaceholderText(tr("Search products …"));
    m_field->setAccessibleName(m_field->placeholderText());
    m_hint->setText(tr("Worst first; a click on a heading sorts by it."));
    m_table->setAccessibleName(tr("Figures of each product"));
}

void ClassTablePanel::exportTable()
{
    if (!m_evaluation)
        return;
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Export the table"),
        QDir(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation))
            .filePath(
                ChartExport::fileName(tr("Figures of each product"), ChartFormat::Csv, QDate::currentDate())),
        QStringLiteral("CSV (*.csv)"));
    if (file.isEmpty())
        return;
    const QByteArray table =
        csv::classes(m_evaluation->report.metrics, EvaluationWords::names(*m_evaluation));
    if (const auto written = ChartExport::writeBytes(ChartExport::kByteOrderMark + table, file); !written)
        Q_EMIT failed(written.error());
}

} // namespace goodsight
