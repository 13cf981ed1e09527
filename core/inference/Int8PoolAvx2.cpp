#include "core/inference/Int8Pool.h"
#include "core/inference/Int8PoolImpl.h"

namespace goodsight::int8 {

PoolRow poolRowAvx2([[maybe_unused]] int block)
{
#ifdef GOODSIGHT_X86_KERNELS
    return block == 16 ? poolRowOf<16> : poolRowOf<8>;
#else
    return nullptr;
#endif
}

} // namespace goodsight::int8
