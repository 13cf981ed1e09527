#include "core/inference/Backend.h"
#include "core/inference/TorchApi.h"
#include "core/torch/TorchBackend.h"
#include "core/torch/TorchTrainable.h"

#include <QtGlobal>

namespace {

class Api final : public goodsight::TorchApi {
public:
    [[nodiscard]] int version() const override { return kVersion; }
    [[nodiscard]] goodsight::Result<std::unique_ptr<goodsight::Backend>>
    makeBackend(const goodsight::ModelPackage& package, int threads) override
    {
        return goodsight::makeTorchBackend(package, threads);
    }
    [[nodiscard]] goodsight::Result<std::unique_ptr<goodsight::TrainableNetwork>>
    makeTrainable(const goodsight::TrainableSpec& spec) override
    {
        return goodsight::makeTorchTrainable(spec);
    }
};

} // namespace

extern "C" Q_DECL_EXPORT goodsight::TorchApi* goodsight_torch_api();

/// The one door of this library; see core/inference/TorchApi.h.
goodsight::TorchApi* goodsight_torch_api()
{
    static Api api;
    return &api;
}
