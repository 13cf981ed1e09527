#pragma once

#include "core/inference/ModelExport.h"
#include "core/model/ModelLibrary.h"
#include "ui/promotion/PromotionController.h"

#include <QFrame>

class QLabel;
class QMenu;

namespace goodsight {

class KeyButton;

/// What a model is to the project that is open.
struct ModelStanding {
    bool inUse = false;
    ShadowOffer shadow;
    QString backTo;       ///< in use: title of the model that it replaced; empty: none
    QString doubt;        ///< why "Use" asks once more; empty: it does not
    bool wayBack = false; ///< the model in use goes back to it
};

/// One installed model: what it knows, how good it is, where it comes from, its licence, and what can be done
/// with it.
class ModelCard : public QFrame {
    Q_OBJECT
public:
    ModelCard(const InstalledModel& model, const ModelStanding& standing, QWidget* parent = nullptr);

Q_SIGNALS:
    /// Where there is a doubt, the person has been asked.
    void useRequested();
    void shadowRequested();
    void comparisonRequested();
    void backRequested();
    void checkRequested();
    void exportRequested(ExportFormat format);
    /// The person asked twice: the second time is the answer to "really?".
    void removeRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void askBeforeUse();
    [[nodiscard]] QString details() const;
    [[nodiscard]] QString origin() const;
    [[nodiscard]] QString originTip() const;
    void buildExportMenu();

    InstalledModel m_model;
    ModelStanding m_standing;
    bool m_asked = false;
    QLabel* m_title;
    QLabel* m_details;
    QLabel* m_origin;
    QLabel* m_mark;
    KeyButton* m_back;
    KeyButton* m_shadow;
    KeyButton* m_use;
    KeyButton* m_check;
    KeyButton* m_export;
    QMenu* m_exportMenu;
    KeyButton* m_remove;
    QWidget* m_ask;
    QLabel* m_question;
    KeyButton* m_compareFirst;
    KeyButton* m_useAnyway;
};

} // namespace goodsight
