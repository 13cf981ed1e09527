#include "tests/support/FakeTraining.h"

#include <QDir>
#include <QFile>
#include <QThread>

#include <cmath>

namespace goodsight::testsupport {

namespace {

class FakeTrainingJob final : public Job {
public:
    FakeTrainingJob(FakeTraining script, QString folder, TrainingCallbacks callbacks)
        : m_script(std::move(script))
        , m_folder(std::move(folder))
        , m_callbacks(std::move(callbacks))
    {}
    [[nodiscard]] QString title() const override { return QStringLiteral("fake training"); }
    Result<void> process(Control& control) override
    {
        if (m_script.keeps) {
            QDir().mkpath(m_folder);
            for (const char* name : {"/run.json", "/train.rows"}) {
                QFile file(m_folder + QString::fromLatin1(name));
                if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray(500, 'r')) != 500)
                    return fail("unwritable", m_folder);
            }
        }
        m_callbacks.onClasses(m_script.classes, m_script.photos);
        for (const QString& file : std::as_const(m_script.lost))
            m_callbacks.onWarning(file, {QStringLiteral("not-found"), file + QStringLiteral(" 不在。"), {}});
        for (qsizetype i = 0; i < m_script.epochs.size(); ++i) {
            QThread::msleep(static_cast<unsigned long>(m_script.pause));
            if (control.stopRequested())
                return fail(cancelledError());
            control.progress(i + 1, m_script.epochs.at(0).epochs, QString());
            m_callbacks.onEpoch(m_script.epochs[i]);
        }
        while (m_script.hang && !control.stopRequested())
            QThread::msleep(5);
        if (control.stopRequested())
            return fail(cancelledError());
        if (!m_script.failure.code.isEmpty())
            return fail(m_script.failure);
        if (m_script.keeps)
            QDir(m_folder).removeRecursively();
        return {};
    }
    void finish(const Result<void>& result) override
    {
        if (result)
            m_callbacks.onFinished(m_script.model);
        else
            m_callbacks.onFinished(fail(result.error()));
    }

private:
    FakeTraining m_script;
    QString m_folder;
    TrainingCallbacks m_callbacks;
};

} // namespace

TrainingJobFactory fakeTrainingFactory(std::shared_ptr<FakeTraining> script)
{
    return [script](const TrainingWish& wish, TrainingCallbacks callbacks) -> std::unique_ptr<Job> {
        script->wishes.append(wish);
        return std::make_unique<FakeTrainingJob>(*script, wish.folder, std::move(callbacks));
    };
}

QList<EpochReport> learningCurve(int count, double top1)
{
    QList<EpochReport> epochs;
    for (int i = 0; i < count; ++i) {
        const double gone = std::exp(-0.45 * i);
        EpochReport report;
        report.epoch = i;
        report.epochs = count;
        report.trainLoss = 0.55 + 2.6 * gone;
        report.valLoss = 0.85 + 1.9 * std::exp(-0.4 * i);
        report.valTop1 = top1 * (1 - 0.6 * gone);
        report.valTop3 = std::min(0.99, top1 + 0.12) * (1 - 0.4 * gone);
        report.trainTop1 = std::min(0.99, top1 + 0.06) * (1 - 0.75 * gone);
        report.trainTop3 = std::min(0.99, top1 + 0.14) * (1 - 0.5 * gone);
        report.secondsLeft = 22.0 * (count - i - 1);
        report.worstClasses = {2, 0, 1};
        report.worstRecalls = {0.25, 0.5, 0.75};
        epochs.append(report);
    }
    return epochs;
}

} // namespace goodsight::testsupport
