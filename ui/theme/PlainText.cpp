#include "ui/theme/PlainText.h"

#include <QApplication>
#include <QEvent>
#include <QLabel>

namespace goodsight {

PlainText::PlainText(QApplication& application)
{
    application.installEventFilter(this);
}

bool PlainText::eventFilter(QObject* watched, QEvent* event)
{
    // A tool tip is a label too, and is polished before it gets its text.
    if (event->type() == QEvent::Polish) {
        if (auto* label = qobject_cast<QLabel*>(watched))
            label->setTextFormat(Qt::PlainText);
    }
    return QObject::eventFilter(watched, event);
}

} // namespace goodsight
