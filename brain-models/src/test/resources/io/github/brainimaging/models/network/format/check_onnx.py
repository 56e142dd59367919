"""Runs ONNX's checker, with shape inference, over the files that OnnxFiles has written.

    /usr/bin/python3 check_onnx.py FOLDER        (Debian's python3-onnx)
"""

import pathlib
import sys

import onnx

for path in sorted(pathlib.Path(sys.argv[1]).glob("*.onnx")):
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    batch = [v.type.tensor_type.shape.dim[0].dim_param for v in (*model.graph.input, *model.graph.output)]
    assert all(batch), f"{path.name}: the batch is fixed"
    print(f"{path.name}: accepted, opset {model.opset_import[0].version}, batch {batch}")
