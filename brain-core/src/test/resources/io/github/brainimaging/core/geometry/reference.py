#!/usr/bin/env python3
"""What nibabel and SciPy make of a small volume: reference.txt.

/usr/bin/python3 reference.py > reference.txt (nibabel 5.0.0, SciPy 1.10.1, numpy 1.24). The volume is
value(x, y, z) = ((7 * x + 13 * y + 29 * z + x * y * z) % 23) of 6 x 5 x 4 voxels. One line per case: name, size,
12 numbers of the affine, all samples with x fastest. Coordinates up to half a voxel outside are moved to the border;
what is further outside is -1.
"""
import nibabel as nib
import numpy as np
from scipy import ndimage

SHAPE = (6, 5, 4)
OBLIQUE = np.array([[-0.5, -1.9, 0.1, 20], [2.0, -0.4, -0.7, -31], [0.3, 0.1, -2.9, 7], [0, 0, 0, 1]])
x, y, z = np.meshgrid(*(np.arange(n) for n in SHAPE), indexing="ij")
data = ((7 * x + 13 * y + 29 * z + x * y * z) % 23).astype(float)


def tell(name, samples, affine):
    print(name, *samples.shape, *(repr(float(v)) for v in affine[:3].ravel()),
          *(repr(float(v)) for v in samples.ravel(order="F")))


def resample(shape, affine, order):
    to_old = np.linalg.inv(OBLIQUE) @ affine
    grid = np.indices(shape).reshape(3, -1)
    old = to_old[:3, :3] @ grid + to_old[:3, 3:]
    limit = np.array(SHAPE)[:, None] - 1
    inside = np.all((old >= -0.5 - 1e-9) & (old <= limit + 0.5 + 1e-9), axis=0)
    old = np.clip(old, 0, limit)
    if order == 0:
        # SciPy rounds halves up; noise of 1e-16 must not decide.
        old = np.floor(old + 0.5 + 1e-9)
    values = ndimage.map_coordinates(data, old, order=order, mode="mirror")
    return np.where(inside, values, -1).reshape(shape)


image = nib.Nifti1Image(data, OBLIQUE)
canonical = nib.as_closest_canonical(image)
tell("RAS", np.asarray(canonical.dataobj), canonical.affine)
for code in ("LPS", "LIA", "PIR"):
    ornt = nib.orientations.ornt_transform(nib.io_orientation(OBLIQUE), nib.orientations.axcodes2ornt(code))
    turned = image.as_reoriented(ornt)
    tell(code, np.asarray(turned.dataobj), turned.affine)

turn = nib.eulerangles.euler2mat(0.4, -0.3, 0.8)
other = np.eye(4)
other[:3, :3] = turn * [1.3, 1.7, 1.1]
other[:3, 3] = OBLIQUE[:3] @ [2.5, 2, 1.5, 1] - other[:3, :3] @ [3.5, 3, 2.5]
# Axes swapped, turned round, finer and shifted, but parallel.
parallel = OBLIQUE @ np.array([[0, -0.6, 0, 5.3], [0, 0, 0.7, -0.9], [0.45, 0, 0, 0.2], [0, 0, 0, 1]])
for order, name in ((0, "NEAREST"), (1, "LINEAR"), (3, "CUBIC")):
    tell("other-" + name, resample((8, 7, 6), other, order), other)
    tell("parallel-" + name, resample((9, 11, 8), parallel, order), parallel)
