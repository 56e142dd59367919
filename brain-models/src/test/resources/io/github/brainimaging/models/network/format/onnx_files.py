"""Writes small ONNX models in the manner of other exporters, for OnnxBackboneTest.

    /usr/bin/python3 onnx_files.py .        (Debian's python3-onnx 1.12 and numpy)

like-keras.onnx: as tf2onnx does, opset 11, channels last with Transpose, ReduceMean over rows and
columns, MatMul and Add. like-pytorch.onnx: as torch.onnx does, opset 17, a batch fixed at 1, weights
that are inputs too, Reshape by a constant [1, -1], Gemm.
"""

import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

rng = np.random.default_rng(3)


def weight(name, *shape):
    return numpy_helper.from_array(rng.uniform(-1, 1, shape).astype("f4"), name)


def info(name, *shape):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def save(path, graph, opset, ir):
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)])
    model.ir_version = ir
    onnx.checker.check_model(model)
    onnx.save(model, path)


def like_keras(path):
    nodes = [
        helper.make_node("Transpose", ["image"], ["first"], perm=[0, 3, 1, 2]),
        helper.make_node("Conv", ["first", "kernel"], ["map"], pads=[1, 1, 1, 1]),
        helper.make_node("Relu", ["map"], ["active"]),
        helper.make_node("Transpose", ["active"], ["last"], perm=[0, 2, 3, 1]),
        helper.make_node("ReduceMean", ["last"], ["pooled"], axes=[1, 2], keepdims=0),
        helper.make_node("MatMul", ["pooled", "dense/kernel"], ["product"]),
        helper.make_node("Add", ["product", "dense/bias"], ["logits"]),
        helper.make_node("Softmax", ["logits"], ["head.softmax"], axis=1),
    ]
    weights = [weight("kernel", 5, 2, 3, 3), weight("dense/kernel", 5, 3), weight("dense/bias", 3)]
    graph = helper.make_graph(nodes, "keras", [info("image", "N", 8, 8, 2)], [info("head.softmax", "N", 3)], weights)
    save(path, graph, 11, 6)


def like_pytorch(path):
    shape = numpy_helper.from_array(np.array([1, -1], "i8"), "shape")
    nodes = [
        helper.make_node("Conv", ["x", "conv.weight"], ["head.0"], name="/conv/Conv"),
        helper.make_node("GlobalAveragePool", ["head.0"], ["p"], name="/pool/GlobalAveragePool"),
        helper.make_node("Constant", [], ["s"], value=shape),
        helper.make_node("Reshape", ["p", "s"], ["flat"], name="/Reshape"),
        helper.make_node("Gemm", ["flat", "fc.weight", "fc.bias"], ["out"], transB=1, name="/fc/Gemm"),
    ]
    weights = [weight("conv.weight", 6, 2, 3, 3), weight("fc.weight", 3, 6), weight("fc.bias", 3)]
    inputs = [info("x", 1, 2, 8, 8)] + [info(w.name, *w.dims) for w in weights]
    graph = helper.make_graph(nodes, "pytorch", inputs, [info("out", 1, 3)], weights)
    graph.value_info.append(info("flat", 1, 6))
    save(path, graph, 17, 8)


if __name__ == "__main__":
    like_keras(sys.argv[1] + "/like-keras.onnx")
    like_pytorch(sys.argv[1] + "/like-pytorch.onnx")
