"""Reference values by NumPy 1.24, SciPy 1.10, scikit-image 0.19 and OpenCV 4.6.

    python3 references.py > references.txt
"""

import cv2
import numpy as np
from scipy import ndimage
from skimage import filters, morphology

rng = np.random.default_rng(7)
W, H = 36, 30


def put(name, array):
    array = np.atleast_2d(np.asarray(array, float))
    print(name, array.shape[1], array.shape[0], *[f"{v:.9g}" for v in array.ravel()])


def smooth(sigma):
    a = ndimage.gaussian_filter(rng.normal(size=(H, W)), sigma)
    return (a - a.min()) / (a.max() - a.min())


print("# Made by: python3 references.py > references.txt")
gray8 = np.round(255 * (0.5 * smooth(3) + 0.3 * smooth(1) + 0.2 * rng.random((H, W))) / 1.0).astype(np.uint8)
gray16 = (gray8.astype(np.uint16) * 180 + rng.integers(0, 180, (H, W))).astype(np.uint16)
real = (gray16 * 0.0137 - 5.5).astype(np.float32)
for name, image in (("gray8", gray8), ("gray16", gray16), ("real", real)):
    put(name, image)
    for radius in (1, 2):
        put(f"{name}.median{radius}", ndimage.median_filter(image, 2 * radius + 1, mode="nearest"))
put("gray8.otsu.skimage", filters.threshold_otsu(gray8))
put("gray8.otsu.opencv", cv2.threshold(gray8, 0, 255, cv2.THRESH_OTSU)[0])
put("gray16.otsu.opencv", cv2.threshold(gray16, 0, 65535, cv2.THRESH_OTSU)[0])
# Sixteen neighboring gray values: without gaps, the thresholds are unique.
coarse = (gray8 // 16).astype(np.uint8)
put("coarse", coarse)
for classes in (3, 4):
    put(f"coarse.multiotsu{classes}", filters.threshold_multiotsu(coarse, classes))

mask = smooth(1.5) > 0.52
put("mask", mask)
for radius in (1, 2, 5):
    put(f"mask.dilate.disk{radius}", morphology.binary_dilation(mask, morphology.disk(radius)))
    put(f"mask.erode.disk{radius}", morphology.binary_erosion(mask, morphology.disk(radius)))
put("mask.dilate.square2", morphology.binary_dilation(mask, np.ones((5, 5))))
put("mask.erode.square2", morphology.binary_erosion(mask, np.ones((5, 5))))
put("mask.fill", ndimage.binary_fill_holes(mask))
put("mask.remove12", morphology.remove_small_objects(mask, 12, connectivity=1))
put("mask.label4", ndimage.label(mask)[0])
put("mask.label8", ndimage.label(mask, np.ones((3, 3)))[0])
put("mask.mean4", ndimage.mean(real.astype(float), ndimage.label(mask)[0], range(1, ndimage.label(mask)[1] + 1)))
