#pragma once

#include "core/imaging/ImageDecoder.h"
#include "core/imaging/Preprocess.h"
#include "core/learning/TrainingPlan.h"
#include "core/learning/TrainingSet.h"

#include <QImage>

#include <functional>
#include <span>
#include <vector>

namespace goodsight {

/// One view of one photo.
struct ViewRef {
    static constexpr int kPlain = -1; ///< what recognition sees
    std::size_t photo = 0;            ///< index of TrainingSet::photos
    int view = kPlain;                ///< number of the random view
};

/// Makes the pictures of views. Any thread.
class ViewPictures {
public:
    /// `set` outlives it.
    ViewPictures(const TrainingSet& set, TrainingPlan plan, PreprocessSpec preprocessing,
                 DecodeLimits limits);

    /// The views `views` of one photo at side x side (Format_RGB888); the photo is decoded once. Errors: the
    /// decoder's.
    [[nodiscard]] Result<std::vector<QImage>> make(std::size_t photo, std::span<const int> views,
                                                   int side) const;
    /// The kept view `view` of each photo, as make() numbers it.
    [[nodiscard]] int kept(int view) const { return m_plan.isPlain(view) ? ViewRef::kPlain : view; }

    [[nodiscard]] const PreprocessSpec& preprocessing() const { return m_preprocessing; }
    [[nodiscard]] const TrainingPhoto& photo(std::size_t index) const { return m_set.photos[index]; }

private:
    const TrainingSet& m_set;
    const TrainingPlan m_plan;
    const PreprocessSpec m_preprocessing;
    const DecodeLimits m_limits;
};

/// Calls work(0) … work(count - 1) on `threads` threads (0: all cores); work throws nothing.
void forEachParallel(std::size_t count, int threads, const std::function<void(std::size_t)>& work);

} // namespace goodsight
