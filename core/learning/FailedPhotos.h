#pragma once

#include "core/learning/TrainingSet.h"

#include <QSet>

namespace goodsight {

/// Photos of a run that could not be read, remembered in the run's folder, so that a resumed run leaves out
/// the same ones. One thread.
class FailedPhotos {
public:
    /// `set` must outlive it.
    FailedPhotos(const TrainingSet& set, const QString& folder);

    /// What an earlier start of the run wrote down.
    void read();
    /// Adds an index of the set's photos; false where it was there.
    bool add(std::size_t photo);
    [[nodiscard]] bool contains(std::size_t photo) const { return m_photos.contains(photo); }
    /// Their files, sorted.
    [[nodiscard]] QStringList files() const;

private:
    const TrainingSet& m_set;
    const QString m_file;
    QSet<std::size_t> m_photos;
};

} // namespace goodsight
