#include "core/learning/ViewPictures.h"

#include "core/inference/Guard.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace goodsight {

ViewPictures::ViewPictures(const TrainingSet& set, TrainingPlan plan, PreprocessSpec preprocessing,
                           DecodeLimits limits)
    : m_set(set)
    , m_plan(std::move(plan))
    , m_preprocessing(preprocessing)
    , m_limits(limits)
{}

Result<std::vector<QImage>> ViewPictures::make(std::size_t photo, std::span<const int> views, int side) const
{
    return guarded([&]() -> Result<std::vector<QImage>> {
        const TrainingPhoto& file = m_set.photos[photo];
        const auto bytes = readPicture(file.file, m_limits);
        if (!bytes)
            return fail(bytes.error());
        const auto decoded = decodeReduced(*bytes, file.file, sideForRecognition(m_preprocessing), m_limits);
        if (!decoded)
            return fail(decoded.error());
        const auto image = upright(decoded->image, decoded->orientation, file.file);
        if (!image)
            return fail(image.error());
        std::vector<QImage> pictures;
        pictures.reserve(views.size());
        for (const int view : views) {
            pictures.push_back(view == ViewRef::kPlain ? plainView(*image, m_preprocessing, side)
                                                       : randomView(*image, m_plan.augmentation, side,
                                                                    m_plan.viewSeed(file.sha256, view)));
        }
        return pictures;
    });
}

void forEachParallel(std::size_t count, int threads, const std::function<void(std::size_t)>& work)
{
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    const std::size_t wanted = threads == 0 ? cores : std::min(cores, static_cast<std::size_t>(threads));
    std::atomic<std::size_t> next = 0;
    const auto run = [&] {
        for (std::size_t i = next++; i < count; i = next++)
            work(i);
    };
    std::vector<std::jthread> helpers;
    for (std::size_t i = 1; i < std::min(wanted, count); ++i)
        helpers.emplace_back(run);
    run();
}

} // namespace goodsight
