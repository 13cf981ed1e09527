#include "ui/theme/StyleSheet.h"

namespace goodsight {

QString styleSheet(const ThemeColors& c)
{
    QString sheet = QStringLiteral(R"(
* { font-family: "Noto Sans CJK SC", "Microsoft YaHei UI", "PingFang SC", "Noto Sans", sans-serif; font-size: 14px; }
QWidget { color: @text; }
QMainWindow, QWidget#pages, QDialog { background: @window; }
QToolTip { background: @panel; color: @text; border: 1px solid @hairline; padding: 4px 8px; }

QLabel { background: transparent; }
QLabel[kind="title"] { font-size: 20px; font-weight: 600; }
QLabel[kind="section"] { font-size: 16px; font-weight: 600; }
QLabel[kind="figure"] { font-size: 28px; font-weight: 600; }
QLabel[kind="strong"] { font-weight: 600; }
QLabel[kind="secondary"] { color: @secondary; }
QLabel[kind="small"], QLabel[kind="faded"] { color: @secondary; font-size: 12px; }
QLabel[kind="note"] { color: @text; font-size: 12px; }
QLabel[kind="problem"] { color: @weak; font-size: 12px; }

QFrame[kind="card"] { background: @panel; border: 1px solid @hairline; border-radius: 12px; }
QFrame[kind="banner"] { background: @panel; border: 1px solid @unsure; border-radius: 10px; }
QFrame[kind="banner"] QLabel[kind="strong"] { color: @unsureText; }
QFrame[kind="banner-error"] { background: @panel; border: 1px solid @weak; border-radius: 10px; }
QFrame[kind="banner-error"] QLabel[kind="strong"] { color: @weak; }
QFrame[kind="banner-info"] { background: @brandSoft; border: 1px solid @hairline; border-radius: 10px; }
QFrame[kind="line"] { background: @hairline; border: none; max-height: 1px; min-height: 1px; }

QPushButton { background: @panel; border: 1px solid @hairline; border-radius: 8px; padding: 0 16px;
              min-height: 42px; color: @text; }
QPushButton:hover { background: @track; }
QPushButton:pressed { background: @hairline; }
QPushButton:focus { border: 2px solid @brand; padding: 0 15px; min-height: 40px; }
QPushButton:disabled { color: @disabled; background: @window; }
QPushButton[kind="primary"] { background: @brand; border: 1px solid @brand; color: @onBrand; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: @brandHover; }
QPushButton[kind="primary"]:pressed { background: @brandPressed; }
QPushButton[kind="primary"]:focus { border: 2px solid @focusOnBrand; }
QPushButton[kind="primary"]:disabled { background: @hairline; border-color: @hairline; color: @secondary; }
QPushButton[kind="danger"] { color: @weak; }
QPushButton[kind="flat"] { background: transparent; border: 1px solid transparent; color: @brand; padding: 0 8px; }
QPushButton[kind="flat"]:hover { background: @brandSoft; }
QPushButton[kind="flat"]:focus { border: 2px solid @brand; padding: 0 7px; }
QPushButton:checked { background: @brandSoft; border-color: @brand; color: @brand; font-weight: 600; }

QLineEdit, QSpinBox, QDoubleSpinBox { background: @panel; border: 1px solid @hairline; border-radius: 8px;
            padding: 0 8px; min-height: 42px; selection-background-color: @brand; selection-color: @onBrand; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus { border: 2px solid @brand; padding: 0 7px; min-height: 40px; }
QSpinBox::up-button, QSpinBox::down-button { width: 32px; border: none; background: transparent; }
QSpinBox::up-arrow { image: url(:/icons/up-@mode.svg); width: 16px; height: 16px; }
QSpinBox::down-arrow { image: url(:/icons/down-@mode.svg); width: 16px; height: 16px; }

QComboBox { background: @panel; border: 1px solid @hairline; border-radius: 8px; padding: 0 12px; min-height: 42px; }
QComboBox:focus { border: 2px solid @brand; padding: 0 11px; min-height: 40px; }
QComboBox::drop-down { border: none; width: 32px; }
QComboBox::down-arrow { image: url(:/icons/down-@mode.svg); width: 16px; height: 16px; }
QComboBox QAbstractItemView { background: @panel; border: 1px solid @hairline; outline: none; padding: 4px;
            selection-background-color: @brandSoft; selection-color: @text; }
QComboBox QAbstractItemView::item { min-height: 40px; padding: 0 8px; border-radius: 6px; color: @text; }

QListView { background: @panel; border: none; outline: none; }
QListView::item { border-radius: 8px; }

QTableView { background: @panel; border: none; outline: none; gridline-color: @hairline;
            selection-background-color: @brandSoft; selection-color: @text; }
QTableView::item { padding: 0 8px; border-bottom: 1px solid @hairline; }
QTableView::item:selected { background: @brandSoft; color: @text; }
QHeaderView { background: @panel; border: none; }
QHeaderView::section { background: @panel; color: @secondary; font-size: 12px; border: none;
            border-bottom: 1px solid @hairline; padding: 0 0 0 11px; }
QHeaderView::up-arrow { image: url(:/icons/up-@mode.svg); width: 12px; height: 12px; }
QHeaderView::down-arrow { image: url(:/icons/down-@mode.svg); width: 12px; height: 12px; }

QSlider { min-height: 44px; }
QSlider::groove:horizontal { height: 6px; border-radius: 3px; background: @track; }
QSlider::sub-page:horizontal { height: 6px; border-radius: 3px; background: @brand; }
QSlider::handle:horizontal { background: @panel; border: 2px solid @brand; width: 20px; height: 20px; margin: -9px 0;
            border-radius: 12px; }
QSlider::handle:horizontal:focus { background: @brandSoft; }

QProgressBar { background: @track; border: none; border-radius: 4px; min-height: 8px; max-height: 8px; }
QProgressBar::chunk { background: @brand; border-radius: 4px; }

QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @scroll; border-radius: 4px; margin: 2px; min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: @secondary; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
            background: none; border: none; width: 0; height: 0; }

QMenu { background: @panel; border: 1px solid @hairline; border-radius: 8px; padding: 4px; }
QMenu::item { padding: 12px 24px; min-height: 20px; border-radius: 6px; }
QMenu::item:selected { background: @brandSoft; }
)");
    const auto mixed = [](const QColor& a, const QColor& b, double share) {
        return QColor::fromRgbF(static_cast<float>(a.redF() * (1 - share) + b.redF() * share),
                                static_cast<float>(a.greenF() * (1 - share) + b.greenF() * share),
                                static_cast<float>(a.blueF() * (1 - share) + b.blueF() * share));
    };
    // Longest names first, so that @brand does not eat the beginning of @brandSoft.
    const QList<std::pair<QString, QString>> values{
        {QStringLiteral("@focusOnBrand"), mixed(c.brand, c.text, 0.6).name()},
        {QStringLiteral("@brandPressed"), mixed(c.brand, c.text, 0.25).name()},
        {QStringLiteral("@brandHover"), mixed(c.brand, c.text, 0.12).name()},
        {QStringLiteral("@brandSoft"), c.brandSoft.name()},
        {QStringLiteral("@unsureText"), c.dark ? c.unsure.name() : mixed(c.unsure, c.text, 0.35).name()},
        {QStringLiteral("@secondary"), c.secondary.name()},
        {QStringLiteral("@disabled"), mixed(c.secondary, c.panel, 0.4).name()},
        {QStringLiteral("@hairline"), c.hairline.name()},
        {QStringLiteral("@onBrand"), c.onBrand.name()},
        {QStringLiteral("@unsure"), c.unsure.name()},
        {QStringLiteral("@window"), c.window.name()},
        {QStringLiteral("@scroll"), mixed(c.hairline, c.secondary, 0.3).name()},
        {QStringLiteral("@panel"), c.panel.name()},
        {QStringLiteral("@brand"), c.brand.name()},
        {QStringLiteral("@track"), c.track.name()},
        {QStringLiteral("@weak"), c.weak.name()},
        {QStringLiteral("@text"), c.text.name()},
        {QStringLiteral("@mode"), c.dark ? QStringLiteral("dark") : QStringLiteral("light")},
    };
    for (const auto& [name, value] : values)
        sheet.replace(name, value);
    return sheet;
}

} // namespace goodsight
