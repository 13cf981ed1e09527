#include "core/base/Memory.h"

#include <cstdlib> // tells the C library

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace goodsight {

void memory::giveBack()
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

} // namespace goodsight
