#include "core/inference/OnnxFile.h"

#include "core/inference/InferenceText.h"
#include "core/inference/Protobuf.h"
#include "core/model/ModelErrors.h"

#include <QtEndian>

namespace goodsight {

namespace {

using protobuf::Reader;
using protobuf::Writer;

// Numbers of the fields in onnx.proto, by message.
namespace model {
enum : int { IrVersion = 1, Producer = 2, ProducerVersion = 3, Graph = 7, OpsetImport = 8, Metadata = 14 };
}
namespace graph {
enum : int { Node = 1, Name = 2, Initializer = 5, Input = 11, Output = 12 };
}
namespace node {
enum : int { Input = 1, Output = 2, Name = 3, Operation = 4, Attribute = 5 };
}
namespace attribute {
enum : int { Name = 1, Integer = 3, Integers = 8, Type = 20 };
enum : int { TypeInteger = 2, TypeIntegers = 7 };
} // namespace attribute
namespace tensor {
enum : int { Dimension = 1, DataType = 2, Name = 8, RawData = 9 };
}
namespace pair { // StringStringEntryProto
enum : int { Key = 1, Value = 2 };
}
namespace opset {
enum : int { Domain = 1, Version = 2 };
}
namespace value { // ValueInfoProto, TypeProto, TypeProto.Tensor, TensorShapeProto, its Dimension
enum : int { Name = 1, Type = 2 };
enum : int { TensorType = 1 };
enum : int { ElementType = 1, Shape = 2 };
enum : int { Dimension = 1 };
enum : int { Size = 1, SizeName = 2 };
} // namespace value

constexpr int kFloat = 1;     ///< TensorProto.DataType
constexpr int kIrVersion = 7; ///< the one of opset 13's time

Writer nodeMessage(const OnnxNode& item, const QByteArray& name)
{
    Writer out;
    for (const QByteArray& input : item.inputs)
        out.text(node::Input, input);
    for (const QByteArray& output : item.outputs)
        out.text(node::Output, output);
    out.text(node::Name, name);
    out.text(node::Operation, item.operation);
    for (auto it = item.numbers.begin(); it != item.numbers.end(); ++it) {
        const bool single = it->size() == 1;
        Writer field;
        field.text(attribute::Name, it.key());
        for (const qint64 number : *it)
            field.integer(single ? attribute::Integer : attribute::Integers, number);
        field.integer(attribute::Type, single ? attribute::TypeInteger : attribute::TypeIntegers);
        out.message(node::Attribute, field);
    }
    return out;
}

Writer tensorMessage(const std::string& name, const Tensor& item)
{
    Writer out;
    for (const int64_t size : item.shape)
        out.integer(tensor::Dimension, size);
    out.integer(tensor::DataType, kFloat);
    out.text(tensor::Name, QByteArray::fromStdString(name));
    const auto count = static_cast<qsizetype>(item.values.size());
    QByteArray raw(count * qsizetype{sizeof(float)}, Qt::Uninitialized);
    if (count > 0)
        qToLittleEndian<float>(item.values.data(), count, raw.data());
    out.text(tensor::RawData, raw);
    return out;
}

Writer valueMessage(const OnnxValue& item)
{
    Writer shape;
    for (const int64_t size : item.shape) {
        Writer dimension;
        if (size < 0)
            dimension.text(value::SizeName, QByteArrayLiteral("batch"));
        else
            dimension.integer(value::Size, size);
        shape.message(value::Dimension, dimension);
    }
    Writer tensorType;
    tensorType.integer(value::ElementType, kFloat);
    tensorType.message(value::Shape, shape);
    Writer type;
    type.message(value::TensorType, tensorType);
    Writer out;
    out.text(value::Name, item.name);
    out.message(value::Type, type);
    return out;
}

QByteArray bytesOf(QByteArrayView view)
{
    return view.toByteArray();
}

/// Calls `take` for each field of `message`; false where it is no message.
template <typename Take>
bool eachField(QByteArrayView message, Take&& take)
{
    Reader reader(message);
    while (const auto field = reader.next()) {
        if (!take(*field))
            return false;
    }
    return !reader.broken();
}

/// A repeated whole number: one field each, or many packed into one.
bool addNumbers(const protobuf::Field& field, QList<qint64>& numbers)
{
    if (field.text.isNull()) {
        numbers.append(field.integer);
        return true;
    }
    Reader packed(field.text);
    while (const auto number = packed.varint())
        numbers.append(static_cast<qint64>(*number));
    return !packed.broken();
}

bool readAttribute(QByteArrayView message, OnnxNode& item)
{
    QByteArray name;
    QList<qint64> numbers;
    const bool whole = eachField(message, [&](const protobuf::Field& field) {
        if (field.number == attribute::Name)
            name = bytesOf(field.text);
        else if (field.number == attribute::Integer || field.number == attribute::Integers)
            return addNumbers(field, numbers);
        return true;
    });
    item.numbers.insert(name, numbers);
    return whole;
}

bool readNode(QByteArrayView message, OnnxNode& item)
{
    return eachField(message, [&](const protobuf::Field& field) {
        if (field.number == node::Input)
            item.inputs.append(bytesOf(field.text));
        else if (field.number == node::Output)
            item.outputs.append(bytesOf(field.text));
        else if (field.number == node::Operation)
            item.operation = bytesOf(field.text);
        else if (field.number == node::Attribute)
            return readAttribute(field.text, item);
        return true;
    });
}

bool readTensor(QByteArrayView message, std::map<std::string, Tensor>& tensors)
{
    QByteArray name;
    QList<qint64> shape;
    qint64 type = 0;
    QByteArrayView raw;
    const bool whole = eachField(message, [&](const protobuf::Field& field) {
        if (field.number == tensor::Name)
            name = bytesOf(field.text);
        else if (field.number == tensor::DataType)
            type = field.integer;
        else if (field.number == tensor::RawData)
            raw = field.text;
        else if (field.number == tensor::Dimension)
            return addNumbers(field, shape);
        return true;
    });
    Tensor item{{shape.begin(), shape.end()}, {}};
    const int64_t count = elementCount(item.shape);
    if (!whole || type != kFloat || count < 0 || raw.size() % qsizetype{sizeof(float)} != 0 ||
        count != raw.size() / qsizetype{sizeof(float)})
        return false;
    item.values.resize(static_cast<std::size_t>(count));
    qFromLittleEndian<float>(raw.data(), static_cast<qsizetype>(count), item.values.data());
    return tensors.emplace(name.toStdString(), std::move(item)).second;
}

bool readDimension(QByteArrayView message, std::vector<int64_t>& shape)
{
    int64_t size = -1;
    const bool whole = eachField(message, [&](const protobuf::Field& field) {
        if (field.number == value::Size)
            size = field.integer;
        return true;
    });
    shape.push_back(size);
    return whole;
}

bool readValue(QByteArrayView message, OnnxValue& item)
{
    return eachField(message, [&](const protobuf::Field& field) {
        if (field.number == value::Name)
            item.name = bytesOf(field.text);
        if (field.number != value::Type)
            return true;
        return eachField(field.text, [&](const protobuf::Field& type) {
            return type.number != value::TensorType || eachField(type.text, [&](const protobuf::Field& part) {
                       if (part.number == value::ElementType)
                           return part.integer == kFloat;
                       return part.number != value::Shape ||
                              eachField(part.text, [&](const protobuf::Field& dimension) {
                                  return dimension.number != value::Dimension ||
                                         readDimension(dimension.text, item.shape);
                              });
                   });
        });
    });
}

bool readGraph(QByteArrayView message, OnnxFile& file)
{
    return eachField(message, [&](const protobuf::Field& field) {
        switch (field.number) {
        case graph::Node:
            return readNode(field.text, file.nodes.emplaceBack());
        case graph::Name:
            file.graph = bytesOf(field.text);
            return true;
        case graph::Initializer:
            return readTensor(field.text, file.initializers);
        case graph::Input:
            return readValue(field.text, file.inputs.emplaceBack());
        case graph::Output:
            return readValue(field.text, file.outputs.emplaceBack());
        default:
            return true;
        }
    });
}

bool readOpset(QByteArrayView message, OnnxFile& file)
{
    QByteArray domain;
    qint64 version = 0;
    const bool whole = eachField(message, [&](const protobuf::Field& field) {
        if (field.number == opset::Domain)
            domain = bytesOf(field.text);
        else if (field.number == opset::Version)
            version = field.integer;
        return true;
    });
    file.opset = version;
    return whole && domain.isEmpty(); // empty: the standard operators
}

bool readMetadata(QByteArrayView message, OnnxFile& file)
{
    QByteArray key;
    QByteArray text;
    const bool whole = eachField(message, [&](const protobuf::Field& field) {
        if (field.number == pair::Key)
            key = bytesOf(field.text);
        else if (field.number == pair::Value)
            text = bytesOf(field.text);
        return true;
    });
    file.metadata.insert(key, text);
    return whole;
}

} // namespace

QByteArray OnnxFile::write() const
{
    Writer body;
    for (const OnnxNode& item : nodes)
        body.message(graph::Node, nodeMessage(item, item.outputs.value(0)));
    body.text(graph::Name, graph);
    for (const auto& [name, item] : initializers)
        body.message(graph::Initializer, tensorMessage(name, item));
    for (const OnnxValue& item : inputs)
        body.message(graph::Input, valueMessage(item));
    for (const OnnxValue& item : outputs)
        body.message(graph::Output, valueMessage(item));

    Writer file;
    file.integer(model::IrVersion, kIrVersion);
    file.text(model::Producer, QByteArrayLiteral("Goodsight"));
    file.text(model::ProducerVersion, QByteArrayLiteral(GOODSIGHT_VERSION));
    file.message(model::Graph, body);
    Writer standard;
    standard.text(opset::Domain, {});
    standard.integer(opset::Version, opset);
    file.message(model::OpsetImport, standard);
    for (auto it = metadata.begin(); it != metadata.end(); ++it) {
        Writer entry;
        entry.text(pair::Key, it.key());
        entry.text(pair::Value, *it);
        file.message(model::Metadata, entry);
    }
    return file.bytes();
}

Result<OnnxFile> OnnxFile::read(QByteArrayView bytes, const QString& path)
{
    OnnxFile file;
    file.opset = 0;
    bool hasGraph = false;
    const bool whole = eachField(bytes, [&](const protobuf::Field& field) {
        switch (field.number) {
        case model::Graph:
            hasGraph = true;
            return readGraph(field.text, file);
        case model::OpsetImport:
            return readOpset(field.text, file);
        case model::Metadata:
            return readMetadata(field.text, file);
        default:
            return true;
        }
    });
    if (!whole || !hasGraph)
        return fail(modelerrors::bad(path, InferenceText::tr("it is not a whole ONNX file")));
    return file;
}

} // namespace goodsight
