#include "ui/charts/ChartExport.h"

#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Painting.h"

#include <QApplication>
#include <QBuffer>
#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QImage>
#include <QMenu>
#include <QPainter>
#include <QRegularExpression>
#include <QSaveFile>
#include <QStandardPaths>
#include <QSvgGenerator>

namespace goodsight {

namespace {

constexpr int kMargin = 24;
constexpr int kTitleHeight = 40;
constexpr int kPngScale = 2;
constexpr std::array<ChartFormat, 3> kFormats{ChartFormat::Png, ChartFormat::Svg, ChartFormat::Csv};

QString suffix(ChartFormat format)
{
    switch (format) {
    case ChartFormat::Png:
        return QStringLiteral("png");
    case ChartFormat::Svg:
        return QStringLiteral("svg");
    case ChartFormat::Csv:
        break;
    }
    return QStringLiteral("csv");
}

QSize sheetSize(const ChartContent& chart)
{
    return chart.pictureSize() + QSize(2 * kMargin, 2 * kMargin + kTitleHeight);
}

void drawSheet(ChartContent& chart, const QString& title, QPainter& painter)
{
    const QSize size = sheetSize(chart);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    painter.fillRect(QRect(QPoint(0, 0), size), Theme::colors().panel);
    painter.setPen(Theme::colors().text);
    painter.setFont(sizedFont(QApplication::font(), 16, QFont::DemiBold));
    painter.drawText(QRect(kMargin, kMargin / 2, size.width() - 2 * kMargin, kTitleHeight),
                     Qt::AlignLeft | Qt::AlignVCenter, title);
    painter.translate(kMargin, kMargin + kTitleHeight);
    chart.draw(painter);
}

QByteArray png(ChartContent& chart, const QString& title)
{
    QImage sheet(sheetSize(chart) * kPngScale, QImage::Format_RGB32);
    sheet.setDevicePixelRatio(kPngScale);
    {
        QPainter painter(&sheet);
        drawSheet(chart, title, painter);
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    return sheet.save(&buffer, "PNG") ? bytes : QByteArray();
}

QByteArray svg(ChartContent& chart, const QString& title)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    const QSize size = sheetSize(chart);
    generator.setSize(size);
    generator.setViewBox(QRect(QPoint(0, 0), size));
    generator.setTitle(title.toHtmlEscaped()); // Qt writes it as it is
    generator.setResolution(96);
    QPainter painter(&generator);
    drawSheet(chart, title, painter);
    painter.end();
    return bytes;
}

QByteArray csv(const ChartContent& chart)
{
    QByteArray bytes(ChartExport::kByteOrderMark);
    for (const QStringList& row : chart.table()) {
        QStringList fields;
        for (const QString& field : row) {
            static const QRegularExpression special(QStringLiteral("[\",\r\n]"));
            QString quoted = field;
            if (field.contains(special))
                quoted = u'"' + quoted.replace(u'"', QStringLiteral("\"\"")) + u'"';
            fields.append(quoted);
        }
        bytes += fields.join(u',').toUtf8() + "\r\n";
    }
    return bytes;
}

} // namespace

QString chartNumber(double value)
{
    return QString::number(value, 'g', 7);
}

Result<void> ChartExport::write(ChartContent& chart, const QString& title, ChartFormat format,
                                const QString& file)
{
    const QByteArray bytes = format == ChartFormat::Png   ? png(chart, title)
                             : format == ChartFormat::Svg ? svg(chart, title)
                                                          : csv(chart);
    return writeBytes(bytes, file);
}

Result<void> ChartExport::writeBytes(const QByteArray& bytes, const QString& file)
{
    QSaveFile out(file);
    if (bytes.isEmpty() || !out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size() ||
        !out.commit()) {
        return fail("unwritable", tr("The chart cannot be written to “%1”.").arg(quotedName(file)),
                    tr("Choose another folder, or free some space."));
    }
    return {};
}

QString ChartExport::fileName(const QString& title, ChartFormat format, const QDate& day)
{
    static const QRegularExpression refused(QStringLiteral("[\\\\/:*?\"<>|\\x00-\\x1f]+"));
    QString words = title;
    words.replace(refused, QStringLiteral(" "));
    return QStringLiteral("%1 %2 %3.%4")
        .arg(tr("Goodsight"), words.simplified(), day.toString(Qt::ISODate), suffix(format));
}

ChartExportButton::ChartExportButton(ChartContent& chart, QWidget* parent)
    : KeyButton(parent)
    , m_chart(chart)
    , m_actions()
{
    setObjectName(QStringLiteral("exportChart"));
    setProperty("kind", QStringLiteral("flat"));
    setIcon(lineIcon(QStringLiteral("download"), IconColor::Secondary));
    setIconSize({20, 20});
    setFixedSize(44, 44);
    auto* menu = new QMenu(this);
    for (std::size_t i = 0; i < kFormats.size(); ++i) {
        m_actions[i] = menu->addAction(QString());
        connect(m_actions[i], &QAction::triggered, this, [this, i] { exportAs(kFormats[i]); });
    }
    // Not setMenu(): its little arrow would stand beside the icon.
    connect(this, &QPushButton::clicked, this,
            [this, menu] { menu->popup(mapToGlobal(QPoint(0, height() + 4))); });
    retranslate();
}

void ChartExportButton::setChartTitle(const QString& title)
{
    m_title = title;
    retranslate();
}

void ChartExportButton::exportAs(ChartFormat format)
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Export the chart"),
        QDir(folder).filePath(ChartExport::fileName(m_title, format, QDate::currentDate())),
        QStringLiteral("%1 (*.%2)").arg(suffix(format).toUpper(), suffix(format)));
    if (file.isEmpty())
        return;
    if (const auto written = ChartExport::write(m_chart, m_title, format, file); !written)
        Q_EMIT failed(written.error());
}

void ChartExportButton::retranslate()
{
    m_actions[0]->setText(tr("Picture (PNG)"));
    m_actions[1]->setText(tr("Drawing (SVG)"));
    m_actions[2]->setText(tr("Table (CSV)"));
    setAccessibleName(m_title.isEmpty() ? tr("Export") : tr("Export: %1").arg(m_title));
    setToolTip(tr("Export"));
}

void ChartExportButton::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    KeyButton::changeEvent(event);
}

} // namespace goodsight
