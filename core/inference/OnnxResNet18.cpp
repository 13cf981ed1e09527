#include "core/inference/OnnxResNet18.h"

#include "core/inference/InferenceText.h"
#include "core/inference/ResNet18Graph.h"
#include "core/model/ModelErrors.h"

#include <QHash>
#include <QMap>

namespace goodsight::onnxresnet18 {

namespace {

const QByteArray kInput = QByteArrayLiteral("input");
const QByteArray kLogits = QByteArrayLiteral("logits");
const QByteArray kEmbedding = QByteArrayLiteral("embedding");
constexpr qint64 kPoolKernel = 3;
constexpr qint64 kPoolStride = 2;

using Numbers = QMap<QByteArray, QList<qint64>>;

const resnet18::Convolution& convolution(int index)
{
    return resnet18::kConvolutions[static_cast<std::size_t>(index)];
}

QByteArray nameOf(int index)
{
    const std::string_view name = convolution(index).name;
    return {name.data(), static_cast<qsizetype>(name.size())};
}

Numbers windowNumbers(qint64 kernel, qint64 stride)
{
    const qint64 padding = kernel / 2;
    return {{QByteArrayLiteral("kernel_shape"), {kernel, kernel}},
            {QByteArrayLiteral("strides"), {stride, stride}},
            {QByteArrayLiteral("pads"), {padding, padding, padding, padding}}};
}

Numbers flattenNumbers()
{
    return {{QByteArrayLiteral("axis"), {1}}};
}

Numbers gemmNumbers()
{
    return {{QByteArrayLiteral("transB"), {1}}};
}

/// Adds operations to a graph; each call gives the name of what it computes.
class Builder {
public:
    explicit Builder(OnnxFile& file)
        : m_file(file)
    {}

    QByteArray add(const char* operation, const QList<QByteArray>& inputs, const QByteArray& output,
                   const Numbers& numbers = {})
    {
        m_file.nodes.append({operation, inputs, {output}, numbers});
        return output;
    }
    QByteArray conv(int index, const QByteArray& input)
    {
        const QByteArray name = nameOf(index);
        return add("Conv", {input, name + ".weight", name + ".bias"}, name,
                   windowNumbers(convolution(index).kernel, convolution(index).stride));
    }
    QByteArray relu(const QByteArray& input) { return add("Relu", {input}, input + ".relu"); }

private:
    OnnxFile& m_file;
};

/// Follows a graph from its outputs back to its input and takes the weights it meets. The first thing that is
/// not ResNet-18 is kept in problem(); the steps after it give empty names.
class Walker {
public:
    explicit Walker(const OnnxFile& file)
        : m_file(file)
    {
        for (const OnnxNode& node : file.nodes) {
            for (const QByteArray& output : node.outputs)
                m_makers.insert(output, &node);
        }
    }

    [[nodiscard]] const QByteArray& problem() const { return m_problem; }
    [[nodiscard]] std::map<std::string, Tensor>& weights() { return m_weights; }

    void expect(bool condition, const QByteArray& otherwise)
    {
        if (!condition && m_problem.isEmpty())
            m_problem = otherwise;
    }
    /// What the `operation` that makes `value` reads: `count` values, or as many empty names.
    QList<QByteArray> before(const char* operation, const QByteArray& value, qsizetype count,
                             const Numbers& numbers = {})
    {
        const OnnxNode* const node = m_makers.value(value);
        const bool fits =
            node && node->operation == operation && node->inputs.size() == count && node->numbers == numbers;
        expect(fits, value + ": " + operation);
        return fits ? node->inputs : QList<QByteArray>(count);
    }
    QByteArray beforeRelu(const QByteArray& value) { return before("Relu", value, 1)[0]; }
    QByteArray beforeConv(int index, const QByteArray& value)
    {
        const resnet18::Convolution& c = convolution(index);
        const QList<QByteArray> inputs = before("Conv", value, 3, windowNumbers(c.kernel, c.stride));
        take(std::string(c.name) + ".weight", inputs[1], {c.out, c.in, c.kernel, c.kernel});
        take(std::string(c.name) + ".bias", inputs[2], {c.out});
        return inputs[0];
    }
    QByteArray beforeBlock(const resnet18::Block& block, const QByteArray& value)
    {
        const QList<QByteArray> summands = before("Add", beforeRelu(value), 2);
        const QByteArray input = beforeConv(block.conv1, beforeRelu(beforeConv(block.conv2, summands[0])));
        const bool projected = block.downsample != resnet18::kNoDownsample;
        expect((projected ? beforeConv(block.downsample, summands[1]) : summands[1]) == input,
               value + ": shortcut");
        return input;
    }
    /// fc; `classes` rows.
    QByteArray beforeGemm(const QByteArray& value, int64_t classes)
    {
        const QList<QByteArray> inputs = before("Gemm", value, 3, gemmNumbers());
        take("fc.weight", inputs[1], {classes, resnet18::kEmbeddingSize});
        take("fc.bias", inputs[2], {classes});
        return inputs[0];
    }

private:
    void take(const std::string& name, const QByteArray& initializer, const std::vector<int64_t>& shape)
    {
        const auto found = m_file.initializers.find(initializer.toStdString());
        const bool fits = found != m_file.initializers.end() && found->second.shape == shape;
        expect(fits, QByteArray::fromStdString(name));
        if (fits)
            m_weights.insert_or_assign(name, found->second);
    }

    const OnnxFile& m_file;
    QHash<QByteArray, const OnnxNode*> m_makers;
    std::map<std::string, Tensor> m_weights;
    QByteArray m_problem;
};

/// Whether `value` is called `name` and has any number of rows of `shape`.
bool isValue(const OnnxValue& value, const QByteArray& name, std::vector<int64_t> shape)
{
    shape.insert(shape.begin(), -1);
    return value.name == name && value.shape == shape;
}

} // namespace

OnnxFile fromPackage(const ModelPackage& package)
{
    OnnxFile file;
    file.graph = resnet18::kArchitecture.data();
    file.initializers = package.weights;
    file.inputs = {{kInput, {-1, 3, resnet18::kInputSide, resnet18::kInputSide}}};
    file.outputs = {{kLogits, {-1, package.classes.size()}}, {kEmbedding, {-1, resnet18::kEmbeddingSize}}};
    Builder graph(file);
    QByteArray x = graph.relu(graph.conv(0, kInput));
    x = graph.add("MaxPool", {x}, "maxpool", windowNumbers(kPoolKernel, kPoolStride));
    for (const resnet18::Block& block : resnet18::kBlocks) {
        const QByteArray main = graph.conv(block.conv2, graph.relu(graph.conv(block.conv1, x)));
        const QByteArray around =
            block.downsample == resnet18::kNoDownsample ? x : graph.conv(block.downsample, x);
        x = graph.relu(graph.add("Add", {main, around}, main + ".sum"));
    }
    x = graph.add("GlobalAveragePool", {x}, "avgpool");
    x = graph.add("Flatten", {x}, kEmbedding, flattenNumbers());
    graph.add("Gemm", {x, "fc.weight", "fc.bias"}, kLogits, gemmNumbers());
    return file;
}

Result<std::map<std::string, Tensor>> weightsOf(const OnnxFile& file, const QString& path)
{
    Walker walk(file);
    walk.expect(file.opset == OnnxFile::kOpset, "opset");
    const std::vector<int64_t> answer = file.outputs.value(0).shape;
    const int64_t classes = answer.size() == 2 ? answer[1] : -1;
    walk.expect(file.inputs.size() == 1 &&
                    isValue(file.inputs[0], kInput, {3, resnet18::kInputSide, resnet18::kInputSide}),
                kInput);
    walk.expect(file.outputs.size() == 2 && isValue(file.outputs[0], kLogits, {classes}) &&
                    isValue(file.outputs[1], kEmbedding, {resnet18::kEmbeddingSize}),
                kLogits);
    walk.expect(walk.beforeGemm(kLogits, classes) == kEmbedding, kEmbedding);
    QByteArray x = walk.before("Flatten", kEmbedding, 1, flattenNumbers())[0];
    x = walk.before("GlobalAveragePool", x, 1)[0];
    for (auto block = resnet18::kBlocks.rbegin(); block != resnet18::kBlocks.rend(); ++block)
        x = walk.beforeBlock(*block, x);
    x = walk.before("MaxPool", x, 1, windowNumbers(kPoolKernel, kPoolStride))[0];
    walk.expect(walk.beforeConv(0, walk.beforeRelu(x)) == kInput, kInput);
    walk.expect(walk.weights().size() == file.initializers.size(), "initializers");
    if (!walk.problem().isEmpty()) {
        return fail(modelerrors::bad(path, InferenceText::tr("its graph is not a ResNet-18's at “%1”")
                                               .arg(QString::fromUtf8(walk.problem()))));
    }
    return std::move(walk.weights());
}

} // namespace goodsight::onnxresnet18
