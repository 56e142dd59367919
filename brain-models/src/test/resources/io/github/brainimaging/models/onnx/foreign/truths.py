"""truths.py FOLDER DATA: what the networks that foreign_models.py has put into FOLDER mean, for ForeignTable of brain-examples.

NAME/truth.json  pictures, labels, tumorLabels, preparation, interpolation and, where a user may be asked for them,
                 activation, output, size; probabilities, one for each label, by the network's own framework
NAME/truth.f32   of masks: the probability of a tumor of each pixel, float32, row by row
Networks without probabilities are those that nobody can run as they are. Needs numpy, onnx and pillow."""
import json, os, sys
import numpy as np, onnx
from PIL import Image

FOLDER, DATA = sys.argv[1:]
# What no file tells: the card beside these says something else, or nothing.
MEANING = {"k-softmax-as-logits": "SOFTMAX", "k-logits-as-softmax": "LOGITS", "p-logsoftmax-as-softmax": "LOGITS",
           "p-bce-three-logits": "SIGMOID_LOGITS", "p-unet-overlapping": "SIGMOID_LOGITS",
           "k-unet-softmax2-as-one": "SOFTMAX"}
OUTPUT = {"p-two-outputs-last": 1}
NONE = {"p-four-channels", "p-argmax", "p-topk", "p-age", "k-age"}       # no picture alone, or no probabilities


def sigmoid(v): return 1 / (1 + np.exp(-v))


def softmax(v, axis):
    e = np.exp(v - v.max(axis, keepdims=True))
    return e / e.sum(axis, keepdims=True)


def probabilities(values, meaning, axis):
    return {"SOFTMAX": lambda v: v, "SIGMOID": lambda v: v, "SIGMOID_LOGITS": sigmoid,
            "LOGITS": lambda v: softmax(v, axis) if v.shape[axis] > 1 else sigmoid(v)}[meaning](values)


def tumor(values, meaning, labels, tumors):
    """The map of one picture, channels last."""
    p = probabilities(values, meaning, -1)
    if p.shape[-1] == 1:
        return p[..., 0]
    p = p[..., [labels.index(t) for t in tumors]]
    return p.max(-1) if meaning.startswith("SIGMOID") else p.sum(-1)


def larger(a, h, w):
    """A map of half the size, as bilinear resampling without antialias makes it the picture's."""
    for axis, size in ((0, h), (1, w)):
        at = np.clip((np.arange(size) + .5) * a.shape[axis] / size - .5, 0, a.shape[axis] - 1)
        low = np.floor(at).astype(int); high = np.minimum(low + 1, a.shape[axis] - 1)
        part = (at - low).reshape(-1, 1) if axis == 0 else at - low
        a = np.take(a, low, axis) * (1 - part) + np.take(a, high, axis) * part
    return a


for e in json.load(open(os.path.join(FOLDER, "expected.json"))):
    name = e["name"]; there = os.path.join(FOLDER, name); card = json.load(open(os.path.join(there, "model.json")))
    i = card["input"]; labels = card["labels"]; tumors = card.get("tumorLabels")
    graph = onnx.load(os.path.join(there, "model.onnx"), load_external_data=False).graph
    meaning = e.get("meaning", MEANING.get(name, card["activation"]))
    which = e.get("which", OUTPUT.get(name, 0))
    resizes = "Resizing" in e["made"]
    t = {"pictures": e["pictures"], "task": e["task"], "activation": meaning, "output": graph.output[which].name,
         "size": Image.open(os.path.join(DATA, e["pictures"][0])).height if resizes else i["height"],
         "preparation": e.get("preparation", {"NONE": "KERAS_RAW"}.get(
             i["normalization"], "KERAS_UNIT" if i["layout"] == "NHWC" else "TORCH_UNIT")),
         "interpolation": "PILLOW_" + name[6:].upper() if name.startswith("k-pil-") else i["interpolation"]}
    if name == "p-lstm-no-batch": t["axes"] = "SCHW"
    right = e["right"]
    if right is not None and name not in NONE:
        if e["task"] == "SEGMENTATION":
            y = np.load(os.path.join(there, right))[f"arr_{which}"].astype(np.float64)
            whole = graph.output[which].type.tensor_type.elem_type in (6, 7)
            if y.ndim == 3 and y.shape[0] == 1: y = y[0]
            if y.ndim == 4:
                y = y[0]
                y = y.transpose(1, 2, 0) if y.shape[0] < y.shape[2] or i["layout"] == "NCHW" and y.shape[0] == 1 else y
            if y.ndim == 2: y = y[..., None]
            if len(labels) == 1 and y.shape[-1] == 2: labels = ["background"] + labels
            p = np.isin(y[..., 0], [labels.index(l) for l in tumors]) if whole \
                else tumor(y, meaning, labels, tumors)
            larger(p.astype(np.float64), i["height"], i["width"]).astype("<f4").tofile(os.path.join(there, "truth.f32"))
        else:
            v = np.asarray(right[which], np.float64).ravel()
            v = v[:1] if v.size < len(labels) or (len(labels) == 1) else v[:len(labels)]
            if len(labels) == 1: labels = ["notumor"] + labels
            p = probabilities(v, meaning, 0)
            t["probabilities"] = (p if len(p) == len(labels) else np.array([1 - p[0], p[0]])).tolist()
    t["labels"] = labels
    if tumors: t["tumorLabels"] = tumors
    json.dump(t, open(os.path.join(there, "truth.json"), "w"), indent=0)
