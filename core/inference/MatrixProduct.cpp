#include "core/inference/MatrixProduct.h"

#include <oneapi/dnnl/dnnl.h>

#include <omp.h>

namespace goodsight {

void multiply(std::size_t rows, std::size_t columns, std::size_t inner, const MatrixView& a,
              const MatrixView& b, float beta, float* out, std::size_t outStride)
{
    if (rows == 0 || columns == 0 || inner == 0)
        return;
    // oneDNN plans for all threads that it may ask for and leaves undone what a smaller team has nobody for.
    if (const int most = omp_get_thread_limit(); most < omp_get_max_threads())
        omp_set_num_threads(most);
    const auto size = [](std::size_t value) { return static_cast<dnnl_dim_t>(value); };
    dnnl_sgemm(a.transposed ? 'T' : 'N', b.transposed ? 'T' : 'N', size(rows), size(columns), size(inner),
               1.0F, a.data, size(a.stride), b.data, size(b.stride), beta, out, size(outStride));
}

} // namespace goodsight
