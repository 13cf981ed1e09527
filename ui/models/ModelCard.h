#pragma once

#include "core/inference/ModelExport.h"
#include "core/model/ModelLibrary.h"

#include <QFrame>

class QLabel;
class QMenu;

namespace goodsight {

class KeyButton;

/// One installed model: what it knows, how good it is, its licence, and what can be done with it.
class ModelCard : public QFrame {
    Q_OBJECT
public:
    explicit ModelCard(const InstalledModel& model, bool inUse, QWidget* parent = nullptr);

Q_SIGNALS:
    void useRequested();
    void checkRequested();
    void exportRequested(ExportFormat format);
    /// The person asked twice: the second time is the answer to "really?".
    void removeRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    [[nodiscard]] QString details() const;
    void buildExportMenu();

    InstalledModel m_model;
    bool m_inUse;
    bool m_asked = false;
    QLabel* m_title;
    QLabel* m_details;
    QLabel* m_mark;
    KeyButton* m_use;
    KeyButton* m_check;
    KeyButton* m_export;
    QMenu* m_exportMenu;
    KeyButton* m_remove;
};

} // namespace goodsight
