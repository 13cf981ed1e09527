#pragma once

#include <QList>
#include <QString>

namespace goodsight {

/// Which of the answers that were taken automatically a person looks at afterwards. The same photo is chosen
/// or not on every computer and after every restart, whatever came before it.
struct AuditPlan {
    double share = 0.02; ///< of the photos, 0..1
    quint64 seed = 0;    ///< the project's own, so that nobody can tell from the photo

    /// Whether the photo with these bytes is looked at: from a hash of the seed and of `sha256`.
    [[nodiscard]] bool chooses(const QString& sha256) const;
};

/// What the audits so far say about the budget.
enum class AuditVerdict {
    TooFew, ///< neither is shown yet
    Holds,  ///< the error is within the budget
    Broken, ///< the error is above it: the threshold must be found again
};

/// The verdict and the figures behind it.
struct AuditOutcome {
    AuditVerdict verdict = AuditVerdict::TooFew;
    double lower = 0; ///< one-sided bounds of the error among all that is automatic (Clopper and Pearson)
    double upper = 1;
    int moreNeeded = 0; ///< right answers in a row that would show that the budget holds; 0 once it is known
};

/// Whether `wrong` of `audited` looked-at answers fit a budget of `maxError` (0..1, exclusive), each side
/// with a confidence of `confidenceLevel`. To be asked at times that do not depend on the outcome (once a
/// week), since asking after each photo finds a bad run sooner or later.
[[nodiscard]] AuditOutcome judgeAudit(int audited, int wrong, double maxError, double confidenceLevel = 0.95);

/// judgeAudit() for audits that go on, oldest first (true: the answer was right); may be asked at any time,
/// and once Broken stays so whatever comes.
///
/// It looks whether the budget is broken after 25, 50, 100, 200, … audits only: at times that no outcome
/// moves. The k-th look may be mistaken with a probability of (1 - confidenceLevel) / (k (k + 1)), which sums
/// to 1 - confidenceLevel (a union bound over the looks): a rule that keeps its budget is called Broken with
/// no larger probability in all its life. Holds, which nothing hangs on, is of all audits so far. TooFew with
/// moreNeeded 0: more were wrong than the budget allows, and the next look decides.
[[nodiscard]] AuditOutcome judgeAudits(const QList<bool>& right, double maxError,
                                       double confidenceLevel = 0.95);

} // namespace goodsight
