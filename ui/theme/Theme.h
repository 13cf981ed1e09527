#pragma once

#include "core/base/Settings.h"

#include <QColor>
#include <QObject>
#include <QPalette>

class QApplication;

namespace goodsight {

/// The colour tokens of the design, for one of light and dark.
struct ThemeColors {
    QColor window;
    QColor panel;
    QColor hairline;
    QColor text;
    QColor secondary;
    QColor brand;
    QColor brandSoft;
    QColor onBrand; ///< text on a brand fill
    QColor sure;
    QColor unsure;
    QColor weak;
    QColor track; ///< empty part of a bar
    bool dark = false;
};

/// Applies the design to the whole application: palette, style sheet, colours for what is painted by hand.
/// UI thread; one for the program.
class Theme : public QObject {
    Q_OBJECT
public:
    explicit Theme(QApplication& application);
    ~Theme() override;

    /// Follows `theme` from now on; System follows the desktop, also when it changes.
    void apply(Settings::Theme theme);

    /// Colours in use now; the light ones before any Theme exists.
    [[nodiscard]] static const ThemeColors& colors();
    /// Colour of a confidence: sure, unsure or weak.
    [[nodiscard]] static QColor confidenceColor(double confidence, double sureThreshold,
                                                double reviewThreshold);

Q_SIGNALS:
    void changed();

private:
    void refresh();
    [[nodiscard]] bool systemIsDark() const;

    QApplication& m_application;
    Settings::Theme m_theme = Settings::Theme::System;
    QPalette m_systemPalette;
};

} // namespace goodsight
