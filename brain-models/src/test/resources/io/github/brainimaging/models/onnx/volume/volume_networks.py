"""Tiny random 3-D networks, and what a sliding window in NumPy says of a made-up volume.

Needs numpy, scipy, onnx, onnxruntime. Writes classes.onnx, regions.onnx, expected.txt here: per case
a name and the labels as digits, slice after slice, row after row (of regions a sum of 1, 2, 4).
The volume is v(x, y, z) = ((7 x + 13 y + 29 z + x y z) mod 101) * 3, zero at its borders.
"""
import pathlib
import numpy as np, onnx, onnxruntime, scipy.ndimage
from onnx import helper, numpy_helper, TensorProto

here = pathlib.Path(__file__).parent
rng = np.random.default_rng(15)


def network(name, channels, labels):
    parts = [rng.normal(0, 0.4, (5, channels, 3, 3, 3)), rng.normal(0, 0.2, 5),
             rng.normal(0, 0.6, (labels, 5, 3, 3, 3)), rng.normal(0, 0.2, labels)]
    weights = [numpy_helper.from_array(p.astype(np.float32), n) for p, n in zip(parts, "abcd")]
    nodes = [helper.make_node("Conv", ["in", "a", "b"], ["h"], pads=[1] * 6),
             helper.make_node("Relu", ["h"], ["r"]),
             helper.make_node("Conv", ["r", "c", "d"], ["out"], pads=[1] * 6)]
    axes = lambda c: ["n", c, "d", "h", "w"]
    graph = helper.make_graph(nodes, name, [helper.make_tensor_value_info("in", TensorProto.FLOAT, axes(channels))],
                              [helper.make_tensor_value_info("out", TensorProto.FLOAT, axes(labels))], weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, here / name)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return lambda x: session.run(None, {"in": x[None]})[0][0]


def steps(size, patch, overlap):
    n = int(np.ceil((size - patch) / (patch * (1 - overlap)))) + 1
    return [0] if n == 1 else [int(np.rint((size - patch) / (n - 1) * i)) for i in range(n)]


def window(net, x, patch, overlap, labels, mirror=()):
    """x: channels, z, y, x; patch z, y, x"""
    pad = [max(0, p - s) for s, p in zip(x.shape[1:], patch)]
    x = np.pad(x, [(0, 0)] + [(p // 2, p - p // 2) for p in pad])
    delta = np.zeros(patch); delta[tuple(p // 2 for p in patch)] = 1
    g = scipy.ndimage.gaussian_filter(delta, [p / 8 for p in patch], mode="constant", truncate=8)
    g /= g.max()
    total = np.zeros((labels,) + x.shape[1:]); weight = np.zeros(x.shape[1:])
    for z in steps(x.shape[1], patch[0], overlap):
        for y in steps(x.shape[2], patch[1], overlap):
            for c in steps(x.shape[3], patch[2], overlap):
                at = (slice(z, z + patch[0]), slice(y, y + patch[1]), slice(c, c + patch[2]))
                tile = np.ascontiguousarray(x[(slice(None),) + at])
                outs = []
                for bits in range(2 ** len(mirror)):
                    axes = [a for i, a in enumerate(mirror) if bits >> i & 1]
                    outs.append(np.flip(net(np.ascontiguousarray(np.flip(tile, axes))), axes))
                total[(slice(None),) + at] += g * np.mean(outs, axis=0); weight[at] += g
    out = total / weight
    return out[(slice(None),) + tuple(slice(p // 2, p // 2 + s - p) for p, s in zip(pad, out.shape[1:]))]


def volume(w, h, d, shift=0):
    z, y, x = np.mgrid[:d, :h, :w]
    v = ((7 * x + 13 * y + 29 * z + x * y * z + shift) % 101) * 3.0
    v[(x < 2) | (y < 1) | (z < 1) | (x > w - 3)] = 0
    return v.astype(np.float32)


def text(labels):
    return "".join(str(int(i)) for i in labels.ravel())


lines = []
v = volume(21, 17, 14)
classes = network("classes.onnx", 1, 3)
z = ((v - v.mean(dtype=np.float64)) / v.std(dtype=np.float64)).astype(np.float32)
lines.append("z-score " + text(window(classes, z[None], (8, 8, 8), 0.5, 3).argmax(0)))
lines.append("mirrored " + text(window(classes, z[None], (8, 10, 12), 0.25, 3, (3, 2)).argmax(0)))
lines.append("one-patch " + text(window(classes, z[None], (24, 24, 24), 0.5, 3).argmax(0)))
# columns and slices exchanged, cut to what is not zero, z-score of what is not zero
nz = v[1:, 1:, 2:-2]
n = nz.copy(); inside = nz != 0
n[inside] = (nz[inside] - nz[inside].mean(dtype=np.float64)) / nz[inside].std(dtype=np.float64)
turned = np.ascontiguousarray(n.transpose(2, 1, 0)[:, :, ::-1])
found = window(classes, turned[None], (8, 8, 8), 0.5, 3).argmax(0)
full = np.zeros(v.shape, int); full[1:, 1:, 2:-2] = found[:, :, ::-1].transpose(2, 1, 0)
lines.append("turned " + text(full))
regions = network("regions.onnx", 2, 3)
second = volume(21, 17, 14, 40)
lo, hi = np.percentile(v, [1, 99])
two = np.stack([(np.clip(v, lo, hi) - lo) / (hi - lo), (np.clip(second, 20, 250) - 100) / 50]).astype(np.float32)
found = window(regions, two, (8, 8, 8), 0.5, 3)
lines.append("regions " + text(((1 / (1 + np.exp(-found)) > 0.4) * np.array([1, 2, 4])[:, None, None, None]).sum(0)))
# twice as large voxels in the same box: linear on the way there, scores linear on the way back
size = [int(np.rint(s / 2)) for s in v.shape]
def sample(a, shape):
    at = [np.clip((np.arange(m) + 0.5) * s / m - 0.5, 0, s - 1) for s, m in zip(a.shape, shape)]
    return scipy.ndimage.map_coordinates(a.astype(np.float64), np.meshgrid(*at, indexing="ij"), order=1)
coarse = sample(z, size).astype(np.float32)
found = window(classes, coarse[None], (8, 8, 8), 0.5, 3)
lines.append("resampled " + text(np.stack([sample(q, v.shape) for q in found]).argmax(0)))
(here / "expected.txt").write_text("\n".join(lines) + "\n")
