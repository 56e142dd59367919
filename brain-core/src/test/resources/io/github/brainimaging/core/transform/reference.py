"""Writes reference.txt, what other programs make of three small images.

Run in this folder: /usr/bin/python3 reference.py
"""
import platform

import cv2
import numpy as np
import PIL
import scipy
from PIL import Image
from scipy import ndimage

rng = np.random.default_rng(2024)
lines = []


def put(name, image):
    """One block: name, width, height, channels, then one line per row, channel after channel."""
    image = np.asarray(image, np.float32)
    planes = image[None] if image.ndim == 2 else image.transpose(2, 0, 1)
    lines.append(f"{name} {planes.shape[2]} {planes.shape[1]} {planes.shape[0]}")
    lines.extend(" ".join(f"{v:.8g}" for v in row) for plane in planes for row in plane)


def percentile_threshold(image):
    low, high = np.percentile(image.astype(float), [1, 99])
    return low + 0.1 * (high - low)


gray = rng.integers(0, 256, (17, 23)).astype(np.float32)
head = rng.normal(300, 40, (20, 24))  # bright in the middle, dark outside, not whole numbers
head[:5], head[:, :6] = rng.normal(10, 4, (5, 24)), rng.normal(10, 4, (20, 6))
head = head.astype(np.float32)
rgb = rng.integers(0, 256, (7, 11, 3)).astype(np.float32)
put("gray", gray)
put("head", head)
put("rgb", rgb)

# Intensity
put("rgb.opencv-gray", cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY))
put("rgb.pillow-L", np.asarray(Image.fromarray(rgb.astype(np.uint8)).convert("L")))
put("gray.unit", gray / np.float32(255))
put("head.minmax", (head.astype(float) - head.min()) / (float(head.max()) - head.min()))
put("head.zscore", (head.astype(float) - head.mean(dtype=float)) / head.std(dtype=float))
inside = head[head > percentile_threshold(head)].astype(float)
put("head.zscore-foreground", (head - inside.mean()) / inside.std())
quarter = np.percentile(inside, [25, 50, 75])
put("head.robust", np.clip(1.349 * (head - quarter[1]) / (quarter[2] - quarter[0]), -4, 4))
put("head.threshold", [[percentile_threshold(head)]])
for low, high in ((0.5, 99.5), (5, 60), (0, 100)):
    put(f"head.clip-{low}-{high}", np.clip(head, *np.percentile(head.astype(float), [low, high])))
for sigma in (0.7, 2.5, 9.0):
    put(f"gray.gaussian-{sigma}", ndimage.gaussian_filter(gray.astype(float), sigma))
# An image with spacing 0.5 mm along x and 2 mm along y, smoothed by 1.5 mm
put("gray.gaussian-mm", ndimage.gaussian_filter(gray.astype(float), (0.75, 3)))
# The formulas of keras.applications.imagenet_utils, which needs TensorFlow, written out
for name, image in (("rgb", rgb), ("gray", np.repeat(gray[:, :, None], 3, 2))):
    image = image.astype(float)
    put(f"{name}.caffe", image[:, :, ::-1] - [103.939, 116.779, 123.68])
    put(f"{name}.torch", (image / 255 - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225])
    put(f"{name}.tf", image / 127.5 - 1)

# Resize: width x height
for size in ((10, 8), (40, 30), (40, 8), (23, 5), (1, 1)):
    name = f"{size[0]}x{size[1]}"
    put(f"gray.pillow-nearest-{name}", Image.fromarray(gray).resize(size, Image.NEAREST))
    put(f"gray.opencv-nearest-exact-{name}", cv2.resize(gray, size, interpolation=cv2.INTER_NEAREST_EXACT))
    put(f"gray.opencv-linear-{name}", cv2.resize(gray, size, interpolation=cv2.INTER_LINEAR))
for size in ((10, 8), (7, 17), (5, 4), (1, 1)):
    name = f"{size[0]}x{size[1]}"
    put(f"gray.opencv-area-{name}", cv2.resize(gray, size, interpolation=cv2.INTER_AREA))
put("rgb.opencv-area-6x3", cv2.resize(rgb, (6, 3), interpolation=cv2.INTER_AREA))

# Affine: shear by 6 degrees along x, then scale by 1.2, then rotate by 20 degrees, then shift by a tenth
angle, shear = np.radians(20), np.tan(np.radians(6))
forward = (
    np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    @ (1.2 * np.eye(2))
    @ np.array([[1, shear], [0, 1]])
)
back = np.linalg.inv(forward)  # in (x, y); scipy wants (y, x)
center = (np.array(gray.shape[::-1]) - 1) / 2
origin = center - back @ (center + 0.1 * np.array(gray.shape[::-1]))
put(
    "gray.affine",
    ndimage.affine_transform(
        gray.astype(float), back[::-1, ::-1], origin[::-1], order=1, mode="grid-constant", cval=7
    ),
)

header = (
    "# Made by: /usr/bin/python3 reference.py\n"
    f"# Python {platform.python_version()}, numpy {np.__version__}, scipy {scipy.__version__}, "
    f"Pillow {PIL.__version__}, OpenCV {cv2.__version__}\n"
)
with open("reference.txt", "w") as out:
    out.write(header + "\n".join(lines) + "\n")
