#pragma once

#include "tests/support/WindowDriver.h"

namespace goodsight::testsupport {

/// Puts a rule for the model in use into force whose threshold nearly every answer reaches.
void takeNearlyAll(WindowDriver& driver, double threshold = 0.05);

/// A copy of the picture `file` in the driver's home that the project's AuditPlan chooses, or does not: bytes
/// that no decoder reads are appended until it does.
[[nodiscard]] QString copyFor(WindowDriver& driver, const QString& file, bool audit);

/// Shows an evaluation of the model in use on `photos` val photos, all of them right with a confidence of
/// about 0.98.
void showPerfectEvaluation(WindowDriver& driver, int photos, EvaluationData data = EvaluationData::Val,
                           const QString& fingerprint = {});

/// Puts `right` and `wrong` audits of the rule that is in force into the project.
void addAudits(WindowDriver& driver, int right, int wrong);

} // namespace goodsight::testsupport
