#!/usr/bin/env python3
"""Makes tests/core/inference/data/small.onnx with the onnx package (1.23): what OnnxFileTest.cpp reads.

    python tests/reference/onnx_file.py
"""
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OUT = Path(__file__).resolve().parent.parent / "core" / "inference" / "data" / "small.onnx"


def main() -> None:
    weight = np.arange(-4, 4, dtype=np.float32).reshape(2, 4) / 2
    nodes = [
        helper.make_node("MaxPool", ["picture"], ["pooled"], kernel_shape=[2, 2], strides=[2, 2], pads=[0, 0, 0, 0]),
        helper.make_node("Flatten", ["pooled"], ["flat"], axis=1),
        helper.make_node("Gemm", ["flat", "重.weight", "bias"], ["answer"], transB=1, alpha=1.0),
    ]
    graph = helper.make_graph(
        nodes,
        "small",
        [helper.make_tensor_value_info("picture", TensorProto.FLOAT, ["batch", 1, 4, 4])],
        [helper.make_tensor_value_info("answer", TensorProto.FLOAT, ["batch", 2])],
        [numpy_helper.from_array(weight, "重.weight"), numpy_helper.from_array(np.float32([0.25, -0.25]), "bias")],
    )
    model = helper.make_model(graph, ir_version=7, opset_imports=[helper.make_opsetid("", 13)])
    helper.set_model_props(model, {"classes": "苹果"})
    onnx.checker.check_model(model, full_check=True)
    OUT.parent.mkdir(exist_ok=True)
    onnx.save(model, OUT)


if __name__ == "__main__":
    main()
