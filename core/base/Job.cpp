#include "core/base/Job.h"

#include <QCoreApplication>

#include <exception>

namespace goodsight {

Error cancelledError()
{
    return {QStringLiteral("cancelled"), QCoreApplication::translate("goodsight::Job", "Cancelled."), {}};
}

Result<void> processGuarded(Job& job, Job::Control& control) noexcept
{
    const auto internal = [&job](const QString& what) {
        return fail("internal",
                    QCoreApplication::translate("goodsight::Job", "%1 failed: %2").arg(job.title(), what));
    };
    try {
        Result<void> result = job.process(control);
        if (result && control.stopRequested())
            return fail(cancelledError());
        return result;
    } catch (const std::exception& e) {
        return internal(QString::fromLocal8Bit(e.what()));
    } catch (...) {
        return internal(QStringLiteral("unknown exception"));
    }
}

} // namespace goodsight
