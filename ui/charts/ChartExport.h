#pragma once

#include "core/base/Result.h"
#include "ui/charts/ChartContent.h"
#include "ui/widgets/KeyButton.h"

#include <QCoreApplication>
#include <QDate>

#include <array>
#include <functional>

class QAction;

namespace goodsight {

/// The ways in which a chart leaves the program.
enum class ChartFormat { Png, Svg, Csv };

/// Writes charts to files. UI thread.
class ChartExport {
    Q_DECLARE_TR_FUNCTIONS(goodsight::ChartExport)
public:
    /// Writes `chart` under `title` (drawn above the picture; not in the table) to `file`, whole or not at
    /// all. PNG at twice the size of the screen. Errors: "unwritable".
    [[nodiscard]] static Result<void> write(ChartContent& chart, const QString& title, ChartFormat format,
                                            const QString& file);
    /// Writes bytes of any kind, whole or not at all. Errors: "unwritable".
    [[nodiscard]] static Result<void> writeBytes(const QByteArray& bytes, const QString& file);
    /// What tells spreadsheets that the Chinese of a table is UTF-8.
    static constexpr const char* kByteOrderMark = "\xEF\xBB\xBF";
    /// "Goodsight Training loss 2026-11-26.png" in the interface's language, without characters that a file
    /// system refuses.
    [[nodiscard]] static QString fileName(const QString& title, ChartFormat format, const QDate& day);
};

/// A button with a menu that exports one chart.
class ChartExportButton : public KeyButton {
    Q_OBJECT
public:
    /// `chart` outlives the button.
    explicit ChartExportButton(ChartContent& chart, QWidget* parent = nullptr);

    /// Title of the chart: goes into the picture, the file's name and what a screen reader says.
    void setChartTitle(const QString& title);
    /// Asks for a place and writes the chart there.
    void exportAs(ChartFormat format);

    [[nodiscard]] QSize sizeHint() const override { return {44, 44}; }

Q_SIGNALS:
    void failed(const goodsight::Error& error);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    ChartContent& m_chart;
    QString m_title;
    std::array<QAction*, 3> m_actions;
};

} // namespace goodsight
