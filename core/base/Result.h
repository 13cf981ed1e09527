#pragma once

#include "core/base/Error.h"

#include <tl/expected.hpp>

namespace goodsight {

/// A value or an expected failure. Unexpected failures (broken invariants) are assertions, not Results.
template <typename T>
using Result = tl::expected<T, Error>;

/// Shorthand for returning a failure: `return fail("empty-file", tr("…"), tr("…"));`
[[nodiscard]] inline tl::unexpected<Error> fail(const char* code, QString message, QString hint = {})
{
    return tl::unexpected<Error>(Error{QString::fromLatin1(code), std::move(message), std::move(hint)});
}

/// Passes another call's failure on.
[[nodiscard]] inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

} // namespace goodsight
