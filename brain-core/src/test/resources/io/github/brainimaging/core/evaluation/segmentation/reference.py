"""Makes scipy.json: pairs of masks with their measures by SciPy.

Command, in this folder: /usr/bin/python3 reference.py > scipy.json
Made with SciPy 1.10.1, NumPy 1.24.2, scikit-learn 1.2.1. Dice, IoU, sensitivity and precision are
scikit-learn's f1, jaccard, recall and precision of the pixels. The outline is mask ^ binary_erosion(mask)
as in MONAI and MedPy, the Hausdorff distance scipy.spatial.distance.directed_hausdorff, HD95 and the
average from scipy.ndimage.distance_transform_edt with MONAI's definitions. Lesions are those of
scipy.ndimage.label with all neighbors.
"""
import json

import numpy as np
from scipy import ndimage
from scipy.spatial.distance import directed_hausdorff
from sklearn import metrics


def outline(mask):
    return mask ^ ndimage.binary_erosion(mask)


def rows(mask):
    """Of a volume, a list of slices."""
    if mask.ndim == 3:
        return [rows(slice) for slice in mask]
    return ["".join(".#"[v] for v in row) for row in mask.astype(int)]


def lesions(truth, predicted):
    neighbors = np.ones((3,) * truth.ndim)
    a, n_true = ndimage.label(truth, neighbors)
    b, n_predicted = ndimage.label(predicted, neighbors)
    iou = np.zeros((n_true, n_predicted))
    for i in range(n_true):
        for j in range(n_predicted):
            t, p = a == i + 1, b == j + 1
            iou[i, j] = (t & p).sum() / (t | p).sum()
    matched, left = 0, iou.copy()
    while left.size and left.max() >= 0.2:
        i, j = np.unravel_index(left.argmax(), left.shape)
        left[i, :] = left[:, j] = 0
        matched += 1
    return {"trueLesions": n_true, "predictedLesions": n_predicted,
            "found": int((iou > 0).any(1).sum()), "correct": int((iou > 0).any(0).sum()),
            "matchedByIou": matched}


def case(name, truth, predicted, spacing):
    """Spacing is (x, y) or (x, y, z) in mm."""
    sampling = np.array(spacing[::-1], float)
    a, b = outline(truth), outline(predicted)
    from_truth = ndimage.distance_transform_edt(~b, sampling=sampling)[a]
    from_predicted = ndimage.distance_transform_edt(~a, sampling=sampling)[b]
    points_a, points_b = np.argwhere(a) * sampling, np.argwhere(b) * sampling
    t, p = truth.ravel(), predicted.ravel()
    return {
        "name": name,
        "spacing": spacing,
        "truth": rows(truth),
        "predicted": rows(predicted),
        "dice": metrics.f1_score(t, p),
        "iou": metrics.jaccard_score(t, p),
        "sensitivity": metrics.recall_score(t, p),
        "precision": metrics.precision_score(t, p),
        "hausdorff": max(directed_hausdorff(points_a, points_b)[0],
                         directed_hausdorff(points_b, points_a)[0]),
        "hausdorff95": max(np.percentile(from_truth, 95), np.percentile(from_predicted, 95)),
        "averageSurfaceDistance": np.concatenate([from_truth, from_predicted]).mean(),
        "sizeError": (p.sum() - t.sum()) * np.prod(spacing) / (1000 if truth.ndim == 3 else 1),
        "relativeSizeError": (p.sum() - t.sum()) / t.sum(),
        **lesions(truth, predicted),
    }


def blob(rng, height, width, threshold):
    noise = ndimage.gaussian_filter(rng.random((height, width)), 2.5)
    return noise > np.quantile(noise, threshold)


def ellipse(height, width, cx, cy, rx, ry):
    y, x = np.mgrid[:height, :width]
    return ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1


rng = np.random.default_rng(20261121)
dot = np.zeros((9, 14), bool)
dot[0, 13] = True
other = np.zeros((9, 14), bool)
other[8, 0] = True
full = np.ones((6, 5), bool)
part = full.copy()
part[:, 3:] = False
ring = ellipse(30, 32, 15, 14, 11, 9) & ~ellipse(30, 32, 15, 14, 6, 5)
cases = [
    case("one pixel each, far apart", dot, other, [1, 1]),
    case("one pixel each, not square", dot, other, [0.5, 2.25]),
    case("the whole image and a part", full, part, [1, 1]),
    case("two ellipses", ellipse(30, 32, 14, 15, 9, 6), ellipse(30, 32, 17, 13, 7, 8), [1, 1]),
    case("two ellipses, not square", ellipse(30, 32, 14, 15, 9, 6), ellipse(30, 32, 17, 13, 7, 8), [0.9, 1.7]),
    case("ring and disk", ring, ellipse(30, 32, 15, 14, 11, 9), [1, 1]),
    case("equal", ring, ring, [1, 1]),
    case("blobs", blob(rng, 28, 33, 0.8), blob(rng, 28, 33, 0.7), [1, 1]),
    case("blobs, not square", blob(rng, 28, 33, 0.9), blob(rng, 28, 33, 0.7), [3.3, 0.4]),
]
def blob_volume(rng, threshold):
    noise = ndimage.gaussian_filter(rng.random((10, 13, 15)), 1.2)
    return noise > np.quantile(noise, threshold)


z, y, x = np.mgrid[:11, :14, :13]
ball = (x - 6) ** 2 + (y - 6) ** 2 + (z - 5) ** 2 <= 16
shifted = ((x - 7) / 5) ** 2 + ((y - 7) / 4) ** 2 + ((z - 4) / 3) ** 2 <= 1
volumes = [
    case("a ball and an ellipsoid", ball, shifted, [1, 1, 1]),
    case("a ball and an ellipsoid, not cubic", ball, shifted, [0.8, 1.1, 5]),
    case("blobs, not cubic", blob_volume(rng, 0.9), blob_volume(rng, 0.8), [1, 1, 2.5]),
    case("one slice", blob_volume(rng, 0.8)[:1], blob_volume(rng, 0.6)[:1], [1, 2, 3]),
]
print(json.dumps({
    "madeBy": "/usr/bin/python3 reference.py > scipy.json (SciPy 1.10.1)",
    "cases": cases,
    "volumes": volumes,
}, indent=1))
