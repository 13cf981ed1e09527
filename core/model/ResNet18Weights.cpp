#include "core/model/ResNet18Weights.h"

#include "core/model/ModelErrors.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <set>

namespace goodsight::resnet18 {

namespace {

using Infos = std::map<std::string, TensorInfo>;

const std::array kBatchNormParts{".weight", ".bias", ".running_mean", ".running_var"};

std::string join(std::string_view name, std::string_view part)
{
    return std::string(name).append(part);
}

/// Names and shapes that a network of `form` has, in the order of the network; -1 for the number of classes.
std::vector<std::pair<std::string, std::vector<int64_t>>> expectedTensors(Form form)
{
    std::vector<std::pair<std::string, std::vector<int64_t>>> expected;
    for (const Convolution& c : kConvolutions) {
        expected.emplace_back(join(c.name, ".weight"), std::vector<int64_t>{c.out, c.in, c.kernel, c.kernel});
        if (form == Form::Folded) {
            expected.emplace_back(join(c.name, ".bias"), std::vector<int64_t>{c.out});
            continue;
        }
        for (const char* part : kBatchNormParts)
            expected.emplace_back(join(c.batchNorm, part), std::vector<int64_t>{c.out});
    }
    expected.emplace_back("fc.weight", std::vector<int64_t>{-1, kEmbeddingSize});
    expected.emplace_back("fc.bias", std::vector<int64_t>{-1});
    return expected;
}

QString shapeWanted(std::vector<int64_t> shape, int64_t classes)
{
    if (shape.front() == -1 && classes < 0) {
        shape.erase(shape.begin());
        return QStringLiteral("Nx") + shapeText(shape);
    }
    std::replace(shape.begin(), shape.end(), int64_t{-1}, classes);
    return shapeText(shape);
}

QString missing(const std::string& name, const TensorSource& source)
{
    const QString wanted = QString::fromStdString(name);
    if (source.tensors().empty()) {
        return QCoreApplication::translate("goodsight::Model", "it has no tensor %1, nor any other")
            .arg(wanted);
    }
    return QCoreApplication::translate("goodsight::Model", "it has no tensor %1 (its first is %2)")
        .arg(wanted, quotedName(QString::fromStdString(source.tensors().front().first)));
}

bool isCounter(const std::string& name)
{
    return name.ends_with(".num_batches_tracked");
}

void fold(const Convolution& c, std::map<std::string, Tensor>& tensors)
{
    Tensor& weight = tensors.at(join(c.name, ".weight"));
    const std::vector<float>& gamma = tensors.at(join(c.batchNorm, ".weight")).values;
    const std::vector<float>& beta = tensors.at(join(c.batchNorm, ".bias")).values;
    const std::vector<float>& mean = tensors.at(join(c.batchNorm, ".running_mean")).values;
    const std::vector<float>& var = tensors.at(join(c.batchNorm, ".running_var")).values;
    const auto channels = static_cast<std::size_t>(c.out);
    const std::size_t perChannel = weight.values.size() / channels;
    Tensor bias{{c.out}, std::vector<float>(channels)};
    for (std::size_t o = 0; o < channels; ++o) {
        const double scale = double(gamma[o]) / std::sqrt(double(var[o]) + kBatchNormEpsilon);
        bias.values[o] = static_cast<float>(double(beta[o]) - double(mean[o]) * scale);
        float* row = weight.values.data() + o * perChannel;
        std::transform(row, row + perChannel, row,
                       [scale](float w) { return static_cast<float>(double(w) * scale); });
    }
    for (const char* part : kBatchNormParts)
        tensors.erase(join(c.batchNorm, part));
    tensors.insert_or_assign(join(c.name, ".bias"), std::move(bias));
}

} // namespace

Result<Layout> layoutOf(const TensorSource& source)
{
    const Infos infos(source.tensors().begin(), source.tensors().end());
    Layout layout;
    layout.form = infos.contains("bn1.weight") ? Form::StateDict : Form::Folded;
    int64_t classes = -1;
    std::set<std::string> known;
    for (const auto& [name, shape] : expectedTensors(layout.form)) {
        const auto found = infos.find(name);
        if (found == infos.end())
            return fail(modelerrors::wrongArchitecture(source.path(), missing(name, source)));
        const std::vector<int64_t>& actual = found->second.shape;
        bool fits = actual.size() == shape.size();
        for (std::size_t i = 0; fits && i < shape.size(); ++i) {
            if (shape[i] == -1 && classes < 0)
                classes = actual[i];
            fits = actual[i] == (shape[i] == -1 ? classes : shape[i]);
        }
        if (!fits) {
            return fail(modelerrors::wrongArchitecture(
                source.path(),
                QCoreApplication::translate("goodsight::Model", "%1 is %2 where %3 is expected")
                    .arg(QString::fromStdString(name), shapeText(actual), shapeWanted(shape, classes))));
        }
        known.insert(name);
    }
    for (const auto& [name, info] : source.tensors()) {
        if (!known.contains(name) && !isCounter(name)) {
            return fail(modelerrors::wrongArchitecture(
                source.path(), QCoreApplication::translate("goodsight::Model", "it has a tensor %1 too many")
                                   .arg(quotedName(QString::fromStdString(name)))));
        }
    }
    if (classes < 1 || classes > kMaxClasses) {
        return fail(modelerrors::wrongArchitecture(
            source.path(), QCoreApplication::translate("goodsight::Model", "fc.weight tells %1 classes apart")
                               .arg(classes)));
    }
    layout.classes = static_cast<int>(classes);
    return layout;
}

Result<std::map<std::string, Tensor>> foldedWeights(TensorSource& source)
{
    const auto layout = layoutOf(source);
    if (!layout)
        return fail(layout.error());
    std::vector<std::string> names;
    for (const auto& [name, shape] : expectedTensors(layout->form))
        names.push_back(name);
    auto tensors = source.read(names);
    if (!tensors)
        return tensors;
    if (layout->form == Form::StateDict) {
        for (const Convolution& c : kConvolutions)
            fold(c, *tensors);
    }
    if (auto finite = checkFinite(*tensors, source.path()); !finite)
        return fail(finite.error());
    return tensors;
}

std::vector<StateDictEntry> stateDict(const std::map<std::string, Tensor>& weights)
{
    std::vector<StateDictEntry> entries;
    for (const Convolution& c : kConvolutions) {
        const auto filled = [&c](double value) {
            return Tensor{{c.out},
                          std::vector<float>(static_cast<std::size_t>(c.out), static_cast<float>(value))};
        };
        entries.push_back({join(c.name, ".weight"), weights.at(join(c.name, ".weight"))});
        entries.push_back({join(c.batchNorm, ".weight"), filled(1)});
        entries.push_back({join(c.batchNorm, ".bias"), weights.at(join(c.name, ".bias"))});
        entries.push_back({join(c.batchNorm, ".running_mean"), filled(0)});
        entries.push_back({join(c.batchNorm, ".running_var"), filled(1 - kBatchNormEpsilon)});
        entries.push_back({join(c.batchNorm, ".num_batches_tracked"), Tensor{{}, {0}}, ElementType::I64});
    }
    entries.push_back({"fc.weight", weights.at("fc.weight")});
    entries.push_back({"fc.bias", weights.at("fc.bias")});
    return entries;
}

Result<void> checkFinite(const std::map<std::string, Tensor>& weights, const QString& path)
{
    for (const auto& [name, tensor] : weights) {
        const bool finite = std::all_of(tensor.values.begin(), tensor.values.end(),
                                        [](float value) { return std::isfinite(value); });
        if (!finite) {
            return fail(modelerrors::bad(
                path, QCoreApplication::translate("goodsight::Model", "%1 holds numbers that are not finite")
                          .arg(QString::fromStdString(name))));
        }
    }
    return {};
}

} // namespace goodsight::resnet18
