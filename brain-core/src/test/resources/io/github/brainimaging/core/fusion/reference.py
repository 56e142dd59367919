"""Makes reference.json: two small images, their fusions and measures by other programs.

Command, in this folder: /usr/bin/python3 reference.py > reference.json
Made with NumPy 1.24.2, SciPy 1.10.1, PyWavelets 1.1.1, scikit-image 0.19.3.
"""
import json

import numpy as np
import pywt
from scipy import ndimage
from skimage.measure import shannon_entropy
from skimage.metrics import structural_similarity

HEIGHT, WIDTH = 20, 28


def images():
    random = np.random.RandomState(4)
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    mri = 90 + 60 * np.sin(x / 3.0) * np.cos(y / 4.0) + random.normal(0, 8, (HEIGHT, WIDTH))
    r = np.hypot((x - 13) / 12.0, (y - 9) / 8.0)
    ct = 220 * np.exp(-((r - 0.9) / 0.12) ** 2) + 25 * (r < 0.8) + random.normal(0, 3, r.shape)
    return [np.clip(np.round(i), 0, 255) for i in (mri, ct)]


def stronger(a, b):
    return np.where(np.abs(b) > np.abs(a), b, a)


def laplacian(a, b, levels):
    kernel = np.array([1, 4, 6, 4, 1]) / 16

    def smooth(p, k):
        return ndimage.correlate1d(ndimage.correlate1d(p, k, 0, mode="nearest"), k, 1, mode="nearest")

    def reduce(p):
        return smooth(p, kernel)[::2, ::2]

    def expand(p, shape):
        edge = np.pad(p, 2, mode="edge")
        stuffed = np.zeros((2 * edge.shape[0], 2 * edge.shape[1]))
        stuffed[::2, ::2] = edge
        return smooth(stuffed, 2 * kernel)[4:4 + shape[0], 4:4 + shape[1]]

    if levels == 0:
        return (a + b) / 2
    small_a, small_b = reduce(a), reduce(b)
    detail = stronger(a - expand(small_a, a.shape), b - expand(small_b, b.shape))
    return expand(laplacian(small_a, small_b, levels - 1), a.shape) + detail


def wavelet(a, b, levels):
    margin = 4 << levels
    bands = [
        pywt.swt2(np.pad(p, margin, mode="symmetric"), "db2", levels, norm=True, trim_approx=True)
        for p in (a, b)
    ]
    fused = [(bands[0][0] + bands[1][0]) / 2]
    for of_a, of_b in zip(bands[0][1:], bands[1][1:]):
        fused.append(tuple(stronger(p, q) for p, q in zip(of_a, of_b)))
    return pywt.iswt2(fused, "db2", norm=True)[margin:-margin, margin:-margin]


def box(p, radius):
    ones = np.ones_like(p)

    def total(q):
        padded = np.pad(q, radius)
        windows = np.lib.stride_tricks.sliding_window_view(padded, (2 * radius + 1, 2 * radius + 1))
        return windows.sum(axis=(2, 3))

    return total(p) / total(ones)


def guided_filter(guide, p, radius, eps):
    mean_i, mean_p = box(guide, radius), box(p, radius)
    slope = (box(guide * p, radius) - mean_i * mean_p) / (
        np.maximum(box(guide * guide, radius) - mean_i ** 2, 0) + eps)
    return box(slope, radius) * guide + box(mean_p - slope * mean_i, radius)


def guided(a, b):
    saliency = [ndimage.gaussian_filter(np.abs(ndimage.laplace(p, mode="nearest")), 5) for p in (a, b)]
    map_a = (saliency[0] >= saliency[1]).astype(float)
    base = [box(p, 15) for p in (a, b)]
    result = 0
    for radius, eps, layers in ((45, 0.3, base), (7, 1e-6, [a - base[0], b - base[1]])):
        w = [np.maximum(guided_filter(g, m, radius, eps), 0) for g, m in ((a, map_a), (b, 1 - map_a))]
        total = w[0] + w[1]
        share = np.where(total > 0, w[0] / np.where(total > 0, total, 1), 0.5)
        result = result + share * layers[0] + (1 - share) * layers[1]
    return result


def mutual_information(p, q):
    joint = np.histogram2d(np.round(255 * p).ravel(), np.round(255 * q).ravel(), bins=256,
                           range=[[-0.5, 255.5]] * 2)[0] / p.size
    expected = joint.sum(1, keepdims=True) * joint.sum(0, keepdims=True)
    inside = joint > 0
    return float((joint[inside] * np.log2(joint[inside] / expected[inside])).sum())


def edge_transfer(a, b, f):
    def edges(p):
        sx, sy = ndimage.sobel(p, 1, mode="nearest"), ndimage.sobel(p, 0, mode="nearest")
        with np.errstate(divide="ignore", invalid="ignore"):
            angle = np.where((sx == 0) & (sy == 0), 0, np.arctan(sy / sx))
        return np.hypot(sx, sy), angle

    gf, af = edges(f)
    kept = total = 0
    for p in (a, b):
        g, alpha = edges(p)
        larger = np.maximum(g, gf)
        strength = np.where(larger > 0, np.minimum(g, gf) / np.where(larger > 0, larger, 1), 0)
        angle = np.abs(np.abs(alpha - af) - np.pi / 2) / (np.pi / 2)
        q = 0.9994 / (1 + np.exp(-15 * (strength - 0.5))) * 0.9879 / (1 + np.exp(-22 * (angle - 0.8)))
        kept, total = kept + (g * q).sum(), total + g.sum()
    return float(kept / total)


def measures(a, b, f):
    def similarity(p):
        return float(structural_similarity(p, f, gaussian_weights=True, sigma=1.5,
                                           use_sample_covariance=False, data_range=1))

    rows, columns = np.diff(f, axis=0), np.diff(f, axis=1)
    return {
        "entropy": float(shannon_entropy(np.round(255 * f))),
        "mriInformation": mutual_information(a, f),
        "ctInformation": mutual_information(b, f),
        "edgeTransfer": edge_transfer(a, b, f),
        "mriSimilarity": similarity(a),
        "ctSimilarity": similarity(b),
        "spatialFrequency": float(255 * np.sqrt(((rows ** 2).sum() + (columns ** 2).sum()) / f.size)),
    }


def flat(image):
    return [round(float(v), 6) for v in np.clip(image, 0, 1).ravel()]


def main():
    mri, ct = images()
    a, b = mri / 255, ct / 255
    average = (0.3 * a + 0.7 * b)
    print(json.dumps({
        "width": WIDTH,
        "height": HEIGHT,
        "mri": [int(v) for v in mri.ravel()],
        "ct": [int(v) for v in ct.ravel()],
        "fused": {
            "average": flat(average),
            "maximum": flat(np.maximum(a, b)),
            "laplacian": flat(laplacian(a, b, 3)),
            "wavelet": flat(wavelet(a, b, 2)),
            "guided": flat(guided(a, b)),
        },
        "measures": measures(a, b, np.maximum(a, b)),
    }))


main()
