"""more_networks.py OUT DATA keras|torch: networks of kinds that foreign_models.py does not have, into OUT, with the
answers of their own framework (see truths.py, which these need not). Random weights, fixed seed. For keras: keras,
tensorflow-cpu, tf2onnx, onnx, numpy, pillow; for torch: torch, numpy, pillow."""
import json, os, sys
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import numpy as np
from PIL import Image

OUT, DATA, WHICH = sys.argv[1:4]
ONLY = sys.argv[4] if len(sys.argv) > 4 else ""
S = 32
PICTURE = "brain-tumor-mri/validation/glioma/Te-glTr_0000.jpg"
SLICES = [f"lgg/TCGA_CS_4941_19960909/{n:02d}_flair.png" for n in (5, 8, 11, 13, 15, 18)]
LABELS = {2: ["notumor", "tumor"], 3: ["glioma", "notumor", "pituitary"],
          4: ["glioma", "meningioma", "notumor", "pituitary"], 1: ["notumor", "tumor"]}


def linear(a, size, axis):
    old = a.shape[axis]
    at = np.clip((np.arange(size) + .5) * old / size - .5, 0, old - 1)
    low = np.floor(at).astype(int); high = np.minimum(low + 1, old - 1)
    w = (at - low).reshape([-1 if k == axis else 1 for k in range(a.ndim)])
    return np.take(a, low, axis) * (1 - w) + np.take(a, high, axis) * w


def picture(name, h=S, w=S, c=3):
    """Rows, columns, channels; 0 to 1; bilinear without antialias."""
    a = np.asarray(Image.open(os.path.join(DATA, name)).convert("RGB" if c == 3 else "L"), np.float64)
    return (linear(linear(a.reshape(*a.shape[:2], c), h, 0), w, 1) / 255).astype(np.float32)


def softmax(v, axis=-1):
    e = np.exp(v - v.max(axis, keepdims=True)); return e / e.sum(axis, keepdims=True)


def sigmoid(v): return 1 / (1 + np.exp(-v))


def truth(name, right, labels=None, map=None, pictures=(PICTURE,), task="CLASSIFICATION", preparation="KERAS_UNIT",
          **more):
    """right: probabilities of the labels; map: a tumor probability for each pixel; neither: to be refused."""
    t = {"pictures": list(pictures), "task": task, "preparation": preparation, "interpolation": "BILINEAR", "size": S,
         **more}
    if right is not None:
        right = np.asarray(right, np.float64).ravel()
        right = np.array([1 - right[0], right[0]]) if right.size == 1 else right
        t["probabilities"] = right.tolist()
    t["labels"] = labels or LABELS.get(0 if right is None else len(right), LABELS[4])
    if map is not None:
        np.asarray(map, "<f4").tofile(os.path.join(OUT, name, "truth.f32"))
        t["tumorLabels"] = [l for l in t["labels"] if l != "background"]
    json.dump(t, open(os.path.join(OUT, name, "truth.json"), "w"), indent=0)


def wanted(name):
    if ONLY not in name: return False
    os.makedirs(os.path.join(OUT, name), exist_ok=True)
    return True


def keras_networks():
    import keras, onnx, tensorflow as tf, tf2onnx
    from keras import layers as L, ops
    keras.utils.set_random_seed(11)
    wide = lambda s=.25: keras.initializers.RandomNormal(stddev=s, seed=5)

    def save(name, model, feed, opset=15, shape=None, dtype=None, **kw):
        specs = [tf.TensorSpec(shape or t.shape, dtype or t.dtype, name=f"input{k}" if k else "input")
                 for k, t in enumerate(model.inputs)]
        @tf.function(input_signature=specs)
        def call(*x): return model(x[0] if len(x) == 1 else list(x), training=False)
        proto, _ = tf2onnx.convert.from_function(call, input_signature=specs, opset=opset, **kw)
        onnx.save(proto, os.path.join(OUT, name, "model.onnx"))
        y = model(feed if len(model.inputs) == 1 else list(feed), training=False)
        return [np.asarray(v, np.float64) for v in (y if isinstance(y, (list, tuple)) else [y])], proto

    def cnn(end, c=3, before=None, size=(S, S), shape=None, dtype="float32", batch=None, pool=False):
        x = i = keras.Input(shape or (*size, c), batch_size=batch, dtype=dtype)
        if before: x = before(x)
        x = L.Conv2D(6, 3, 2, "same", activation="relu")(x)
        x = L.Conv2D(8, 3, 2, "same", activation="relu")(x)
        x = L.GlobalAveragePooling2D()(x) if pool else L.Flatten()(x)
        return keras.Model(i, end(x))
    dense = lambda n, act=None, s=.25: (lambda x: L.Dense(n, act, kernel_initializer=wide(s))(x))
    x = picture(PICTURE)[None]; x255 = x * 255; g = picture(PICTURE, c=1)[None]

    def plain(name, model, feed, right=lambda y: y[0], opset=15, say=None, **kw):
        if not wanted(name): return
        y, _ = save(name, model, feed, opset, **kw)
        truth(name, right(y) if right else None, **(say or {}))

    for n, labels in ((3, None), (5, list("abcde")), (10, [f"class{k}" for k in range(10)])):
        plain(f"mk-softmax{n}", cnn(dense(n, "softmax")), x, say=dict(labels=labels, tumorLabels=labels[1:]) if labels else None)
    plain("mk-sigmoid2", cnn(dense(2, "sigmoid", .03)), x, say=dict(labels=["notumor", "tumor"]))
    plain("mk-sigmoid4", cnn(dense(4, "sigmoid", .05)), x)
    plain("mk-tanh1", cnn(dense(1, "tanh")), x, None, say=dict(labels=["notumor", "tumor"], activation="SIGMOID"))
    for opset in (9, 12, 16):
        plain(f"mk-opset{opset}", cnn(dense(4, "softmax")), x, opset=opset)
    both = lambda t: [L.Softmax()(z := dense(4)(t)), z]
    plain("mk-probs-and-logits", cnn(both), x, say=dict(output="Identity:0", activation="SOFTMAX"))
    plain("mk-logits-and-probs", cnn(lambda t: both(t)[::-1]), x, lambda y: y[1], say=dict(output="Identity_1:0", activation="SOFTMAX"))
    plain("mk-logits-of-two", cnn(lambda t: both(t)[::-1]), x, lambda y: softmax(y[0]), say=dict(output="Identity:0", activation="LOGITS"))
    plain("mk-type-and-presence", cnn(lambda t: [dense(4, "softmax")(t), dense(1, "sigmoid")(t)]), x, say=dict(output="Identity:0"))
    plain("mk-presence-and-type", cnn(lambda t: [dense(1, "sigmoid", .05)(t), dense(4, "softmax")(t)]), x, lambda y: y[0],
          say=dict(output="Identity:0", labels=["notumor", "tumor"]))
    plain("mk-average-of-two", cnn(lambda t: L.Average()([dense(4, "softmax")(t), L.Dense(4, "softmax")(t)])), x,
          say=dict(activation="SOFTMAX"))
    plain("mk-sigmoid-and-rest", cnn(lambda t: L.Concatenate()([1 - (p := dense(1, "sigmoid", .1)(t)), p])), x,
          say=dict(activation="SOFTMAX"))
    plain("mk-temperature", cnn(lambda t: L.Softmax()(dense(4)(t) / 1.7)), x)
    plain("mk-clipped", cnn(lambda t: ops.clip(dense(1, "sigmoid", .1)(t), 1e-4, .9999)), x, say=dict(activation="SIGMOID"))
    plain("mk-rescaling-signed", cnn(dense(4, "softmax"), before=L.Rescaling(1 / 127.5, -1)), x255, say=dict(preparation="KERAS_RAW"))
    nl = L.Normalization(mean=[40., 45., 50.], variance=[900., 1000., 1100.])
    plain("mk-normalization-tf2onnx", cnn(dense(4, "softmax"), before=nl), x255, say=dict(preparation="KERAS_RAW"))
    plain("mk-augmentation-inside", cnn(dense(4, "softmax"), before=lambda t: L.RandomFlip()(L.RandomRotation(.1)(t))), x)
    big = picture(PICTURE, 64, 64)[None]
    plain("mk-resizing-fixed", cnn(dense(4, "softmax"), before=lambda t: L.Resizing(S, S)(t), size=(64, 64)), big)
    plain("mk-resizing-nearest-open", cnn(dense(4, "softmax"), before=lambda t: L.Rescaling(1 / 255)(L.Resizing(S, S, interpolation="nearest")(t)),
          size=(None, None)), picture(PICTURE, 256, 256)[None] * 255, say=dict(preparation="KERAS_RAW", size=256))
    plain("mk-crop-inside", cnn(dense(4, "softmax"), before=lambda t: L.CenterCrop(S, S)(t), size=(48, 48)), picture(PICTURE, 48, 48)[None])
    plain("mk-gray-no-channel", cnn(dense(4, "softmax"), shape=(S, S), before=L.Reshape((S, S, 1))), g[..., 0])
    plain("mk-gray-concat", cnn(dense(4, "softmax"), c=1, before=lambda t: L.Concatenate()([t, t, t])), g)
    plain("mk-flat", keras.Sequential([keras.Input((S * S,)), L.Dense(4, "softmax", kernel_initializer=wide(.05))]), g.reshape(1, -1))
    plain("mk-fixed4-nhwc", cnn(dense(4, "softmax")), np.repeat(x, 4, 0), lambda y: y[0][0], shape=(4, S, S, 3))
    plain("mk-nchw-both", cnn(dense(4, "softmax"), c=1), g, inputs_as_nchw=["input"])
    plain("mk-tall", cnn(dense(4, "softmax"), size=(40, 24)), picture(PICTURE, 40, 24)[None])
    plain("mk-int64", cnn(dense(4, "softmax"), before=lambda t: L.Rescaling(1 / 255)(t), dtype="int64"), np.rint(x255).astype(np.int64),
          say=dict(preparation="KERAS_RAW"))
    plain("mk-size-open-gray", cnn(dense(4, "softmax", 5.), c=1, size=(None, None), pool=True), g)
    keras.mixed_precision.set_global_policy("mixed_float16")
    plain("mk-mixed16", cnn(lambda t: L.Dense(4, "softmax", kernel_initializer=wide(.05), dtype="float32")(t)), x)
    keras.mixed_precision.set_global_policy("float32")
    def two_pictures():
        a = keras.Input((S, S, 1), name="flair"); b = keras.Input((S, S, 1), name="t1")
        return keras.Model([a, b], L.Dense(2, "softmax")(L.Flatten()(L.Conv2D(4, 3, 2)(L.Concatenate()([a, b])))))
    plain("mk-two-pictures", two_pictures(), [g, g], None, say=dict(labels=LABELS[2]))
    plain("mk-autoencoder", keras.Sequential([keras.Input((S, S, 1)), L.Conv2D(4, 3, padding="same"), L.Conv2D(1, 3, padding="same")]), g, None)

    def seq(name, model, c=1, depth=True, right=lambda y: y[0], opset=15, pictures=SLICES, moved=lambda a: a, say=None, **kw):
        if not wanted(name): return
        feed = moved(np.stack([picture(f, model_size[0], model_size[1], c) for f in pictures])[None])
        y, _ = save(name, model, feed, opset, **kw)
        truth(name, right(y) if right else None, task="SEQUENCE_CLASSIFICATION", pictures=pictures, **(say or {}))
    model_size = (S, S)
    def td(c, end, slices=6, out=lambda t: L.Dense(2, "softmax", kernel_initializer=wide(2.))(t), batch=None):
        i = keras.Input((slices, S, S, c), batch_size=batch)
        f = keras.Sequential([keras.Input((S, S, c)), L.Conv2D(4, 3, 2, activation="relu"), L.MaxPool2D(4), L.Flatten()])
        return keras.Model(i, out(end(L.TimeDistributed(f)(i) * 4.)))
    seq("mk-td-rgb", td(3, L.LSTM(8)), 3)
    seq("mk-td-mean", td(1, lambda t: ops.mean(t, 1)))
    seq("mk-td-sigmoid1", td(1, L.GRU(8), out=lambda t: L.Dense(1, "sigmoid", kernel_initializer=wide(1.))(t)))
    seq("mk-td-fixed-batch1", td(1, L.LSTM(8), batch=1))
    seq("mk-td-four", td(1, L.LSTM(8), out=lambda t: L.Dense(4, "softmax", kernel_initializer=wide(2.))(t)))
    seq("mk-td-three-rgb", td(3, L.LSTM(8), 3), 3, pictures=SLICES[:3])
    seq("mk-td-per-slice", td(1, L.LSTM(8, return_sequences=True)), right=None, say=dict(labels=LABELS[2]))
    cl = lambda: keras.Sequential([keras.Input((6, S, S, 1)), L.ConvLSTM2D(3, 3, 2), L.Flatten(), L.Dense(2, "softmax", kernel_initializer=wide())])
    seq("mk-convlstm", cl())
    c3 = lambda shape, k=3, end=None: keras.Sequential([keras.Input(shape), L.Conv3D(4, k, 2, padding="same", activation="relu"), L.Flatten(),
                                           end or L.Dense(2, "softmax", kernel_initializer=wide())])
    last = lambda a: a.transpose(0, 2, 3, 1, 4)
    seq("mk-conv3d-depth-last", c3((S, S, 6, 1)), moved=last)
    seq("mk-conv3d-sigmoid1-last", c3((S, S, 6, 1), end=L.Dense(1, "sigmoid", kernel_initializer=wide(.05))), moved=last)
    cube = [SLICES[k % 6] for k in range(S)]
    seq("mk-conv3d-cube", c3((S, S, S, 1)), pictures=cube, say=dict(axes="NSHWC"))
    seq("mk-conv3d-cube-depth-last", c3((S, S, S, 1)), pictures=cube, moved=last, say=dict(axes="NHWSC"))
    seq("mk-conv3d-rgb", c3((6, S, S, 3)), 3)
    model_size = (24, 40)
    seq("mk-conv3d-not-square", c3((6, 24, 40, 1)), say=dict(axes="NSHWC"))
    seq("mk-conv3d-not-square-last", c3((24, 40, 6, 1)), moved=last, say=dict(axes="NHWSC"))
    model_size = (S, S)
    seq("mk-slices-as-channels", cnn(dense(2, "softmax"), c=6), moved=lambda a: a[..., 0].transpose(0, 2, 3, 1), say=dict(sequence="NHWS"))

    def mask(name, outputs, act, c=1, h=256, w=256, end=None, labels=None, tumor=None, which=0, opset=15, size=None, say=None, **kw):
        if not wanted(name): return
        i = keras.Input((*(size or (h, w)), c)); a = L.Conv2D(6, 3, padding="same", activation="relu")(i)
        b = L.Conv2D(8, 3, padding="same", activation="relu")(L.MaxPool2D()(a))
        y = L.Conv2D(outputs, 3, padding="same")(L.Concatenate()([a, L.UpSampling2D()(b)]))
        y = 20. * (y - ops.mean(y, (1, 2), keepdims=True))
        y = L.Activation(act)(y)
        m = keras.Model(i, end(y) if end else y)
        png = SLICES[2]; feed = picture(png, h, w, c)[None]
        y, _ = save(name, m, feed, opset, **kw)
        v = tumor(y[which][0]) if tumor else y[which][0][..., 0]
        full = v if v.shape == (256, 256) else linear(linear(v, 256, 0), 256, 1)
        truth(name, None, labels or ["background", "tumor"], full, (png,), "SEGMENTATION", **(say or {}))
    rest = lambda v: v[..., 1:].sum(-1)
    BG4 = ["background", "edema", "enhancing", "necrosis"]
    mask("mk-unet-softmax2", 2, "softmax", tumor=rest)
    mask("mk-unet-softmax4-rgb", 4, "softmax", 3, tumor=rest, labels=BG4)
    mask("mk-unet-sigmoid3", 3, "sigmoid", tumor=lambda v: v.max(-1), labels=["core", "whole", "enhancing"])
    mask("mk-unet-no-channel", 1, "sigmoid", end=lambda y: y[..., 0], tumor=lambda v: v)
    mask("mk-unet-argmax", 4, "softmax", end=lambda y: ops.argmax(y, -1), tumor=lambda v: v > 0, labels=BG4)
    mask("mk-unet-argmax-keepdims", 4, "softmax", end=lambda y: ops.expand_dims(ops.argmax(y, -1), -1), tumor=lambda v: v[..., 0] > 0, labels=BG4)
    mask("mk-unet-argmax-float", 4, "softmax", end=lambda y: ops.cast(ops.argmax(y, -1), "float32"), tumor=lambda v: v > 0, labels=BG4)
    mask("mk-unet-binary-float", 1, "sigmoid", end=lambda y: ops.cast(y > .5, "float32"), say=dict(activation="SIGMOID"))
    mask("mk-unet-binary-bool", 1, "sigmoid", end=lambda y: y > .5)
    mask("mk-unet-binary-uint8", 1, "sigmoid", end=lambda y: ops.cast(y > .5, "uint8"))
    mask("mk-unet-flat4", 4, "softmax", end=L.Reshape((256 * 256, 4)), tumor=lambda v: v.reshape(256, 256, 4)[..., 1:].sum(-1), labels=BG4)
    mask("mk-unet-not-square", 1, "sigmoid", h=128, w=192)
    mask("mk-unet-size-open", 1, "sigmoid", size=(None, None), say=dict(size=256))
    mask("mk-unet-nchw-softmax4", 4, "softmax", tumor=rest, labels=BG4, inputs_as_nchw=["input"])
    mask("mk-unet-nchw-both", 4, "softmax", tumor=rest, labels=BG4, inputs_as_nchw=["input"], outputs_as_nchw=["Identity"])
    mask("mk-unet-probs-and-logits", 4, "linear", end=lambda y: [L.Softmax()(y), y], tumor=rest, labels=BG4, say=dict(output="Identity:0"))
    mask("mk-unet-mask-and-class", 1, "sigmoid", end=lambda y: [L.Dense(4, "softmax", name="c")(L.GlobalAveragePooling2D()(y)), y],
         which=1, say=dict(output="Identity_1:0"))
    mask("mk-unet-side-outputs", 1, "sigmoid", end=lambda y: [y, L.AveragePooling2D(2)(y), L.AveragePooling2D(4)(y)], say=dict(output="Identity:0"))
    mask("mk-unet-resized-end", 1, "sigmoid", end=lambda y: L.Resizing(256, 256)(L.AveragePooling2D(2)(y)), say=dict(activation="SIGMOID"))


def torch_networks():
    import torch, torch.nn as nn
    import torch.nn.functional as F
    torch.manual_seed(11)
    flat = 8 * (S // 4) ** 2

    class Cnn(nn.Module):
        def __init__(self, outputs=4, c=3, tail=None, before=None, scale=6., pool=False):
            super().__init__()
            self.body = nn.Sequential(nn.Conv2d(c, 6, 3, 2, 1), nn.ReLU(), nn.Conv2d(6, 8, 3, 2, 1), nn.ReLU())
            self.head = nn.Linear(8 if pool else flat, outputs); self.tail = tail; self.before = before; self.scale = scale; self.pool = pool
        def forward(self, x):
            if self.before: x = self.before(x)
            x = self.body(x); x = x.mean((2, 3)) if self.pool else x.flatten(1)
            y = self.scale * self.head(x)
            return self.tail(y) if self.tail else y

    def save(name, model, feed, opset=13, outputs=("output",), axes=True, inputs=("input",), **kw):
        model.eval(); feed = feed if isinstance(feed, tuple) else (feed,)
        feed = tuple(torch.from_numpy(np.ascontiguousarray(f)) for f in feed)
        if axes is True: axes = {n: {0: "N"} for n in (*inputs, *outputs)}
        torch.onnx.export(model, feed, os.path.join(OUT, name, "model.onnx"), opset_version=opset, input_names=list(inputs),
                          output_names=list(outputs), dynamic_axes=axes or None, **kw)
        with torch.no_grad(): y = model(*feed)
        return [v.double().numpy() if v.is_floating_point() else v.numpy() for v in (y if isinstance(y, tuple) else (y,))]

    def plain(name, model, feed, right=lambda y: softmax(y[0]), say=None, **kw):
        if not wanted(name): return
        y = save(name, model, feed, **kw)
        truth(name, right(y) if right else None, **{"preparation": "TORCH_UNIT", **(say or {})})
    x = picture(PICTURE).transpose(2, 0, 1)[None]; g = picture(PICTURE, c=1).transpose(2, 0, 1)[None]
    raw = lambda y: y[0]
    for opset in (9, 12, 14):
        plain(f"mt-opset{opset}", Cnn(), x, opset=opset)
    plain("mt-logits3", Cnn(3), x); plain("mt-logits2", Cnn(2), x)
    plain("mt-logits3-all-tumors", Cnn(3), x, say=dict(labels=["glioma", "meningioma", "pituitary"], activation="LOGITS"))
    plain("mt-sigmoid1", Cnn(1, tail=nn.Sigmoid()), x, raw)
    plain("mt-sigmoid1-squeezed", Cnn(1, tail=lambda y: torch.sigmoid(y).squeeze(1)), x, raw)
    plain("mt-logit1-squeezed", Cnn(1, tail=lambda y: y.squeeze(1)), x, lambda y: sigmoid(y[0]))
    plain("mt-logit1-scalar", Cnn(1, tail=lambda y: y.squeeze()), x, lambda y: sigmoid(y[0]), axes=False)
    plain("mt-sigmoid-multi", Cnn(4, tail=nn.Sigmoid(), scale=1.), x, raw)
    plain("mt-nested", nn.Sequential(Cnn(scale=1.)), x)
    plain("mt-signed-inside", Cnn(before=lambda x: (x - .5) / .5), x)
    plain("mt-imagenet-inside", Cnn(before=lambda x: (x - torch.tensor([.485, .456, .406]).view(1, 3, 1, 1)) / torch.tensor([.229, .224, .225]).view(1, 3, 1, 1)), x)
    plain("mt-permute-inside", Cnn(before=lambda x: x.permute(0, 3, 1, 2)), x.transpose(0, 2, 3, 1))
    plain("mt-nhwc-uint8", Cnn(before=lambda x: x.permute(0, 3, 1, 2).float() / 255), np.rint(x.transpose(0, 2, 3, 1) * 255).astype(np.uint8), say=dict(preparation="KERAS_RAW"))
    plain("mt-hwc-uint8-no-batch", Cnn(before=lambda x: x.permute(2, 0, 1)[None].float() / 255), np.rint(x[0].transpose(1, 2, 0) * 255).astype(np.uint8), axes=False,
          say=dict(preparation="KERAS_RAW"))
    plain("mt-interpolate-inside", Cnn(before=lambda x: F.interpolate(x, (S, S), mode="bilinear", align_corners=False)), picture(PICTURE, 64, 64).transpose(2, 0, 1)[None])
    plain("mt-interpolate-open", Cnn(before=lambda x: F.interpolate(x, (S, S), mode="bilinear", align_corners=False)), picture(PICTURE, 256, 256).transpose(2, 0, 1)[None],
          axes={"input": {0: "N", 2: "H", 3: "W"}, "output": {0: "N"}}, say=dict(size=256))
    plain("mt-size-open", Cnn(pool=True, scale=200.), x, axes={"input": {0: "N", 2: "H", 3: "W"}, "output": {0: "N"}})
    plain("mt-all-open-gray", Cnn(c=1, pool=True, scale=200.), g, axes={"input": {0: "N", 1: "C", 2: "H", 3: "W"}, "output": {0: "N", 1: "K"}}, say=dict(grayOpen=True))
    plain("mt-gray-no-channel", Cnn(c=1, before=lambda x: x[:, None]), g[:, 0])
    plain("mt-fixed2", Cnn(), np.repeat(x, 2, 0), lambda y: softmax(y[0][0]), axes=False)
    plain("mt-logits-and-probs", Cnn(tail=lambda y: (y, y.softmax(1))), x, lambda y: y[1], outputs=("logits", "probs"), say=dict(output="probs"))
    plain("mt-logits-features-aux", Cnn(68, tail=lambda y: (y[:, 4:], y[:, :4], y[:, 4:36] * 2)), x, lambda y: softmax(y[1]), outputs=("features", "logits", "aux"), say=dict(output="logits", activation="LOGITS"))
    plain("mt-ensemble-probs", Cnn(8, tail=lambda y: (y[:, :4].softmax(1) + y[:, 4:].softmax(1)) / 2), x, raw, say=dict(activation="SOFTMAX"))
    plain("mt-ensemble-logits", Cnn(8, tail=lambda y: (y[:, :4] + y[:, 4:]) / 2), x)
    plain("mt-max-of-two", Cnn(8, tail=lambda y: torch.maximum(y[:, :4], y[:, 4:])), x, say=dict(activation="LOGITS"))
    plain("mt-topk-only", Cnn(tail=lambda y: torch.topk(y.softmax(1), 4)[0]), x, None, say=dict(activation="SOFTMAX"))
    plain("mt-sorted", Cnn(tail=lambda y: torch.sort(y, 1)), x, None, outputs=("values", "indices"), say=dict(output="values", activation="LOGITS"))
    plain("mt-argmax-float", Cnn(tail=lambda y: y.argmax(1).float()), x, None, say=dict(activation="LOGITS"))
    plain("mt-argmax-keep", Cnn(tail=lambda y: y.argmax(1, keepdim=True)), x, None)
    plain("mt-label-and-probs", Cnn(tail=lambda y: (y.argmax(1), y.softmax(1))), x, lambda y: y[1], outputs=("label", "probs"), say=dict(output="probs"))
    plain("mt-odds", Cnn(tail=lambda y: y.exp()), x, None, say=dict(activation="LOGITS"))
    plain("mt-percent", Cnn(tail=lambda y: 100 * y.softmax(1)), x, None, say=dict(activation="SOFTMAX"))
    plain("mt-two-channels", Cnn(c=2), np.concatenate([g, g], 1), None)
    plain("mt-scripted", torch.jit.script(nn.Sequential(nn.Conv2d(3, 4, 3, 2), nn.ReLU(), nn.Flatten(), nn.Linear(900, 4))), x)
    plain("mt-weights-as-inputs", Cnn(), x, keep_initializers_as_inputs=True)

    class Slices(nn.Module):
        def __init__(self, outputs=2, c=1, rnn=True, per=False, first=None):
            super().__init__(); self.per = per; self.first = first; self.c = c
            self.cnn = nn.Sequential(nn.Conv2d(c, 6, 3, 2, 1), nn.ReLU(), nn.Conv2d(6, 8, 3, 2, 1), nn.ReLU(), nn.AvgPool2d(S // 8), nn.Flatten())
            self.rnn = nn.GRU(32, 8, batch_first=True) if rnn else None; self.head = nn.Linear(8 if rnn else 32, outputs)
        def forward(self, x):
            if self.first: x = self.first(x)
            n, s = x.shape[0], x.shape[1]
            f = 50 * self.cnn(x.reshape(-1, self.c, S, S)).reshape(n, s, -1)
            f = self.rnn(f)[0] if self.rnn else f
            return 6 * self.head(f if self.per else f[:, -1] if self.rnn else f.mean(1))
    both = {"input": {0: "N", 1: "S"}, "output": {0: "N"}}
    def seq(name, model, c=1, right=lambda y: softmax(y[0]), pictures=SLICES, moved=lambda a: a, say=None, axes=both, hw=(S, S), **kw):
        if not wanted(name): return
        a = np.stack([picture(f, *hw, c) for f in pictures]).transpose(0, 3, 1, 2)[None]     # N, S, C, H, W
        y = save(name, model, moved(a), axes=axes, **kw)
        truth(name, right(y) if right else None, task="SEQUENCE_CLASSIFICATION", pictures=pictures,
              **{"preparation": "TORCH_UNIT", **(say or {})})
    seq("mt-gru-rgb", Slices(c=3), 3); seq("mt-mean-open", Slices(rnn=False)); seq("mt-gru-four", Slices(4))
    seq("mt-gru-all-open", Slices(), axes={"input": {0: "N", 1: "S", 2: "C", 3: "H", 4: "W"}, "output": {0: "N"}}, say=dict(axes="NSCHW"))
    seq("mt-gru-logit-squeezed", Slices(1, first=None), right=lambda y: sigmoid(y[0]))
    seq("mt-gru-three-rgb", Slices(c=3), 3, pictures=SLICES[:3], axes=True, say=dict(axes="NSCHW"))
    seq("mt-gru-three-rgb-open", Slices(c=3), 3, pictures=SLICES[:3])
    seq("mt-gru-per-slice", Slices(per=True), right=None, say=dict(labels=LABELS[2]))
    seq("mt-gru-gray-no-channel", Slices(first=lambda x: x[:, :, None]), moved=lambda a: a[:, :, 0], axes=both, say=dict(sequence="NSHW"))
    seq("mt-gru-fixed2", Slices(), moved=lambda a: np.repeat(a, 2, 0), right=lambda y: softmax(y[0][0]), axes=False)
    front = lambda a: a.transpose(0, 2, 1, 3, 4); behind = lambda a: a.transpose(0, 2, 3, 4, 1)
    class Cube(nn.Module):
        def __init__(self, c=1):
            super().__init__(); self.a = nn.Conv3d(c, 4, 3, 2, 1); self.b = nn.Linear(4, 2)
        def forward(self, x): return 60 * self.b(torch.relu(self.a(x)).mean((2, 3, 4)))
    open_ = {"input": {0: "N", 2: "D"}, "output": {0: "N"}}
    seq("mt-conv3d-open", Cube(), moved=front, axes=open_)
    seq("mt-conv3d-all-open", Cube(), moved=front, axes={"input": {0: "N", 2: "D", 3: "H", 4: "W"}, "output": {0: "N"}}, say=dict(axes="NCSHW"))
    seq("mt-conv3d-rgb", Cube(3), 3, moved=front, axes=True)
    seq("mt-conv3d-rgb-three", Cube(3), 3, moved=front, axes=True, pictures=SLICES[:3], say=dict(axes="NCSHW"))
    seq("mt-conv3d-depth-last", Cube(), moved=behind, axes=True)
    seq("mt-conv3d-cube", Cube(), moved=front, axes=True, pictures=[SLICES[k % 6] for k in range(S)], say=dict(axes="NCSHW"))
    seq("mt-conv3d-cube-last", Cube(), moved=behind, axes=True, pictures=[SLICES[k % 6] for k in range(S)], say=dict(axes="NCHWS"))
    seq("mt-channels-six", Cnn(2, c=6), moved=lambda a: a[:, :, 0], axes=True, say=dict(sequence="NSHW"))
    seq("mt-channels-three", Cnn(2, c=3), moved=lambda a: a[:, :, 0], axes=True, pictures=SLICES[:3], say=dict(sequence="NSHW"))

    class Unet(nn.Module):
        def __init__(self, outputs, c=1, tail=None, first=None):
            super().__init__(); self.tail = tail; self.first = first
            self.a = nn.Conv2d(c, 6, 3, 1, 1); self.b = nn.Conv2d(6, 8, 3, 1, 1); self.c = nn.Conv2d(14, outputs, 3, 1, 1)
        def forward(self, x):
            x = self.first(x) if self.first else x
            a = torch.relu(self.a(x)); b = torch.relu(self.b(F.max_pool2d(a, 2)))
            y = self.c(torch.cat([a, F.interpolate(b, scale_factor=2.)], 1))
            y = 20 * (y - y.mean((2, 3), keepdim=True))
            return self.tail(y) if self.tail else y
    BG4 = ["background", "edema", "enhancing", "necrosis"]
    def mask(name, model, tumor, labels=None, c=1, h=256, w=256, which=0, say=None, cast=lambda a: a, **kw):
        if not wanted(name): return
        png = SLICES[2]; y = save(name, model, cast(picture(png, h, w, c).transpose(2, 0, 1)[None]), **kw)
        v = tumor(y[which][0]); full = v if v.shape == (256, 256) else linear(linear(v, 256, 0), 256, 1)
        truth(name, None, labels or ["background", "tumor"], full, (png,), "SEGMENTATION", **{"preparation": "TORCH_UNIT", **(say or {})})
    rest = lambda v: softmax(v, 0)[1:].sum(0)
    mask("mt-unet-logits4", Unet(4), rest, BG4)
    mask("mt-unet-sigmoid1", Unet(1, tail=nn.Sigmoid()), lambda v: v[0])
    mask("mt-unet-squeezed-logit", Unet(1, tail=lambda y: y[:, 0]), sigmoid)
    mask("mt-unet-argmax", Unet(4, tail=lambda y: y.argmax(1)), lambda v: (v > 0).astype(float), BG4, say=dict(whole=True))
    mask("mt-unet-argmax-keep", Unet(4, tail=lambda y: y.argmax(1, keepdim=True)), lambda v: (v[0] > 0).astype(float), BG4)
    mask("mt-unet-argmax-uint8", Unet(2, tail=lambda y: y.argmax(1).byte()), lambda v: (v > 0).astype(float))
    mask("mt-unet-argmax-float", Unet(4, tail=lambda y: y.argmax(1).float()), lambda v: (v > 0).astype(float), BG4, say=dict(activation="LOGITS"))
    mask("mt-unet-nhwc-out", Unet(4, tail=lambda y: y.softmax(1).permute(0, 2, 3, 1)), lambda v: v[..., 1:].sum(-1), BG4)
    mask("mt-unet-sigmoid2", Unet(2, tail=nn.Sigmoid()), lambda v: v[1], say=dict(tumorLabels=["tumor"]))
    mask("mt-unet-rgb", Unet(1, 3), lambda v: sigmoid(v[0]), c=3)
    mask("mt-unet-fixed1", Unet(1), lambda v: sigmoid(v[0]), axes=False)
    mask("mt-unet-fixed4", Unet(1), lambda v: sigmoid(v[0]), axes=False, cast=lambda a: np.repeat(a, 4, 0))
    mask("mt-unet-open", Unet(1), lambda v: sigmoid(v[0]), axes={"input": {0: "N", 2: "H", 3: "W"}, "output": {0: "N", 2: "H", 3: "W"}}, say=dict(size=256))
    mask("mt-unet-no-batch", Unet(1, first=lambda x: x[None]), lambda v: sigmoid(v[0]), cast=lambda a: a[0], axes=False)
    mask("mt-unet-two-of-same-size", Unet(1, tail=lambda y: (y.sigmoid(), y)), lambda v: v[0], outputs=("probs", "logits"), say=dict(output="probs"))
    mask("mt-unet-not-square", Unet(1), lambda v: sigmoid(v[0]), h=128, w=192)
    mask("mt-unet-threshold", Unet(1, tail=lambda y: (y.sigmoid() > .5).float()), lambda v: v[0], say=dict(activation="SIGMOID"))
    mask("mt-unet-bool", Unet(1, tail=lambda y: y > 0), lambda v: v[0].astype(float))


{"keras": keras_networks, "torch": torch_networks}[WHICH]()
