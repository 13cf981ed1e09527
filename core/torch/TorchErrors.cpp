#include "core/torch/TorchErrors.h"

#include "core/inference/InferenceText.h"

#include <c10/util/Exception.h>

#include <new>
#include <string_view>

namespace goodsight {

namespace {

Error outOfMemory()
{
    return {QStringLiteral("out-of-memory"),
            InferenceText::tr("There is not enough memory to run the model."),
            InferenceText::tr("Close other programs, or recognise fewer photos at once.")};
}

Error failed(const char* what)
{
    return {QStringLiteral("backend-failed"),
            InferenceText::tr("LibTorch failed: %1").arg(QString::fromUtf8(what).section(u'\n', 0, 0)),
            {}};
}

} // namespace

Error torchError()
{
    try {
        throw;
    } catch (const std::bad_alloc&) {
        return outOfMemory();
    } catch (const c10::Error& e) {
        // LibTorch's own allocator reports a plain error instead of std::bad_alloc.
        if (std::string_view(e.what_without_backtrace()).find("CPUAllocator") != std::string_view::npos)
            return outOfMemory();
        return failed(e.what_without_backtrace());
    } catch (const std::exception& e) {
        return failed(e.what());
    } catch (...) {
        return failed("unknown exception");
    }
}

} // namespace goodsight
