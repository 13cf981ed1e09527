#include "core/inference/Int8Pool.h"

#include "core/inference/Int8PoolImpl.h"
#include "core/inference/OneDnnPrimitives.h"

namespace goodsight::int8 {

PoolRow poolRow(int block)
{
    if (const PoolRow fast = onednn::hasAvx2() ? poolRowAvx2(block) : nullptr)
        return fast;
    return block == 16 ? poolRowOf<16> : poolRowOf<8>;
}

} // namespace goodsight::int8
