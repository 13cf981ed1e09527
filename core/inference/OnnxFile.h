#pragma once

#include "core/model/Tensor.h"

#include <QByteArray>
#include <QMap>

namespace goodsight {

/// One operation of an ONNX graph.
struct OnnxNode {
    QByteArray operation; ///< "Conv", …
    QList<QByteArray> inputs;
    QList<QByteArray> outputs;
    QMap<QByteArray, QList<qint64>> numbers; ///< attributes of whole numbers; others are not kept
};

/// A float32 tensor that goes into the graph or comes out of it. A size of -1 is any.
struct OnnxValue {
    QByteArray name;
    std::vector<int64_t> shape;
};

/// What Goodsight writes of an ONNX model (https://onnx.ai/onnx/intro, onnx.proto): the standard operators
/// of one opset over float32 tensors.
struct OnnxFile {
    /// Old enough for every runtime in use, and the last change of none of the operators that a ResNet has.
    static constexpr qint64 kOpset = 13;

    qint64 opset = kOpset;
    QByteArray graph;      ///< the graph's name
    QList<OnnxNode> nodes; ///< each after those whose outputs it reads
    std::map<std::string, Tensor> initializers;
    QList<OnnxValue> inputs;
    QList<OnnxValue> outputs;
    QMap<QByteArray, QByteArray> metadata; ///< UTF-8

    /// The file's bytes. Sizes of -1 get the name "batch".
    [[nodiscard]] QByteArray write() const;
    /// Reads a model back, checking that it is whole; nothing is known of the operators. `path` is for
    /// messages. Error "bad-model".
    [[nodiscard]] static Result<OnnxFile> read(QByteArrayView bytes, const QString& path);
};

} // namespace goodsight
