#pragma once

#include "core/base/SerialExecutor.h"
#include "core/labels/LabelSearch.h"

#include <QHash>
#include <QList>
#include <QObject>

namespace goodsight {

class ProjectSession;

/// All labels that the window can name and find: the project's and the model's. UI thread; the search is
/// built in the background and takes over when it is ready.
class LabelIndex : public QObject {
    Q_OBJECT
public:
    explicit LabelIndex(ProjectSession& project, QObject* parent = nullptr);
    ~LabelIndex() override;

    /// The model's classes; the project's labels win where both know an id.
    void setModelLabels(const QList<Label>& labels);

    /// Best matches first, at most `most`: Chinese, English, SKU, pinyin and its initials.
    [[nodiscard]] QList<Label> search(const QString& text, int most) const;
    /// The label of `id`; one with only the id when nobody knows it.
    [[nodiscard]] Label label(const QString& id) const;
    /// A label whose Chinese or English name is exactly `name`, or one without id.
    [[nodiscard]] Label exact(const QString& name) const;
    [[nodiscard]] int count() const { return static_cast<int>(m_labels.size()); }

Q_SIGNALS:
    void changed();

private:
    void rebuild();

    ProjectSession& m_project;
    QList<Label> m_modelLabels;
    QHash<QString, Label> m_labels;
    QList<Label> m_ordered;
    LabelSearch m_search;
    quint64 m_generation = 0;
    // Last member: its thread is joined before anything above goes away.
    SerialExecutor m_builder{QStringLiteral("goodsight-labels")};
};

/// The name to read first in the interface's language, and the other one.
[[nodiscard]] QString primaryName(const Label& label, bool englishFirst);
[[nodiscard]] QString secondaryName(const Label& label, bool englishFirst);
/// True when the interface speaks English now.
[[nodiscard]] bool interfaceIsEnglish();

} // namespace goodsight
