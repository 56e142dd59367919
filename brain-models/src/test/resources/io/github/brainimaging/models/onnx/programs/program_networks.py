"""Tiny random PyTorch networks as nnU-Net, MONAI and Raidionics leave them, and what they find.

Needs torch, onnx, onnxruntime, numpy, scipy, scikit-image, nibabel, monai; with nnunetv2 it also says how
far nnU-Net itself, which sums in half precision, agrees. Writes the folders beside it and
expected.txt: per case a name and the labels as digits, slice after slice, row after row (of regions
a sum of 1, 2, 4).

nnU-Net's, Raidionics' and deepbet's steps are written down here, in NumPy and single precision;
MONAI's are MONAI's own. The volume is 24 x 28 x 20 voxels of 1 x 1.2 x 2.5 mm whose columns run to the left and
whose slices run down: v(x, y, z) below, with a border and a hole of zeros.
"""
import json
import pathlib
import sys

import nibabel as nib
import numpy as np
import onnxruntime
import scipy.ndimage as ndi
import torch
from skimage.transform import resize

HERE = pathlib.Path(__file__).parent
SIZE = (24, 28, 20)
MM = (1.0, 1.2, 2.5)
AFFINE = np.array([[-1.0, 0, 0, 10], [0, 1.2, 0, -7], [0, 0, -2.5, 20], [0, 0, 0, 1]])
torch.manual_seed(15)


def volume(shift):
    """x, y, z"""
    x, y, z = np.mgrid[:SIZE[0], :SIZE[1], :SIZE[2]]
    v = ((7 * x + 13 * y + 29 * z + x * y * z + shift) % 101) + 4.0 * ((x - 12) ** 2 + (y - 14) ** 2 + (z - 10) ** 2 < 60) * (20 + shift % 7)
    v[(x < 2) | (y < 3) | (z < 1) | (x > SIZE[0] - 4)] = 0
    v[(abs(x - 8) < 2) & (abs(y - 9) < 2) & (abs(z - 6) < 2)] = 0
    return v.astype(np.float32)


def network(folder, name, channels, labels, ending=None):
    layers = [torch.nn.Conv3d(channels, 6, 3, padding=1), torch.nn.LeakyReLU(0.01),
              torch.nn.Conv3d(6, 6, 3, padding=1), torch.nn.LeakyReLU(0.01), torch.nn.Conv3d(6, labels, 3, padding=1)]
    net = torch.nn.Sequential(*layers, *([ending] if ending else [])).eval()
    with torch.no_grad():
        for p in net.parameters():
            p.mul_(2.5)
    folder.mkdir(parents=True, exist_ok=True)
    axes = {0: "n", 2: "d", 3: "h", 4: "w"}
    torch.onnx.export(net, torch.zeros(1, channels, 8, 8, 8), str(folder / name), input_names=["input"],
                      output_names=["output"], dynamic_axes={"input": axes, "output": axes}, opset_version=17)
    session = onnxruntime.InferenceSession(str(folder / name), providers=["CPUExecutionProvider"])
    return net, lambda x: session.run(None, {"input": np.ascontiguousarray(x[None])})[0][0]


def write(folder, name, content):
    (folder / name).write_text(json.dumps(content, indent=1) + "\n")


# nnU-Net ------------------------------------------------------------------------------------------


def steps(size, patch, share):
    n = int(np.ceil((size - patch) / (patch * share))) + 1
    return [0] if n == 1 else [int(np.round((size - patch) / (n - 1) * i)) for i in range(n)]


def window(net, x, patch, labels):
    missing = [max(0, p - s) for s, p in zip(x.shape[1:], patch)]
    x = np.pad(x, [(0, 0)] + [(m // 2, m - m // 2) for m in missing])
    delta = np.zeros(patch)
    delta[tuple(p // 2 for p in patch)] = 1
    g = ndi.gaussian_filter(delta, [p / 8 for p in patch], 0, mode="constant", cval=0)
    g = (g / g.max()).astype(np.float32)
    g[g == 0] = g[g != 0].min()
    total = np.zeros((labels,) + x.shape[1:], np.float32)
    weight = np.zeros(x.shape[1:], np.float32)
    for a in steps(x.shape[1], patch[0], 0.5):
        for b in steps(x.shape[2], patch[1], 0.5):
            for c in steps(x.shape[3], patch[2], 0.5):
                at = (slice(a, a + patch[0]), slice(b, b + patch[1]), slice(c, c + patch[2]))
                total[(slice(None),) + at] += g * net(x[(slice(None),) + at])
                weight[at] += g
    total /= weight
    return total[(slice(None),) + tuple(slice(m // 2, total.shape[i + 1] - (m - m // 2)) for i, m in enumerate(missing))]


def resample(data, shape, current, new, order):
    """One channel, as resample_data_or_seg_to_shape with force_separate_z null and order_z 0."""
    if list(data.shape) == list(shape):
        return data
    axis = None
    for mm in (current, new):
        if max(mm) / min(mm) > 3:
            axis = np.where(max(mm) / np.array(mm) == 1)[0]
            break
    if axis is None or len(axis) != 1:
        return resize(data.astype(float), shape, order, mode="edge", anti_aliasing=False).astype(np.float32)
    a = axis[0]
    flat = [s for i, s in enumerate(shape) if i != a]
    parts = [resize(np.take(data, i, a).astype(float), flat, order, mode="edge", anti_aliasing=False)
             for i in range(data.shape[a])]
    data = np.stack(parts, a)
    if data.shape[a] != shape[a]:
        at = np.mgrid[tuple(slice(0, s) for s in shape)].astype(float)
        for i in range(3):
            at[i] = data.shape[i] / shape[i] * (at[i] + 0.5) - 0.5
        data = ndi.map_coordinates(data, at, order=0, mode="nearest")
    return data.astype(np.float32)


def nnunet(net, volumes, plans, dataset, labels):
    """Logits and the spatial steps back, as DefaultPreprocessor, nnUNetPredictor and export_prediction."""
    c = plans["configurations"]["3d_fullres"]
    forward = plans["transpose_forward"]
    data = np.stack([v.transpose(2, 1, 0).transpose(forward) for v in volumes]).astype(np.float32)
    spacing = [MM[::-1][i] for i in forward]
    head = ndi.binary_fill_holes(np.any(data != 0, axis=0))
    box = tuple(slice(np.where(head.any(tuple(j for j in range(3) if j != i)))[0].min(),
                      np.where(head.any(tuple(j for j in range(3) if j != i)))[0].max() + 1) for i in range(3))
    whole = data.shape[1:]
    data, head = data[(slice(None),) + box], head[box]
    cut = data.shape[1:]
    for i, scheme in enumerate(c["normalization_schemes"]):
        if scheme == "CTNormalization":
            p = plans["foreground_intensity_properties_per_channel"][str(i)]
            data[i] = (np.clip(data[i], p["percentile_00_5"], p["percentile_99_5"]) - p["mean"]) / p["std"]
        else:
            where = head if c["use_mask_for_norm"][i] else np.ones_like(head)
            data[i][where] = (data[i][where] - data[i][where].mean()) / max(data[i][where].std(), 1e-8)
    shape = [int(round(i / j * k)) for i, j, k in zip(spacing, c["spacing"], cut)]
    data = np.stack([resample(d, shape, spacing, c["spacing"], 3) for d in data])
    logits = window(net, data, c["patch_size"], labels)
    logits = np.stack([resample(l, cut, c["spacing"], spacing, 1) for l in logits])
    if "regions_class_order" in dataset:
        found = sum((logits[i] > 0) * 2 ** i for i in range(labels))
    else:
        found = logits.argmax(0)
    full = np.zeros(whole, int)
    full[box] = found
    return full.transpose(np.argsort(forward)), logits


def compare(name, net, volumes, plans, dataset, found):
    """With nnU-Net itself."""
    try:
        from nnunetv2.inference.predict_from_raw_data import nnUNetPredictor
        from nnunetv2.utilities.plans_handling.plans_handler import PlansManager
    except ImportError:
        return print(name, "not compared: no nnunetv2")
    predictor = nnUNetPredictor(use_mirroring=False, perform_everything_on_device=False, device=torch.device("cpu"))
    manager = PlansManager(plans)
    predictor.manual_initialization(net, manager, manager.get_configuration("3d_fullres"), [net.state_dict()], dataset, "nnUNetTrainer", None)
    seg = predictor.predict_single_npy_array(np.stack([v.transpose(2, 1, 0) for v in volumes]), {"spacing": list(MM[::-1])}, None, None, False)
    if "regions_class_order" in dataset:
        labels = np.zeros(found.shape, int)
        for i, c in enumerate(dataset["regions_class_order"]):
            labels[found // 2 ** i % 2 == 1] = c
        found = labels
    print(name, "voxels other than nnU-Net's own:", int((seg != found).sum()), "of", found.size)


def text(labels):
    """labels z, y, x"""
    return "".join(str(int(i)) for i in labels.ravel())


def plans_of(spacing, patch, schemes, masked, forward):
    kwargs = lambda order: {"is_seg": False, "order": order, "order_z": 0, "force_separate_z": None}
    properties = {"max": 480.0, "mean": 90.0, "median": 80.0, "min": 0.0, "percentile_00_5": 10.0,
                  "percentile_99_5": 170.0, "std": 40.0}
    return {
        "dataset_name": "Dataset900_Tiny", "plans_name": "nnUNetPlans", "image_reader_writer": "SimpleITKIO",
        "transpose_forward": forward, "transpose_backward": [int(i) for i in np.argsort(forward)],
        "configurations": {
            "2d": {"patch_size": [16, 16], "spacing": [1.0, 1.0]},
            "3d_fullres": {
                "data_identifier": "nnUNetPlans_3d_fullres", "preprocessor_name": "DefaultPreprocessor",
                "batch_size": 2, "patch_size": patch, "spacing": spacing, "normalization_schemes": schemes,
                "use_mask_for_norm": masked,
                "resampling_fn_data": "resample_data_or_seg_to_shape", "resampling_fn_data_kwargs": kwargs(3),
                "resampling_fn_seg": "resample_data_or_seg_to_shape", "resampling_fn_seg_kwargs": {**kwargs(1), "is_seg": True},
                "resampling_fn_probabilities": "resample_data_or_seg_to_shape", "resampling_fn_probabilities_kwargs": kwargs(1),
                "architecture": {"network_class_name": "torch.nn.Sequential", "arch_kwargs": {}, "_kw_requires_import": []}},
            "3d_cascade_fullres": {"inherits_from": "3d_fullres", "previous_stage": "3d_lowres"}},
        "experiment_planner_used": "ExperimentPlanner", "label_manager": "LabelManager",
        "foreground_intensity_properties_per_channel": {str(i): properties for i in range(len(schemes))}}


def nnunet_case(name, volumes, plans, dataset, labels):
    folder = HERE / name / "nnUNetTrainer__nnUNetPlans__3d_fullres"
    net, run = network(folder / "fold_0", "net.onnx", len(volumes), labels)
    write(folder, "plans.json", plans)
    write(folder, "dataset.json", dataset)
    found, _ = nnunet(run, volumes, plans, dataset, labels)
    compare(name, net, volumes, plans, dataset, found)
    return name + " " + text(found)


# MONAI --------------------------------------------------------------------------------------------


def monai_case(name, volumes, metadata, inference, labels):
    from monai.bundle import ConfigParser
    from monai.data import MetaTensor
    from monai.inferers import SlidingWindowInferer
    from monai.transforms import Compose
    folder = HERE / name
    net, _ = network(folder / "models", "model.onnx", len(volumes), labels)
    (folder / "configs").mkdir(exist_ok=True)
    write(folder / "configs", "metadata.json", metadata)
    write(folder / "configs", "inference.json", inference)
    config = json.loads(json.dumps(inference))
    for part in ("preprocessing", "postprocessing"):
        config[part]["transforms"] = [t for t in config[part]["transforms"] if t["_target_"] not in ("LoadImaged", "EnsureChannelFirstd", "SaveImaged")]
    parser = ConfigParser(config)
    parser.parse()
    data = {"image": MetaTensor(torch.from_numpy(np.stack(volumes)), affine=torch.from_numpy(AFFINE))}
    pre = parser.get_parsed_content("preprocessing")
    data = pre(data)
    with torch.no_grad():
        data["pred"] = parser.get_parsed_content("inferer")(data["image"][None], net)[0]
    post = parser.get_parsed_content("postprocessing")
    for t in post.transforms:
        if type(t).__name__ == "Invertd":
            t.transform = pre
    pred = post(data)["pred"].numpy()
    if len(pred) == 1:
        found = pred[0]
    else:
        found = sum(pred[i] * 2 ** i for i in range(len(pred)))
    if found.shape != SIZE:
        raise SystemExit("not on the grid of the volume: %s" % (found.shape,))
    return name + " " + text(found.transpose(2, 1, 0))


# Raidionics ---------------------------------------------------------------------------------------

INI = """[Default]
imaging_modality=MRI
training_backend=Torch

[PreProcessing]
library=nibabel
output_spacing=1.0,1.5,2.0
intensity_clipping_range=0,99
intensity_final_range=0,1
normalization_method=default  # to 0 to 1
background_cropping=
number_inputs=1
channels_order=channels_first
swap_training_input=False

[Training]
nb_classes=3
classes=Background,Core,Edema
slab_size=
patch_size=10,12,8
patch_offset=5,6,4
optimal_thresholds=0.4
deep_supervision=False
"""


def raidionics_case(name, v):
    from nibabel.processing import resample_from_to, resample_to_output
    folder = HERE / name
    _, run = network(folder, "model.onnx", 1, 3, torch.nn.Softmax(1))
    (folder / "pre_processing.ini").write_text(INI)
    image = nib.Nifti1Image(v, AFFINE)
    fine = resample_to_output(image, (1.0, 1.5, 2.0), order=1)
    data = fine.get_fdata().astype(np.float32)
    low, high = np.percentile(data, [0, 99])
    data = np.clip(data, low, high)
    data = ((data - data.min()) / (data.max() - data.min())).astype(np.float32)
    patch, offset = (10, 12, 8), (5, 6, 4)
    pad = [int(np.ceil((p - s) / 2)) if s <= p else 0 for s, p in zip(data.shape, patch)]
    data = np.pad(data, [(p, p) for p in pad], mode="edge")
    best = np.zeros((3,) + data.shape)
    for a in range(int(np.ceil(data.shape[0] / (patch[0] - offset[0])))):
        for b in range(int(np.ceil(data.shape[1] / (patch[1] - offset[1])))):
            for c in range(int(np.ceil(data.shape[2] / (patch[2] - offset[2])))):
                at = []
                for i, k in enumerate((a, b, c)):
                    start = k * (patch[i] - offset[i])
                    start = min(start, data.shape[i] - patch[i])
                    at.append(slice(start, start + patch[i]))
                at = tuple(at)
                best[(slice(None),) + at] = np.maximum(best[(slice(None),) + at], run(data[at][None]))
    best = best[(slice(None),) + tuple(slice(p, s - p) for p, s in zip(pad, best.shape[1:]))]
    found = sum((resample_from_to(nib.Nifti1Image(best[i].astype(np.float32), fine.affine), image, order=1).get_fdata() >= 0.4) * 2 ** i
                for i in range(3))
    return name + " " + text(found.transpose(2, 1, 0))


# Two in a row -------------------------------------------------------------------------------------


def whole(shape):
    return {"task": "VOLUME_SEGMENTATION", "sequences": ["t1"], "patch": shape[::-1], "orientation": "RAS", "axes": "zyx", "convention": "WHOLE",
            "interpolation": "NEAREST", "interpolationBack": "NEAREST", "onePiece": True,
            "normalization": [{"kind": "PERCENTILES_Z_SCORE", "low": 0.5, "high": 99.5, "mean": -0.449 / 0.226, "deviation": 1 / 0.226}],
            "activation": "LOGITS", "labels": ["background", "ball"], "tumorLabels": ["ball"]}


def cascade_case(name, v):
    """As deepbet 1.0.2 does it: BrainExtraction.run_model and postprocess."""
    folder = HERE / name
    coarse, fine = [16, 16, 12], [20, 18, 16]
    finds = {}
    for part, scale in (("coarse", 1.5), ("fine", 1.0)):
        folder.mkdir(exist_ok=True)
        conv = torch.nn.Conv3d(1, 2, 3, padding=1)
        with torch.no_grad():
            conv.weight[0] = -1 / 27
            conv.weight[1] = 1 / 27
            conv.bias[:] = torch.tensor([0.5, -0.5]) * scale
        net = torch.nn.Sequential(conv).eval()
        torch.onnx.export(net, torch.zeros(1, 1, 8, 8, 8), str(folder / (part + ".onnx")), input_names=["input"], output_names=["output"],
                          dynamic_axes={n: {2: "d", 3: "h", 4: "w"} for n in ("input", "output")}, opset_version=17)
        session = onnxruntime.InferenceSession(str(folder / (part + ".onnx")), providers=["CPUExecutionProvider"])
        finds[part] = lambda x, s=session: s.run(None, {"input": x[None, None]})[0][0].argmax(0) == 1
    write(folder, "coarse.json", {"name": "coarse", **whole(coarse)})
    write(folder, "fine.json", {"name": "fine", **whole(fine), "within": {"model": "coarse.onnx", "margin": 0.1}})

    def resized(x, shape):
        return torch.nn.functional.interpolate(torch.from_numpy(np.ascontiguousarray(x))[None, None], shape, mode="nearest-exact")[0, 0].numpy()

    def normal(x, low, high):
        x = np.clip((x - low) / (high - low), 0, 1)
        return (.226 * (x - x.mean()) / x.std() + .449).astype(np.float32)

    def largest(mask):
        found, n = ndi.label(mask, np.ones((3, 3, 3)))
        return found == 1 + np.argmax(ndi.sum(mask, found, range(1, n + 1)))

    x = nib.as_closest_canonical(nib.Nifti1Image(v, AFFINE)).get_fdata(dtype=np.float32)
    small = resized(x, coarse)
    low, high = np.quantile(small, [.005, .995])
    mask = largest(finds["coarse"](normal(small, low, high)))
    box = []
    for i in range(3):
        r = np.where(mask.mean(tuple(j for j in range(3) if j != i)) > .02)[0]
        scale = x.shape[i] / mask.shape[i]
        center, size = np.round(scale * (r.max() + 1 + r.min()) / 2), np.round(scale * (r.max() + 1 - r.min()) * 1.2)
        box.append(slice(max(0, int(center - size / 2)), min(x.shape[i], int(center + size / 2))))
    box = tuple(box)
    inside = finds["fine"](normal(resized(x[box], fine), low, high))
    full = np.zeros(x.shape, np.float32)
    full[box] = ndi.binary_fill_holes(largest(resized(inside.astype(np.float32), x[box].shape) > .5))
    print(name, "box", box, "of", x.shape, "voxels", int(full.sum()))
    back = nib.orientations.ornt_transform([[0, 1], [1, 1], [2, 1]], nib.io_orientation(AFFINE))
    return name + " " + text(nib.orientations.apply_orientation(full, back).transpose(2, 1, 0))


lines = []
classes = {"channel_names": {"0": "CT", "1": "T1"}, "labels": {"background": 0, "edema": 1, "core": 2, "ignore": 3}, "numTraining": 10, "file_ending": ".nii.gz"}
lines.append(nnunet_case("nnunet-classes", [volume(0), volume(40)],
                         plans_of([1.5, 1.1, 0.9], [10, 12, 14], ["CTNormalization", "ZScoreNormalization"], [False, True], [1, 0, 2]), classes, 3))
regions = {"channel_names": {"0": "FLAIR"}, "labels": {"background": 0, "whole tumor": [1, 2, 3], "tumor core": [2, 3], "enhancing": 3},
           "regions_class_order": [1, 2, 3], "numTraining": 10, "file_ending": ".nii.gz"}
lines.append(nnunet_case("nnunet-regions", [volume(7)],
                         plans_of([4.0, 1.0, 1.1], [6, 16, 12], ["ZScoreNormalization"], [False], [0, 1, 2]), regions, 3))

four = {"network_data_format": {
    "inputs": {"image": {"type": "image", "format": "magnitude", "modality": "MR", "num_channels": 4, "spatial_shape": ["8*n", "8*n", "8*n"], "dtype": "float32",
                         "channel_def": {"0": "T1c", "1": "T1", "2": "T2", "3": "FLAIR"}}},
    "outputs": {"pred": {"type": "image", "format": "segmentation", "num_channels": 3, "channel_def": {"0": "Tumor core", "1": "Whole tumor", "2": "Enhancing tumor"}}}},
    "version": "0.1.0", "name": "Tiny four sequences"}
lines.append(monai_case("monai-four", [volume(s) for s in (0, 13, 40, 77)], four, {
    "imports": ["$import glob"], "bundle_root": ".", "roi": [10, 12, 8],
    "preprocessing": {"_target_": "Compose", "transforms": [
        {"_target_": "LoadImaged", "keys": "image"},
        {"_target_": "NormalizeIntensityd", "keys": "image", "nonzero": True, "channel_wise": True}]},
    "inferer": {"_target_": "SlidingWindowInferer", "roi_size": "@roi", "sw_batch_size": 1, "overlap": 0.3},
    "postprocessing": {"_target_": "Compose", "transforms": [
        {"_target_": "Activationsd", "keys": "pred", "sigmoid": True},
        {"_target_": "AsDiscreted", "keys": "pred", "threshold": 0.5},
        {"_target_": "SaveImaged", "keys": "pred", "output_dir": "eval"}]}}, 3))
one = {"network_data_format": {
    "inputs": {"image": {"num_channels": 1, "channel_def": {"0": "image"}}},
    "outputs": {"pred": {"num_channels": 3, "channel_def": {"0": "background", "1": "edema", "2": "core"}}}},
    "name": "Tiny spacing"}
lines.append(monai_case("monai-spacing", [volume(3)], one, {
    "preprocessing": {"_target_": "Compose", "transforms": [
        {"_target_": "LoadImaged", "keys": "image"},
        {"_target_": "EnsureChannelFirstd", "keys": "image"},
        {"_target_": "Orientationd", "keys": "image", "axcodes": "RAS"},
        {"_target_": "Spacingd", "keys": "image", "pixdim": [1.3, 1.0, 2.1], "mode": "bilinear"},
        {"_target_": "ScaleIntensityRanged", "keys": "image", "a_min": 5, "a_max": 150, "b_min": -1, "b_max": 1, "clip": True},
        {"_target_": "EnsureTyped", "keys": "image"}]},
    "inferer": {"_target_": "SlidingWindowInferer", "roi_size": [10, 12, 9], "sw_batch_size": 4, "overlap": 0.5, "mode": "gaussian"},
    "postprocessing": {"_target_": "Compose", "transforms": [
        {"_target_": "Activationsd", "keys": "pred", "softmax": True},
        {"_target_": "Invertd", "keys": "pred", "transform": "@preprocessing", "orig_keys": "image", "nearest_interp": False, "to_tensor": True},
        {"_target_": "AsDiscreted", "keys": "pred", "argmax": True},
        {"_target_": "SaveImaged", "keys": "pred", "output_dir": "eval"}]}}, 3))
lines.append(raidionics_case("raidionics", volume(21)))
lines.append(cascade_case("two-in-a-row", volume(5)))
(HERE / "expected.txt").write_text("\n".join(lines) + "\n")
for line in lines:
    name, digits = line.split(" ")
    print(name, len(digits), {d: digits.count(d) for d in sorted(set(digits))}, file=sys.stderr)
