"""Answers of ONNX Runtime in Python to a picture of 32 x 32 (networks of masks: 256 x 256) with gray (7 x + 13 y) mod 256,
for networks that real Keras and PyTorch have exported (random weights): expected.py > expected.txt"""
import glob, json, os
import numpy as np, onnx, onnxruntime as ort

TYPES = {"tensor(float)": np.float32, "tensor(uint8)": np.uint8, "tensor(int32)": np.int32,
         "tensor(float16)": np.float16, "tensor(double)": np.float64}
for path in sorted(glob.glob(os.path.join(os.path.dirname(os.path.abspath(__file__)), "*.onnx"))):
    name = os.path.basename(path)[:-5]
    card = json.load(open(path[:-5] + ".json"))
    i = card["input"]
    y, x = np.mgrid[0:i["height"], 0:i["width"]]
    gray = ((7 * x + 13 * y) % 256) / (255. if i["normalization"] == "UNIT" else 1.)
    one = np.repeat(gray[..., None], i["channels"], 2)
    one = one if i["layout"] == "NHWC" else one.transpose(2, 0, 1)
    if card["task"] == "SEQUENCE_CLASSIFICATION":       # six slices, each darker than the one before
        one = np.stack([one * (6 - k) / 6 for k in range(6)])
    model = onnx.load(path); model.ir_version = min(model.ir_version, 10)
    s = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    port = s.get_inputs()[0]
    feed = one[None].astype(TYPES[port.type])
    if "slices-first" in name: feed = feed.swapaxes(0, 1)
    if "conv3d" in name and i["layout"] == "NCHW": feed = feed.swapaxes(1, 2)
    if len(port.shape) == len(feed.shape) - 1: feed = feed[0]
    if isinstance(port.shape[0], int) and port.shape[0] > 1 and "slices" not in name and len(port.shape) == 4:
        feed = np.repeat(feed, port.shape[0], 0)
    out = np.asarray(s.run(None, {port.name: feed.reshape([n if isinstance(n, int) else feed.shape[k]
                     for k, n in enumerate(port.shape)])})[0], np.float64)
    if name == "p-unet-flat": out = out[..., 1]         # [N, pixels, 2]: the second is the tumor
    if card["task"] == "SEGMENTATION":
        v = [out.mean(), out.max(), out.min()]
    else:
        v = out.ravel()[: len(card["labels"]) if out.size > 1 else 1]
    if card["activation"] == "LOGITS":
        v = np.exp(v - np.max(v)); v = v / v.sum()
    print(name, *[f"{float(a):.6f}" for a in v])
