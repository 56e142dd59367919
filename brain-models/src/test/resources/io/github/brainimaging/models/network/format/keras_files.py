"""Writes the Keras files that KerasWeightsTest reads, without Keras: Debian's python3-h5py and numpy.

    /usr/bin/python3 keras_files.py .

small-*.h5 hold one small network in three layouts, with random values; small.txt holds an input and
the output that numpy computes for it, channels last, as Keras does. The others hold the real networks
in full size: names and shapes as keras.applications has them, written down here once more, each tensor
filled with one number and compressed, so that the files stay small.
"""

import gzip
import io
import os
import sys

import h5py
import numpy as np

ORDER = {
    "conv": ("kernel", "bias"),
    "sep": ("depthwise_kernel", "pointwise_kernel", "bias"),
    "dw": ("depthwise_kernel", "bias"),
    "dense": ("kernel", "bias"),
    "bn": ("gamma", "beta", "moving_mean", "moving_variance"),
}
CLASS = {
    "conv": "conv2d",
    "sep": "separable_conv2d",
    "dw": "depthwise_conv2d",
    "dense": "dense",
    "bn": "batch_normalization",
}


def put(group, name, value):
    if isinstance(value, tuple):  # shape and the number that fills it
        data = np.full(value[0], value[1], "f4")
        group.create_dataset(name, data=data, chunks=value[0], compression=9)
    else:
        group[name] = value


def legacy(file, layers):
    """Keras 2 .h5: model_weights/<layer>/<layer>/<weight>:0, names in attributes."""
    top = file.create_group("model_weights")
    top.attrs["layer_names"] = [name.encode() for name, _, _ in layers] + [b"activation"]
    top.create_group("activation").attrs["weight_names"] = np.array([])
    for name, kind, weights in layers:
        group = top.create_group(name)
        names = [f"{name}/{w}:0" for w in ORDER[kind] if w in weights]
        group.attrs["weight_names"] = [n.encode() for n in names]
        for path, w in zip(names, [w for w in ORDER[kind] if w in weights]):
            put(group, path, weights[w])


def by_class(file, layers, named=False):
    """Keras 3 .weights.h5: layers/<class>_<n>/vars/<i>; newer versions add the name."""
    counts = {}
    for name, kind, weights in layers:
        n = counts.get(kind, 0)
        counts[kind] = n + 1
        path = "layers/" + CLASS[kind] + (f"_{n}" if n else "") + "/vars"
        group = file.create_group(path)
        if named:
            group.attrs["name"] = name
        for i, w in enumerate([w for w in ORDER[kind] if w in weights]):
            put(group, str(i), weights[w])
    file.create_group("layers/dropout/seed_generator/vars")["0"] = np.array([1, 2], "u4")
    file.create_group("optimizer/vars")["0"] = np.array(3, "i8")


# ---- the small network, computed channels last -------------------------------------------------

rng = np.random.default_rng(5)


def rand(*shape):
    return rng.uniform(-0.5, 0.5, shape).astype("f4")


def norm_weights(c):
    return {
        "gamma": rand(c) + 1,
        "beta": rand(c),
        "moving_mean": rand(c),
        "moving_variance": rand(c) + 1,
    }


def conv(x, kernel, bias=0.0, stride=1, pad=(0, 0)):
    x = np.pad(x.astype("f8"), (pad, pad, (0, 0)))
    k = kernel.shape[0]
    h, w = ((n - k) // stride + 1 for n in x.shape[:2])
    out = np.zeros((h, w, kernel.shape[3]))
    for i in range(h):
        for j in range(w):
            window = x[i * stride : i * stride + k, j * stride : j * stride + k]
            out[i, j] = np.tensordot(window, kernel.astype("f8"), 3)
    return out + bias


def depthwise(x, kernel, bias=0.0, pad=(0, 0)):
    parts = [conv(x[..., c : c + 1], kernel[:, :, c : c + 1, :], 0.0, 1, pad) for c in range(x.shape[2])]
    return np.concatenate(parts, axis=2) + bias


def norm(x, w, epsilon):
    return (x - w["moving_mean"]) / np.sqrt(w["moving_variance"] + epsilon) * w["gamma"] + w["beta"]


def max_pool_same(x, k=3, s=2):
    out = [-(-n // s) for n in x.shape[:2]]
    total = [max(0, (o - 1) * s + k - n) for o, n in zip(out, x.shape[:2])]
    x = np.pad(x, [(t // 2, t - t // 2) for t in total] + [(0, 0)], constant_values=-np.inf)
    return np.array(
        [[x[i * s : i * s + k, j * s : j * s + k].max((0, 1)) for j in range(out[1])] for i in range(out[0])]
    )


def small():
    backbone = [
        ("conv1/conv", "conv", {"kernel": rand(3, 3, 2, 4), "bias": rand(4)}),
        ("conv1/bn", "bn", norm_weights(4)),
        ("block_sepconv", "sep", {"depthwise_kernel": rand(3, 3, 4, 1), "pointwise_kernel": rand(1, 1, 4, 6)}),
        ("conv2d_7", "conv", {"kernel": rand(1, 1, 4, 6)}),
        ("batch_normalization_9", "bn", norm_weights(6)),
        ("tail_dw", "dw", {"depthwise_kernel": rand(3, 3, 6, 1), "bias": rand(6)}),
    ]
    head = [
        ("dense_3", "dense", {"kernel": rand(24, 5), "bias": rand(5)}),
        ("dense_10", "dense", {"kernel": rand(5, 3), "bias": rand(3)}),
    ]
    x = rand(12, 10, 2)
    w = {name: weights for name, _, weights in backbone + head}
    return backbone, head, x, w


def small_output(x, w):
    y = conv(x, w["conv1/conv"]["kernel"], w["conv1/conv"]["bias"], 2, (1, 1))
    y = np.maximum(norm(y, w["conv1/bn"], 1.001e-5), 0)
    a = conv(depthwise(y, w["block_sepconv"]["depthwise_kernel"], 0.0, (1, 1)), w["block_sepconv"]["pointwise_kernel"])
    b = norm(conv(y, w["conv2d_7"]["kernel"]), w["batch_normalization_9"], 1e-3)
    y = max_pool_same(a + b)
    y = max_pool_same(depthwise(y, w["tail_dw"]["depthwise_kernel"], w["tail_dw"]["bias"], (1, 1)))  # 2 x 2
    y = y.reshape(-1) @ w["dense_3"]["kernel"].astype("f8") + w["dense_3"]["bias"]
    return np.maximum(y, 0) @ w["dense_10"]["kernel"].astype("f8") + w["dense_10"]["bias"]


def write_small(folder):
    backbone, head, x, w = small()
    with h5py.File(f"{folder}/small-names.h5", "w") as f:
        # The backbone as a model within a model, as transfer learning leaves it.
        top = f.create_group("model_weights")
        group = top.create_group("backbone")
        names = []
        for name, kind, weights in backbone:
            for v in [v for v in ORDER[kind] if v in weights]:
                names.append(f"{name}/{v}:0")
                put(group, names[-1], weights[v])
        group.attrs["weight_names"] = [n.encode() for n in names]
        for name, kind, weights in head:
            g = top.create_group(name)
            g.attrs["weight_names"] = [f"{name}/{v}:0".encode() for v in ORDER[kind]]
            for v in ORDER[kind]:
                put(g, f"{name}/{v}:0", weights[v])
        top.create_group("flatten").attrs["weight_names"] = np.array([])
        top.attrs["layer_names"] = [b"backbone", b"flatten"] + [n.encode() for n, _, _ in head]
    # In the order of model.layers: the shortcut's convolution comes beside the separable one.
    by_name = {layer[0]: layer for layer in backbone + head}
    order = ["conv1/conv", "conv1/bn", "conv2d_7", "block_sepconv", "batch_normalization_9", "tail_dw", "dense_3", "dense_10"]
    with h5py.File(f"{folder}/small-classes.weights.h5", "w") as f:
        by_class(f, [by_name[n] for n in order])
    with h5py.File(f"{folder}/small-attributes.weights.h5", "w") as f:
        by_class(f, [by_name[n] for n in order], named=True)
    with open(f"{folder}/small.txt", "w") as f:
        f.write("# keras_files.py: input [12, 10, 2] channels last, then the output of numpy\n")
        f.write(" ".join(f"{v:.9g}" for v in x.reshape(-1)) + "\n")
        f.write(" ".join(f"{v:.9g}" for v in small_output(x, w)) + "\n")


# ---- the real networks: layers in the order of model.layers ---------------------------------------

number = 0


def fill(*shape):
    global number
    number += 1
    return (shape, float(number))


def c(name, k, i, o, bias=True):
    weights = {"kernel": fill(k, k, i, o)}
    if bias:
        weights["bias"] = fill(o)
    return (name, "conv", weights)


def bn(name, n):
    return (name, "bn", {w: fill(n) for w in ORDER["bn"]})


def fc(name, i, o):
    return (name, "dense", {"kernel": fill(i, o), "bias": fill(o)})


def sep(name, i, o):
    return (name, "sep", {"depthwise_kernel": fill(3, 3, i, 1), "pointwise_kernel": fill(1, 1, i, o)})


def resnet50():
    layers = [c("conv1_conv", 7, 3, 64), bn("conv1_bn", 64)]
    channels = 64
    for stage, (width, blocks) in enumerate([(64, 3), (128, 4), (256, 6), (512, 3)], 2):
        for b in range(1, blocks + 1):
            n = f"conv{stage}_block{b}"
            layers += [c(n + "_1_conv", 1, channels, width), bn(n + "_1_bn", width)]
            layers += [c(n + "_2_conv", 3, width, width), bn(n + "_2_bn", width)]
            if b == 1:
                layers += [c(n + "_0_conv", 1, channels, 4 * width), c(n + "_3_conv", 1, width, 4 * width)]
                layers += [bn(n + "_0_bn", 4 * width), bn(n + "_3_bn", 4 * width)]
            else:
                layers += [c(n + "_3_conv", 1, width, 4 * width), bn(n + "_3_bn", 4 * width)]
            channels = 4 * width
    return layers + [fc("predictions", 2048, 1000)]


def densenet121():
    layers = [c("conv1/conv", 7, 3, 64, False), bn("conv1/bn", 64)]
    channels = 64
    for stage, blocks in enumerate([6, 12, 24, 16], 2):
        for b in range(1, blocks + 1):
            n = f"conv{stage}_block{b}"
            layers += [bn(n + "_0_bn", channels), c(n + "_1_conv", 1, channels, 128, False)]
            layers += [bn(n + "_1_bn", 128), c(n + "_2_conv", 3, 128, 32, False)]
            channels += 32
        if stage < 5:
            layers += [bn(f"pool{stage}_bn", channels), c(f"pool{stage}_conv", 1, channels, channels // 2, False)]
            channels //= 2
    return layers + [bn("bn", channels), fc("fc1000", 1024, 1000)]


def vgg16():
    layers, channels = [], 3
    for block, (width, n) in enumerate([(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)], 1):
        for i in range(1, n + 1):
            layers.append(c(f"block{block}_conv{i}", 3, channels, width))
            channels = width
    return layers


def xception():
    layers = [c("block1_conv1", 3, 3, 32, False), bn("block1_conv1_bn", 32)]
    layers += [c("block1_conv2", 3, 32, 64, False), bn("block1_conv2_bn", 64)]
    for k, (block, i, a, b) in enumerate([(2, 64, 128, 128), (3, 128, 256, 256), (4, 256, 728, 728), (13, 728, 728, 1024)]):
        if block == 13:
            for m in range(5, 13):
                for j in (1, 2, 3):
                    layers += [sep(f"block{m}_sepconv{j}", 728, 728), bn(f"block{m}_sepconv{j}_bn", 728)]
        layers += [sep(f"block{block}_sepconv1", i, a), bn(f"block{block}_sepconv1_bn", a)]
        layers += [sep(f"block{block}_sepconv2", a, b), bn(f"block{block}_sepconv2_bn", b)]
        layers += [c(f"conv2d_{k + 1}", 1, i, b, False), bn(f"batch_normalization_{k + 1}", b)]
    layers += [sep("block14_sepconv1", 1024, 1536), bn("block14_sepconv1_bn", 1536)]
    layers += [sep("block14_sepconv2", 1536, 2048), bn("block14_sepconv2_bn", 2048)]
    return layers + [fc("predictions", 2048, 1000)]


def write_real(folder, name, layers):
    for suffix, write in (("", legacy), (".weights", by_class)):
        memory = io.BytesIO()
        with h5py.File(memory, "w") as f:
            write(f, layers)
        with open(f"{folder}/{name}{suffix}.h5.gz", "wb") as out:
            out.write(gzip.compress(memory.getvalue(), 9, mtime=0))


if __name__ == "__main__":
    target = sys.argv[1]
    write_small(target)
    for network in (resnet50, densenet121, vgg16, xception):
        number = 0
        write_real(target, network.__name__, network())
    for name in sorted(os.listdir(target)):
        print(name, os.path.getsize(os.path.join(target, name)))
