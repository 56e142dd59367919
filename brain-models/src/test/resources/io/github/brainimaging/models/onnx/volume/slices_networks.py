"""A tiny random 2-D network that sees a slice and its neighbors, and what NumPy says of volumes.

Needs what volume_networks.py needs, whose volume, window and text it takes. Writes slices.onnx and
slices.txt here: per case a name and the labels as digits.
"""
import pathlib, re
import numpy as np, onnx, onnxruntime
from onnx import helper, numpy_helper, TensorProto

here = pathlib.Path(__file__).parent
source = (here / "volume_networks.py").read_text()
exec(source[source.index("def steps"):source.index("lines = []")], (space := {"np": np, "scipy": __import__("scipy.ndimage")}))
volume, window, text = space["volume"], space["window"], space["text"]
rng = np.random.default_rng(25)
CHANNELS, LABELS = 6, 3
parts = [rng.normal(0, 0.4, (5, CHANNELS, 3, 3)), rng.normal(0, 0.2, 5),
         rng.normal(0, 0.6, (LABELS, 5, 3, 3)), rng.normal(0, 0.2, LABELS)]
weights = [numpy_helper.from_array(p.astype(np.float32), n) for p, n in zip(parts, "abcd")]
nodes = [helper.make_node("Conv", ["in", "a", "b"], ["h"], pads=[1] * 4),
         helper.make_node("Relu", ["h"], ["r"]),
         helper.make_node("Conv", ["r", "c", "d"], ["out"], pads=[1] * 4)]
axes = lambda c: ["n", c, "h", "w"]
graph = helper.make_graph(nodes, "slices", [helper.make_tensor_value_info("in", TensorProto.FLOAT, axes(CHANNELS))],
                          [helper.make_tensor_value_info("out", TensorProto.FLOAT, axes(LABELS))], weights)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
onnx.save(model, here / "slices.onnx")
session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])


def slicewise(both, patch, mirror=()):
    """both: sequences, z, y, x. Channels: before, itself, behind, of each sequence; ends repeated."""
    wide = np.pad(both, [(0, 0), (1, 1), (0, 0), (0, 0)], mode="edge")
    found = []
    for z in range(both.shape[1]):
        channels = np.concatenate([wide[c, z:z + 3] for c in range(len(both))])
        net = lambda x: session.run(None, {"in": x[:, 0][None]})[0][0][:, None]
        found.append(window(net, channels[:, None], (1,) + patch, 0.5, LABELS, mirror)[:, 0].argmax(0))
    return np.stack(found)


def z_score(v):
    return ((v - v.mean(dtype=np.float64)) / v.std(dtype=np.float64)).astype(np.float32)


both = np.stack([z_score(volume(21, 17, 14)), z_score(volume(21, 17, 14, 40))])
lines = ["axial " + text(slicewise(both, (8, 12))),
         "mirrored " + text(slicewise(both, (17, 21), (3, 2)))]
# the slices of the network lie across the columns of the volume
turned = np.ascontiguousarray(both.transpose(0, 3, 2, 1))
lines.append("sagittal " + text(slicewise(turned, (8, 8)).transpose(2, 1, 0)))
(here / "slices.txt").write_text("\n".join(lines) + "\n")
