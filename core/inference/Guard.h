#pragma once

#include "core/base/Result.h"
#include "core/inference/InferenceText.h"

#include <exception>
#include <new>
#include <type_traits>

namespace goodsight {

/// Runs `work` (which returns a Result) and turns what it throws into an Error: std::bad_alloc into
/// "out-of-memory", everything else into "internal". For the outermost call of a thread.
template <typename Work>
[[nodiscard]] std::invoke_result_t<Work> guarded(Work&& work)
{
    try {
        return work();
    } catch (const std::bad_alloc&) {
        return fail("out-of-memory", InferenceText::tr("There is not enough memory for this photo."),
                    InferenceText::tr("Close other programs, or use a smaller photo."));
    } catch (const std::exception& e) {
        return fail("internal", InferenceText::tr("Recognition failed: %1").arg(QString::fromUtf8(e.what())));
    } catch (...) {
        return fail("internal", InferenceText::tr("Recognition failed for an unknown reason."));
    }
}

} // namespace goodsight
