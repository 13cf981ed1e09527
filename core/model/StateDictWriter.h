#pragma once

#include "core/model/Tensor.h"

namespace goodsight {

/// One entry of a state_dict.
struct StateDictEntry {
    std::string name;
    Tensor tensor;
    /// F32, or I64 for counters, whose values are whole numbers.
    ElementType type = ElementType::F32;
};

/// Writes `entries`, in their order, as torch.save writes a state_dict (zip format of torch 1.6 and later, an
/// OrderedDict in pickle protocol 2, each tensor a contiguous storage of its own): what StateDictFile reads,
/// and torch.load(…, weights_only=True). To a temporary name that is renamed when all is on the disk.
/// Errors: "disk-full", "unwritable", "bad-model" (a shape that is not that of the numbers).
[[nodiscard]] Result<void> writeStateDict(const QString& path, const std::vector<StateDictEntry>& entries);

} // namespace goodsight
