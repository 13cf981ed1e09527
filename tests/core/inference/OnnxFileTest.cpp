#include "core/inference/OnnxFile.h"

#include "core/inference/OnnxResNet18.h"
#include "core/inference/Protobuf.h"
#include "tests/core/inference/FormulaModel.h"
#include "tests/support/TestSupport.h"

#include <QFile>

#include <gtest/gtest.h>

#include <functional>
#include <random>

using namespace goodsight;

namespace {

const QString kPath = QStringLiteral("/x/模型.onnx");

OnnxFile small()
{
    QFile file(testsupport::sourceDir() + QStringLiteral("/tests/core/inference/data/small.onnx"));
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    const auto read = OnnxFile::read(file.readAll(), file.fileName());
    EXPECT_TRUE(read);
    return read.value_or(OnnxFile{});
}

void expectSame(const OnnxFile& got, const OnnxFile& wanted)
{
    EXPECT_EQ(got.opset, wanted.opset);
    EXPECT_EQ(got.graph, wanted.graph);
    EXPECT_EQ(got.metadata, wanted.metadata);
    ASSERT_EQ(got.nodes.size(), wanted.nodes.size());
    for (qsizetype i = 0; i < got.nodes.size(); ++i) {
        EXPECT_EQ(got.nodes[i].operation, wanted.nodes[i].operation);
        EXPECT_EQ(got.nodes[i].inputs, wanted.nodes[i].inputs);
        EXPECT_EQ(got.nodes[i].outputs, wanted.nodes[i].outputs);
        EXPECT_EQ(got.nodes[i].numbers, wanted.nodes[i].numbers);
    }
    ASSERT_EQ(got.initializers.size(), wanted.initializers.size());
    for (const auto& [name, tensor] : wanted.initializers) {
        EXPECT_EQ(got.initializers.at(name).shape, tensor.shape) << name;
        EXPECT_EQ(got.initializers.at(name).values, tensor.values) << name;
    }
    ASSERT_EQ(got.inputs.size(), wanted.inputs.size());
    EXPECT_EQ(got.inputs[0].name, wanted.inputs[0].name);
    EXPECT_EQ(got.inputs[0].shape, wanted.inputs[0].shape);
    ASSERT_EQ(got.outputs.size(), wanted.outputs.size());
    for (qsizetype i = 0; i < got.outputs.size(); ++i)
        EXPECT_EQ(got.outputs[i].shape, wanted.outputs[i].shape);
}

/// The formula model's file, changed, read back and followed: the code of the error, or empty.
QString codeWith(const std::function<void(OnnxFile&)>& change)
{
    OnnxFile file = onnxresnet18::fromPackage(testsupport::formulaModel());
    change(file);
    const auto weights = onnxresnet18::weightsOf(file, kPath);
    if (weights)
        return {};
    EXPECT_TRUE(weights.error().message.contains(QStringLiteral("模型.onnx")));
    return weights.error().code;
}

OnnxNode& nodeOf(OnnxFile& file, const QByteArray& output)
{
    return *std::find_if(file.nodes.begin(), file.nodes.end(),
                         [&](const OnnxNode& node) { return node.outputs.contains(output); });
}

} // namespace

TEST(Protobuf, NumbersAndTextsComeBack)
{
    protobuf::Writer writer;
    for (const qint64 value : {qint64{0}, qint64{1}, qint64{127}, qint64{128}, qint64{300}, qint64{-1}})
        writer.integer(20, value);
    writer.text(1, QByteArrayLiteral("苹果"));
    writer.text(2, {});
    EXPECT_TRUE(writer.bytes().startsWith(QByteArray::fromHex("a00100a00101a0017fa0018001a001ac02")));
    protobuf::Reader reader(writer.bytes());
    for (const qint64 value : {qint64{0}, qint64{1}, qint64{127}, qint64{128}, qint64{300}, qint64{-1}}) {
        const auto field = reader.next();
        ASSERT_TRUE(field);
        EXPECT_EQ(field->number, 20);
        EXPECT_EQ(field->integer, value);
    }
    EXPECT_EQ(reader.next()->text, QByteArrayLiteral("苹果"));
    EXPECT_EQ(reader.next()->number, 2);
    EXPECT_FALSE(reader.next());
    EXPECT_FALSE(reader.broken());
}

TEST(Protobuf, BrokenBytesAreSaidAndNothingBehindThemIsRead)
{
    for (const char* hex : {"08", "0880", "0a05", "0a0561", "0d0000", "0900", "0b", "00",
                            "0affffffffffffffffff01", "08ffffffffffffffffffffff01"}) {
        const QByteArray bytes = QByteArray::fromHex(hex);
        protobuf::Reader reader(bytes);
        EXPECT_FALSE(reader.next()) << hex;
        EXPECT_TRUE(reader.broken()) << hex;
        EXPECT_FALSE(reader.next()) << hex;
    }
}

// The file is the onnx package's own, so that field numbers which writer and reader both have wrong would
// show.
TEST(OnnxFile, ReadsWhatTheOnnxPackageWrote)
{
    const OnnxFile file = small();
    EXPECT_EQ(file.opset, 13);
    EXPECT_EQ(file.graph, "small");
    ASSERT_EQ(file.nodes.size(), 3);
    EXPECT_EQ(file.nodes[0].operation, "MaxPool");
    EXPECT_EQ(file.nodes[0].numbers.value("kernel_shape"), (QList<qint64>{2, 2}));
    EXPECT_EQ(file.nodes[0].numbers.value("pads"), (QList<qint64>{0, 0, 0, 0}));
    EXPECT_EQ(file.nodes[1].numbers.value("axis"), QList<qint64>{1});
    EXPECT_EQ(file.nodes[2].inputs, (QList<QByteArray>{"flat", "重.weight", "bias"}));
    EXPECT_EQ(file.nodes[2].outputs, QList<QByteArray>{"answer"});
    EXPECT_EQ(file.initializers.at("重.weight").shape, (std::vector<int64_t>{2, 4}));
    EXPECT_EQ(file.initializers.at("重.weight").values.front(), -2.0F);
    EXPECT_EQ(file.initializers.at("bias").values, (std::vector<float>{0.25F, -0.25F}));
    ASSERT_EQ(file.inputs.size(), 1);
    EXPECT_EQ(file.inputs[0].name, "picture");
    EXPECT_EQ(file.inputs[0].shape, (std::vector<int64_t>{-1, 1, 4, 4}));
    EXPECT_EQ(file.outputs[0].shape, (std::vector<int64_t>{-1, 2}));
    EXPECT_EQ(file.metadata.value("classes"), QByteArrayLiteral("苹果"));
}

TEST(OnnxFile, WhatItWritesItReads)
{
    const OnnxFile file = small();
    const auto again = OnnxFile::read(file.write(), kPath);
    ASSERT_TRUE(again) << qPrintable(again.error().message);
    expectSame(*again, file);
}

TEST(OnnxFile, AFileCutAnywhereOrSpoiltIsRefusedOrReadButNeverHarms)
{
    const QByteArray bytes = small().write();
    for (qsizetype size = 0; size < bytes.size(); ++size) {
        const auto cut = OnnxFile::read(QByteArrayView(bytes).first(size), kPath);
        EXPECT_TRUE(!cut || cut->metadata.isEmpty()) << size; // only between fields is it still a message
    }
    std::mt19937 random(1);
    for (int round = 0; round < 3000; ++round) {
        QByteArray spoilt = bytes;
        for (int i = 0; i < 3; ++i)
            spoilt[static_cast<qsizetype>(random() % static_cast<unsigned>(spoilt.size()))] =
                static_cast<char>(random() & 0xFF);
        if (const auto read = OnnxFile::read(spoilt, kPath); !read) {
            EXPECT_EQ(read.error().code, QStringLiteral("bad-model"));
        }
    }
    EXPECT_FALSE(OnnxFile::read({}, kPath));
    EXPECT_FALSE(OnnxFile::read(QByteArrayLiteral("not a model"), kPath));
}

TEST(OnnxResNet18, TheWeightsComeBackAlongTheGraph)
{
    const ModelPackage package = testsupport::formulaModel();
    const auto file = OnnxFile::read(onnxresnet18::fromPackage(package).write(), kPath);
    ASSERT_TRUE(file) << qPrintable(file.error().message);
    EXPECT_EQ(file->nodes.size(), 49);
    const auto weights = onnxresnet18::weightsOf(*file, kPath);
    ASSERT_TRUE(weights) << qPrintable(weights.error().message);
    ASSERT_EQ(weights->size(), package.weights.size());
    for (const auto& [name, tensor] : package.weights)
        EXPECT_EQ(weights->at(name).values, tensor.values) << name;
}

TEST(OnnxResNet18, NamesDoNotMatterButWiringDoes)
{
    EXPECT_EQ(codeWith([](OnnxFile&) {}), QString());
    // Two convolutions read each other's weights: what is found is what each of them would compute.
    OnnxFile swapped = onnxresnet18::fromPackage(testsupport::formulaModel());
    std::swap(nodeOf(swapped, "layer1.0.conv1").inputs[1], nodeOf(swapped, "layer1.0.conv2").inputs[1]);
    const auto weights = onnxresnet18::weightsOf(swapped, kPath);
    ASSERT_TRUE(weights);
    EXPECT_EQ(weights->at("layer1.0.conv1.weight").values,
              swapped.initializers.at("layer1.0.conv2.weight").values);

    const QString bad = QStringLiteral("bad-model");
    EXPECT_EQ(codeWith([](OnnxFile& f) { nodeOf(f, "layer2.0.conv2").inputs[0] = "maxpool"; }), bad);
    EXPECT_EQ(codeWith([](OnnxFile& f) { nodeOf(f, "layer3.1.conv2.sum").inputs[1] = "maxpool"; }), bad);
    EXPECT_EQ(codeWith([](OnnxFile& f) { nodeOf(f, "layer4.0.conv1").numbers["strides"] = {1, 1}; }), bad);
    EXPECT_EQ(codeWith([](OnnxFile& f) { nodeOf(f, "maxpool").operation = "AveragePool"; }), bad);
    EXPECT_EQ(codeWith([](OnnxFile& f) { nodeOf(f, "logits").numbers.clear(); }), bad);
    EXPECT_EQ(codeWith([](OnnxFile& f) { f.nodes.removeLast(); }), bad);
    EXPECT_EQ(codeWith([](OnnxFile& f) { f.initializers.erase("fc.bias"); }), bad);
    EXPECT_EQ(codeWith([](OnnxFile& f) { f.initializers["conv1.bias"].shape = {32, 2}; }), bad);
    EXPECT_EQ(codeWith([](OnnxFile& f) { f.initializers["more"] = Tensor{{1}, {1}}; }), bad);
    EXPECT_EQ(codeWith([](OnnxFile& f) { f.outputs.removeLast(); }), bad);
    EXPECT_EQ(codeWith([](OnnxFile& f) { f.inputs[0].shape[0] = 1; }), bad);
    EXPECT_EQ(codeWith([](OnnxFile& f) { f.opset = 17; }), bad);
    EXPECT_EQ(codeWith([](OnnxFile& f) { f = {}; }), bad);
}
