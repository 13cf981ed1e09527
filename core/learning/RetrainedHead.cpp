#include "core/learning/RetrainedHead.h"

#include "core/base/Job.h"
#include "core/inference/TemperatureScaling.h"
#include "core/learning/LearningText.h"
#include "core/learning/LinearHead.h"
#include "core/learning/PhotoFolds.h"
#include "core/learning/ThreadCount.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <new>

namespace goodsight {

namespace {

constexpr auto kWidth = static_cast<std::size_t>(KnownPhotos::kWidth);
/// Multiplications of one pass over the photos above which one fold has to do.
constexpr double kManyFoldsWork = 1e9;

tl::unexpected<Error> noKnownPhotos(const QString& message)
{
    return fail("no-known-photos", message,
                LearningText::tr("Make it: goodsight-cli model embed NAME --photos FOLDER"));
}

/// Photos and their classes, as fitLinearHead() takes them.
struct Rows {
    std::vector<float> embeddings;
    std::vector<int> labels;
    std::vector<qint64> groups; ///< TaughtPhoto::group

    void append(std::span<const float> embedding, int label, qint64 group = 0)
    {
        embeddings.insert(embeddings.end(), embedding.begin(), embedding.end());
        labels.push_back(label);
        groups.push_back(group);
    }
    [[nodiscard]] std::span<const float> embedding(std::size_t photo) const
    {
        return std::span(embeddings).subspan(photo * kWidth, kWidth);
    }
};

/// As PrototypeIndex takes it.
bool isUsable(std::span<const float> embedding)
{
    return embedding.size() == kWidth &&
           std::all_of(embedding.begin(), embedding.end(),
                       [](float value) { return std::isfinite(value); }) &&
           std::any_of(embedding.begin(), embedding.end(), [](float value) { return value != 0; });
}

int best(std::span<const float> logits)
{
    return static_cast<int>(std::max_element(logits.begin(), logits.end()) - logits.begin());
}

/// Everything that a fit needs, in one numbering of classes.
class Retraining {
public:
    Retraining(const RetrainingInput& input, const RetrainingOptions& options)
        : m_input(input)
        , m_options(options)
    {}

    Result<RetrainedHead> run()
    {
        const ThreadCount threads(m_options.threads); // the rehearsal's too
        if (auto ready = collect(); !ready)
            return fail(ready.error());
        auto fitted = fit(m_known, m_answers, {});
        if (!fitted)
            return fail(fitted.error());
        m_made.head = Head(std::move(fitted->weight), std::move(fitted->bias));
        if (auto judged = judge(); !judged)
            return fail(judged.error());
        if (auto validated = crossValidate(fitted->l2); !validated)
            return fail(validated.error());
        if (auto chosen = chooseWeights(); !chosen)
            return fail(chosen.error());
        return std::move(m_made);
    }

private:
    [[nodiscard]] bool isStopped() const { return m_options.stopRequested && m_options.stopRequested(); }

    [[nodiscard]] std::size_t classes() const { return static_cast<std::size_t>(m_made.classes.size()); }

    /// Numbers the classes and copies the photos.
    Result<void> collect()
    {
        if (!m_input.known) {
            return noKnownPhotos(
                LearningText::tr("The model has no file of what it learnt from, and without it would forget "
                                 "its products."));
        }
        const KnownPhotos& known = *m_input.known;
        for (const ModelClass& one : m_input.model->classes)
            number(one.id);
        const auto modelClasses = classes();
        std::vector<const TaughtPhoto*> photos;
        QHash<QString, int> counts;
        for (const TaughtPhoto& photo : m_input.photos) {
            if (!isUsable(photo.embedding))
                continue;
            photos.push_back(&photo);
            ++counts[photo.labelId];
        }
        std::sort(photos.begin(), photos.end(),
                  [](const TaughtPhoto* a, const TaughtPhoto* b) { return a->sha256 < b->sha256; });
        QStringList ids = counts.keys();
        ids.sort();
        for (const QString& id : ids) {
            if (counts.value(id) >= m_options.fewestPhotos)
                number(id);
        }
        for (const TaughtPhoto* photo : photos) {
            const auto label = m_numbers.constFind(photo->labelId);
            if (label == m_numbers.cend())
                continue;
            m_answers.append(photo->embedding, *label, photo->group);
            m_made.learnt.insert(photo->sha256, photo->labelId);
        }
        const auto copy = [&](const KnownPhotos::Part& part, Rows& rows) {
            for (std::size_t i = 0; i < part.labels.size(); ++i) {
                const int label = m_numbers.value(known.classes[part.labels[i]], -1);
                if (label >= 0 && static_cast<std::size_t>(label) < modelClasses)
                    rows.append(std::span(part.embeddings).subspan(i * kWidth, kWidth), label);
            }
        };
        copy(known.train, m_known);
        copy(known.val, m_heldOut);
        return check(modelClasses);
    }

    [[nodiscard]] Result<void> check(std::size_t modelClasses) const
    {
        std::vector<bool> has(classes());
        for (const int label : m_known.labels)
            has[static_cast<std::size_t>(label)] = true;
        for (std::size_t c = 0; c < modelClasses; ++c) {
            if (!has[c]) {
                return noKnownPhotos(
                    LearningText::tr("The file of what the model learnt from has no photo of "
                                     "“%1”, which would be forgotten.")
                        .arg(m_made.classes[static_cast<qsizetype>(c)]));
            }
        }
        if (m_heldOut.labels.empty()) {
            return fail("no-held-out-photos",
                        LearningText::tr("The file of what the model learnt from has no photo that was held "
                                         "out, so that nothing could tell whether it forgets."),
                        LearningText::tr("Make it: goodsight-cli model embed NAME --photos FOLDER"));
        }
        if (m_answers.labels.empty()) {
            return fail("too-few-answers",
                        LearningText::tr("No product has %n photo(s) yet.", nullptr, m_options.fewestPhotos),
                        LearningText::tr("It is tried again after more answers."));
        }
        return {};
    }

    void number(const QString& id)
    {
        if (m_numbers.contains(id))
            return;
        m_numbers.insert(id, static_cast<int>(m_made.classes.size()));
        m_made.classes.append(id);
    }

    /// A head from all of both; `l2` empty: chosen.
    [[nodiscard]] Result<LinearHead> fit(const Rows& known, const Rows& answers,
                                         std::optional<double> l2) const
    {
        if (isStopped())
            return fail(cancelledError());
        Rows joint = known;
        joint.embeddings.insert(joint.embeddings.end(), answers.embeddings.begin(), answers.embeddings.end());
        joint.labels.insert(joint.labels.end(), answers.labels.begin(), answers.labels.end());
        LinearHeadOptions options;
        options.l2 = l2;
        options.folds = m_options.folds;
        options.seed = m_options.seed;
        options.threads = m_options.threads;
        options.stopRequested = m_options.stopRequested;
        return fitLinearHead(joint.embeddings, KnownPhotos::kWidth, joint.labels, static_cast<int>(classes()),
                             options);
    }

    /// Share of the held-out photos whose class `head` names, where its class `i` has the id `ids`[i].
    [[nodiscard]] double knownAccuracy(const Head& head, const QStringList& ids) const
    {
        const std::vector<float> logits = head.logits(m_heldOut.embeddings);
        const auto width = static_cast<std::size_t>(head.classes());
        int right = 0;
        for (std::size_t i = 0; i < m_heldOut.labels.size(); ++i) {
            const int said = best(std::span(logits).subspan(i * width, width));
            right += ids.value(said) == m_made.classes[m_heldOut.labels[i]];
        }
        return static_cast<double>(right) / static_cast<double>(m_heldOut.labels.size());
    }

    /// The guard.
    Result<void> judge()
    {
        QStringList own;
        for (const ModelClass& one : m_input.model->classes)
            own.append(one.id);
        m_made.knownAccuracy = knownAccuracy(m_made.head, m_made.classes);
        // Never below the package's by more than the bound: one point each time would add up.
        m_made.knownAccuracyBefore = knownAccuracy(m_input.packageHead, own);
        if (m_input.inUse) {
            m_made.knownAccuracyBefore = std::max(m_made.knownAccuracyBefore,
                                                  knownAccuracy(m_input.inUse->head, m_input.inUse->classes));
        }
        constexpr double kRounding = 1e-9;
        if (m_made.knownAccuracyBefore - m_made.knownAccuracy <= m_options.mostLost + kRounding)
            return {};
        const auto percent = [](double share) { return QLocale().toString(100 * share, 'f', 1) + u'%'; };
        return fail("worse-head",
                    LearningText::tr("It would be right on %1 of the model's held-out photos instead of %2.")
                        .arg(percent(m_made.knownAccuracy), percent(m_made.knownAccuracyBefore)),
                    LearningText::tr("It is tried again after more answers."));
    }

    /// Temperature and accuracy on photos that were not learnt from.
    Result<void> crossValidate(double l2)
    {
        std::vector<float> logits = m_made.head.logits(m_heldOut.embeddings);
        std::vector<int> labels = m_heldOut.labels;
        PhotoFolds dealt =
            PhotoFolds::deal(m_answers.labels, static_cast<int>(classes()), std::max(2, m_options.folds),
                             m_answers.labels.size(), m_options.seed, m_answers.groups);
        const double work =
            static_cast<double>((m_known.labels.size() + m_answers.labels.size()) * kWidth * classes());
        if (work > kManyFoldsWork)
            dealt.folds.resize(std::min<std::size_t>(dealt.folds.size(), 1));
        int right = 0;
        int asked = 0;
        for (const auto& [begin, end] : dealt.folds) {
            Rows rest;
            Rows fold;
            for (std::size_t i = 0; i < dealt.order.size(); ++i) {
                const std::size_t photo = dealt.order[i];
                (i >= begin && i < end ? fold : rest)
                    .append(m_answers.embedding(photo), m_answers.labels[photo]);
            }
            auto fitted = fit(m_known, rest, l2);
            if (!fitted)
                return fail(fitted.error());
            const std::vector<float> said =
                Head(std::move(fitted->weight), std::move(fitted->bias)).logits(fold.embeddings);
            for (std::size_t i = 0; i < fold.labels.size(); ++i) {
                right += best(std::span(said).subspan(i * classes(), classes())) == fold.labels[i];
                ++asked;
            }
            logits.insert(logits.end(), said.begin(), said.end());
            labels.insert(labels.end(), fold.labels.begin(), fold.labels.end());
        }
        if (asked > 0)
            m_made.accuracy = static_cast<double>(right) / asked;
        const auto temperature = fitTemperature(logits, labels, plattSmoothing(labels.size()));
        if (!temperature)
            return fail(temperature.error());
        m_made.temperature = temperature->temperature;
        return {};
    }

    /// The old head's weights were found for its answers.
    Result<void> chooseWeights()
    {
        if (isStopped())
            return fail(cancelledError());
        const KnownPhotos& known = *m_input.known;
        const std::vector<float> all = m_made.head.logits(known.val.embeddings);
        std::vector<float> logits;
        for (std::size_t i = 0; i < known.val.labels.size(); ++i) {
            for (const QString& id : known.classes) {
                const int label = m_numbers.value(id, -1);
                logits.push_back(
                    label < 0 ? kNoPhotosBias
                              : static_cast<float>(static_cast<double>(
                                                       all[i * classes() + static_cast<std::size_t>(label)]) /
                                                   m_made.temperature));
            }
        }
        const auto chosen = known.rehearsedWeights(logits, m_options.stopRequested);
        if (!chosen)
            return fail(chosen.error());
        m_made.weights = *chosen;
        return {};
    }

    const RetrainingInput& m_input;
    const RetrainingOptions& m_options;
    RetrainedHead m_made;
    QHash<QString, int> m_numbers; ///< of the classes, by label id
    Rows m_known;                  ///< what the model learnt from
    Rows m_heldOut;                ///< photos of its products that it did not learn from
    Rows m_answers;                ///< of the project
};

} // namespace

Result<RetrainedHead> retrainHead(const RetrainingInput& input, const RetrainingOptions& options)
{
    try {
        return Retraining(input, options).run();
    } catch (const std::bad_alloc&) {
        return fail("out-of-memory",
                    LearningText::tr("There is not enough memory to learn from so many photos."),
                    LearningText::tr("Close other programs and try again."));
    }
}

} // namespace goodsight
