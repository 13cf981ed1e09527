#include "ui/theme/Theme.h"

#include "ui/theme/StyleSheet.h"

#include <QApplication>
#include <QGuiApplication>
#include <QStyleFactory>
#include <QStyleHints>

namespace goodsight {

namespace {

const ThemeColors& lightColors()
{
    static const ThemeColors colors{QColor(0xF6F7F6),
                                    QColor(0xFFFFFF),
                                    QColor(0xE3E6E4),
                                    QColor(0x1B211E),
                                    QColor(0x66706B),
                                    QColor(0x0E7C61),
                                    QColor(0xE3F3EE),
                                    QColor(0xFFFFFF),
                                    QColor(0x1F9D66),
                                    QColor(0xD9902F),
                                    QColor(0xC0563F),
                                    QColor(0xEDF0EE),
                                    false};
    return colors;
}

const ThemeColors& darkColors()
{
    // Text on the brighter brand of the dark theme is dark: white on it would reach a contrast of 2.6 only.
    static const ThemeColors colors{QColor(0x151817),
                                    QColor(0x1E2321),
                                    QColor(0x2E3532),
                                    QColor(0xE9EEEB),
                                    QColor(0x93A09A),
                                    QColor(0x37B48F),
                                    QColor(0x1E3A32),
                                    QColor(0x0C1512),
                                    QColor(0x3CBF84),
                                    QColor(0xE2A550),
                                    QColor(0xDE7A61),
                                    QColor(0x2A312E),
                                    true};
    return colors;
}

const ThemeColors* g_colors = &lightColors();

QPalette paletteOf(const ThemeColors& c)
{
    QPalette p;
    p.setColor(QPalette::Window, c.window);
    p.setColor(QPalette::WindowText, c.text);
    p.setColor(QPalette::Base, c.panel);
    p.setColor(QPalette::AlternateBase, c.window);
    p.setColor(QPalette::Text, c.text);
    p.setColor(QPalette::Button, c.panel);
    p.setColor(QPalette::ButtonText, c.text);
    p.setColor(QPalette::BrightText, c.weak);
    p.setColor(QPalette::ToolTipBase, c.panel);
    p.setColor(QPalette::ToolTipText, c.text);
    p.setColor(QPalette::PlaceholderText, c.secondary);
    p.setColor(QPalette::Highlight, c.brand);
    p.setColor(QPalette::HighlightedText, c.onBrand);
    p.setColor(QPalette::Link, c.brand);
    p.setColor(QPalette::Light, c.panel);
    p.setColor(QPalette::Midlight, c.track);
    p.setColor(QPalette::Mid, c.hairline);
    p.setColor(QPalette::Dark, c.secondary);
    p.setColor(QPalette::Shadow, c.text);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, c.dark ? c.secondary.darker(130) : c.secondary.lighter(140));
    return p;
}

} // namespace

Theme::Theme(QApplication& application)
    : m_application(application)
    , m_systemPalette(QGuiApplication::palette())
{
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, [this] {
        if (m_theme == Settings::Theme::System)
            refresh();
    });
#endif
}

Theme::~Theme()
{
    g_colors = &lightColors();
}

void Theme::apply(Settings::Theme theme)
{
    m_theme = theme;
    refresh();
}

bool Theme::systemIsDark() const
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    return QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark;
#else
    return m_systemPalette.color(QPalette::Window).lightness() <
           m_systemPalette.color(QPalette::WindowText).lightness();
#endif
}

void Theme::refresh()
{
    const bool dark =
        m_theme == Settings::Theme::Dark || (m_theme == Settings::Theme::System && systemIsDark());
    g_colors = dark ? &darkColors() : &lightColors();
    QApplication::setPalette(paletteOf(*g_colors));
    m_application.setStyleSheet(styleSheet(*g_colors));
    Q_EMIT changed();
}

const ThemeColors& Theme::colors()
{
    return *g_colors;
}

QColor Theme::confidenceColor(double confidence, double sureThreshold, double reviewThreshold)
{
    if (confidence >= sureThreshold)
        return g_colors->sure;
    return confidence >= reviewThreshold ? g_colors->unsure : g_colors->weak;
}

} // namespace goodsight
