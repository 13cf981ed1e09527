#pragma once

#include "core/dataset/ModelRecord.h"
#include "core/evaluation/Promotion.h"
#include "core/model/ModelLibrary.h"

#include <QHash>
#include <QObject>

#include <optional>

namespace goodsight {

class LabelIndex;
class ProjectSession;
class RecognitionService;
class Settings;
class ShadowRun;

/// Whether an installed model can be put into the project's shadow.
struct ShadowOffer {
    enum class Kind {
        None,    ///< it cannot be: in use, or damaged
        Enter,   ///< it can, unless there is an obstacle
        Running, ///< it is there
    };
    Kind kind = Kind::None;
    QString obstacle; ///< Enter: why not now, translated
};

/// The model in the shadow beside the one in use.
struct ShadowReport {
    ModelRecord model;
    QString newTitle; ///< what people call it
    QString oldTitle;
    QList<ShadowPhoto> photos; ///< compared, newest first
    int labelled = 0;
    QList<ShadowPhoto> differing;
    ShadowComparison comparison;
    PromotionDecision decision;
    PromotionRule rule;
};

/// What can be done with a new model: into the shadow, out of it into use, back. No widgets; UI thread.
class PromotionController : public QObject {
    Q_OBJECT
public:
    PromotionController(Settings& settings, RecognitionService& service, ProjectSession& project,
                        LabelIndex& labels, ShadowRun& shadow, QObject* parent = nullptr);

    /// How much evidence a promotion needs.
    void setRule(const PromotionRule& rule);
    [[nodiscard]] const PromotionRule& rule() const { return m_rule; }

    [[nodiscard]] ShadowOffer offer(const InstalledModel& model) const;
    /// Writes the model down in the project and puts it into the shadow. Errors: "obstacle" (the offer's),
    /// the store's.
    [[nodiscard]] Result<void> enter(const InstalledModel& model);
    /// Ends the comparison; the model stays installed and is not compared in this project again.
    [[nodiscard]] Result<void> stop();

    /// What is known by now; nothing where no model is in the shadow. Errors: the store's.
    [[nodiscard]] Result<std::optional<ShadowReport>> report() const;
    /// Puts the model in the shadow into use. Errors: "not-allowed" (the decision's reason), "no-such-model",
    /// the store's.
    [[nodiscard]] Result<void> promote();

    /// Why a person is asked once more before use(), translated: the model was trained, and has not shown
    /// beside the one in use that it is no worse. Empty: there is nothing to ask.
    [[nodiscard]] QString doubt(const InstalledModel& model) const;
    /// Puts a model into use that somebody has chosen, and remembers which one made way.
    void use(const InstalledModel& model);

    /// What goBack() would put into use again: what made way for the model in use, by promote() or use(),
    /// while it is installed. Looks at the disk.
    [[nodiscard]] std::optional<InstalledModel> previous() const;
    /// Errors: "no-such-model" (it was removed meanwhile, or none made way), the store's.
    [[nodiscard]] Result<void> goBack();

    /// A product's name in the interface's language; the model in the shadow may know some that nobody else
    /// does.
    [[nodiscard]] QString nameOf(const QString& labelId) const;
    /// Of the weights of the model in use; empty until one is loaded.
    [[nodiscard]] QString fingerprintInUse() const { return m_inUse; }
    /// What people call the model in use.
    [[nodiscard]] QString titleInUse() const;

Q_SIGNALS:
    /// Another model in use or in the shadow, or another rule.
    void changed();

private:
    void readNames();
    /// The choice by hand that goBack() would take back; nothing where there was none.
    [[nodiscard]] std::optional<ModelRef> replacedByHand() const;
    /// The promotion that goBack() would take back.
    [[nodiscard]] std::optional<ModelRef> replacedByPromotion() const;

    Settings& m_settings;
    ProjectSession& m_project;
    LabelIndex& m_labels;
    ShadowRun& m_shadow;
    PromotionRule m_rule;
    QString m_inUse; ///< fingerprint; empty until a model is loaded
    QString m_titleZh;
    QString m_titleEn;
    std::optional<InstalledModel> m_installed; ///< the shadow's
    QHash<QString, ModelClass> m_names;        ///< its classes by id
};

} // namespace goodsight
