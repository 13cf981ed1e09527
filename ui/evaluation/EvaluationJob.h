#pragma once

#include "core/base/Job.h"
#include "core/learning/KnownPhotos.h"
#include "core/model/LearntPhotos.h"
#include "ui/evaluation/Evaluation.h"

#include <QCoreApplication>

#include <QHash>
#include <QSet>

#include <functional>

namespace goodsight {

class Recognizer;

/// Recognises photos whose product is known and gathers everything that is said about the model. The photos'
/// errors are counted, not told: the page is about the model.
class EvaluationJob : public Job {
    Q_DECLARE_TR_FUNCTIONS(goodsight::EvaluationJob)
public:
    /// On the starting thread, at the end. Errors: "no-such-model" and the file's own, photosIn()'s or the
    /// project's, "no-photos" where none of the photos could be used, "cancelled".
    using OnFinished = std::function<void(const Result<EvaluationPtr>& evaluation)>;

    /// Which of so many photos the map shows: all, none where they are too few, and from 10,000 on that many,
    /// spread evenly over the list. Rising.
    [[nodiscard]] static std::vector<std::size_t> mappedOf(std::size_t photos);

    EvaluationJob(EvaluationWish wish, OnFinished onFinished);

    [[nodiscard]] QString title() const override;
    Result<void> process(Control& control) override;
    void finish(const Result<void>& result) override;

private:
    Result<void> listProject();
    Result<void> listFolder(Control& control, const QList<ModelClass>& classes);
    Result<void> recognise(Control& control, Recognizer& recognizer);
    Result<void> drawMap(Control& control);
    void measureDrift(const QString& modelFile, const ModelPackage& model);

    EvaluationWish m_wish;
    OnFinished m_onFinished;
    std::shared_ptr<Evaluation> m_made = std::make_shared<Evaluation>();
    QStringList m_files;
    QHash<QString, int> m_numbers; ///< of m_made->classes by their ids
    LearntPhotos m_learnt;
    /// When a photo was answered (ms), by its hash; of a folder nothing.
    QHash<QString, qint64> m_answered;
    std::vector<int> m_truths;
};

} // namespace goodsight
