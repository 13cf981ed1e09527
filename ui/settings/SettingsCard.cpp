#include "ui/settings/SettingsCard.h"

#include <QBoxLayout>
#include <QLabel>
#include <QStyle>

namespace goodsight {

namespace {
constexpr int kControlWidth = 240;
/// The heading and the space below it.
constexpr int kAboveRows = 2;
} // namespace

SettingsCard::SettingsCard(QWidget* parent)
    : QFrame(parent)
    , m_column(new QVBoxLayout(this))
    , m_heading(new QLabel(this))
{
    setProperty("kind", QStringLiteral("card"));
    m_column->setContentsMargins(20, 14, 20, 14);
    m_column->setSpacing(8);
    m_heading->setProperty("kind", QStringLiteral("section"));
    m_column->addWidget(m_heading);
    m_column->addSpacing(4);
}

void SettingsCard::setHeading(const QString& text)
{
    m_heading->setText(text);
}

SettingsCard::Row SettingsCard::addRow(QWidget* control, const QString& objectName)
{
    control->setObjectName(objectName);
    control->setFixedWidth(kControlWidth);
    Row row{new QLabel(this), new QLabel(this), new QLabel(this), control, nullptr};
    row.note->setObjectName(objectName + QStringLiteral("Note"));
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(row.title);
    for (QLabel* small : {row.text, row.note}) {
        small->setProperty("kind", QStringLiteral("small"));
        small->setWordWrap(true);
        small->hide();
        words->addWidget(small);
    }
    auto* line = new QHBoxLayout;
    line->setSpacing(24);
    line->addLayout(words, 1);
    line->addWidget(control, 0, Qt::AlignVCenter);
    if (m_column->count() > kAboveRows) {
        row.line = new QFrame(this);
        row.line->setProperty("kind", QStringLiteral("line"));
        m_column->addWidget(row.line);
    }
    m_column->addLayout(line);
    return row;
}

void SettingsCard::Row::setVisible(bool visible) const
{
    for (QWidget* part : std::initializer_list<QWidget*>{title, control, line}) {
        if (part)
            part->setVisible(visible);
    }
    text->setVisible(visible && !text->text().isEmpty());
    note->setVisible(visible && !note->text().isEmpty());
}

void SettingsCard::Row::setTexts(const QString& titleText, const QString& textText) const
{
    title->setText(titleText);
    text->setText(textText);
    text->setVisible(!textText.isEmpty());
    control->setAccessibleName(titleText);
    control->setAccessibleDescription(textText);
}

void SettingsCard::Row::setNote(const QString& noteText, bool faded) const
{
    const QString kind = faded ? QStringLiteral("faded") : QStringLiteral("note");
    if (note->property("kind") != kind) {
        note->setProperty("kind", kind);
        note->style()->unpolish(note);
        note->style()->polish(note);
    }
    note->setText(noteText);
    note->setVisible(!noteText.isEmpty());
}

} // namespace goodsight
