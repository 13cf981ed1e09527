#pragma once

#include "core/dataset/DatasetStore.h"
#include "core/inference/CoOccurrence.h"

#include <vector>

namespace goodsight {

/// A person's answers in a project (accepted and corrected photos, as they are labelled now), the oldest
/// first: what CoOccurrence::learn() takes. The store's thread. Errors: the store's.
[[nodiscard]] Result<std::vector<TimedAnswer>> answersInOrder(const DatasetStore& store);

} // namespace goodsight
