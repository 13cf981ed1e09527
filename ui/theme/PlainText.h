#pragma once

#include <QObject>

class QApplication;

namespace goodsight {

/// Makes labels and tool tips show their text as it is. Names of products, folders and files come from people
/// and from files, and Qt would take a "<b>" in one for markup; no text of the program has any. UI thread;
/// one for the program.
class PlainText : public QObject {
public:
    explicit PlainText(QApplication& application);

    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace goodsight
