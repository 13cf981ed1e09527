#include "ui/recognition/SearchPanel.h"

#include "ui/recognition/LabelDelegate.h"
#include "ui/shell/LabelIndex.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/KeyButton.h"

#include <QBoxLayout>
#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>

namespace goodsight {

namespace {
constexpr int kMostHits = 6;
}

SearchPanel::SearchPanel(const LabelIndex& labels, QWidget* parent)
    : QFrame(parent)
    , m_labels(labels)
    , m_prompt(new QLabel(this))
    , m_field(new QLineEdit(this))
    , m_new(new KeyButton(this))
    , m_hits(new QListWidget(this))
{
    setProperty("kind", QStringLiteral("card"));
    m_prompt->setProperty("kind", QStringLiteral("secondary"));
    m_prompt->setWordWrap(true);
    m_field->setObjectName(QStringLiteral("labelSearch"));
    m_field->setMaxLength(120);
    m_field->addAction(lineIcon(QStringLiteral("search"), IconColor::Secondary), QLineEdit::LeadingPosition);
    m_field->installEventFilter(this);
    m_new->setObjectName(QStringLiteral("newProduct"));
    m_new->setKeyHint(QStringLiteral("Ctrl+N"));
    m_hits->setObjectName(QStringLiteral("labelHits"));
    m_hits->setItemDelegate(new LabelDelegate(m_hits));
    m_hits->setFocusPolicy(Qt::NoFocus);
    m_hits->setMouseTracking(true);
    m_hits->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_hits->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_hits->hide();
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(m_field, 1);
    line->addWidget(m_new);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(8);
    column->addWidget(m_prompt);
    column->addLayout(line);
    column->addWidget(m_hits);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);

    connect(m_field, &QLineEdit::textChanged, this, &SearchPanel::refresh);
    connect(m_hits, &QListWidget::itemClicked, this, &SearchPanel::take);
    connect(m_new, &QPushButton::clicked, this, &SearchPanel::askForName);
    connect(&labels, &LabelIndex::changed, this, &SearchPanel::refresh);
    retranslate();
}

void SearchPanel::retranslate()
{
    m_prompt->setText(tr("None of these? Type a name, a code or pinyin initials"));
    m_field->setPlaceholderText(tr("e.g. qpg"));
    m_field->setAccessibleName(tr("Search all products"));
    m_new->setText(tr("New product"));
    m_hits->setAccessibleName(tr("Matching products"));
    refresh();
}

bool SearchPanel::searching() const
{
    return !m_field->text().trimmed().isEmpty();
}

void SearchPanel::startTyping(const QString& text)
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    if (!text.isEmpty())
        m_field->insert(text);
}

void SearchPanel::clear()
{
    m_naming = false;
    m_field->clear();
    m_field->setPlaceholderText(tr("e.g. qpg")); // an empty field has not changed
    m_field->clearFocus();
}

void SearchPanel::askForName()
{
    const QString name = m_field->text().trimmed();
    if (name.isEmpty()) {
        m_naming = true;
        m_field->setPlaceholderText(tr("Name of the new product"));
        m_field->setFocus(Qt::ShortcutFocusReason);
        return;
    }
    Q_EMIT newProduct(name);
}

void SearchPanel::refresh()
{
    const QString text = m_field->text().trimmed();
    m_hits->clear();
    if (!text.isEmpty()) {
        const bool english = interfaceIsEnglish();
        for (const Label& label : m_labels.search(text, kMostHits)) {
            auto* item = new QListWidgetItem(primaryName(label, english), m_hits);
            item->setData(LabelDelegate::IdRole, label.id);
            item->setData(LabelDelegate::SecondaryRole, secondaryName(label, english));
            item->setData(LabelDelegate::CodeRole, label.sku);
        }
        if (m_labels.exact(text).id.isEmpty()) {
            //: %1 is what the person typed
            auto* item = new QListWidgetItem(tr("New product “%1”").arg(text));
            item->setData(LabelDelegate::NewNameRole, text);
            // Whoever asked for a new product gets it with Enter; similar ones stay in sight.
            m_hits->insertItem(m_naming ? 0 : m_hits->count(), item);
        }
        m_hits->setCurrentRow(0);
        m_hits->setFixedHeight(48 * m_hits->count() + 2);
    }
    m_hits->setVisible(!text.isEmpty());
    m_new->setVisible(text.isEmpty());
    if (searching() != m_searching) {
        m_searching = searching();
        Q_EMIT searchingChanged(m_searching);
    }
    if (text.isEmpty() && !m_naming)
        m_field->setPlaceholderText(tr("e.g. qpg"));
}

void SearchPanel::take(QListWidgetItem* item)
{
    if (!item)
        return;
    const QVariant name = item->data(LabelDelegate::NewNameRole);
    if (name.isValid())
        Q_EMIT newProduct(name.toString());
    else
        Q_EMIT picked(item->data(LabelDelegate::IdRole).toString());
}

bool SearchPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const int rows = m_hits->count();
        switch (key->key()) {
        case Qt::Key_Down:
        case Qt::Key_Up:
            if (rows > 0) {
                const int step = key->key() == Qt::Key_Down ? 1 : rows - 1;
                m_hits->setCurrentRow((m_hits->currentRow() + step) % rows);
            }
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            // An empty field has nothing to take: the key means "accept the first" again.
            if (!searching())
                return false;
            if (key->isAutoRepeat())
                return true;
            take(m_hits->currentItem());
            return true;
        case Qt::Key_Escape:
            clear();
            Q_EMIT dismissed();
            return true;
        default:
            break;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void SearchPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QFrame::changeEvent(event);
}

} // namespace goodsight
