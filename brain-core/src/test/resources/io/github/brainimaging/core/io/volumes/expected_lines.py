"""What the scripts beside it write of a volume, and where SimpleITK places it."""
import numpy as np


def line(name, volumes, affine, program):
    """volumes: z, y, x and maybe color"""
    samples = np.concatenate([np.moveaxis(v, -1, 0).ravel() if v.ndim == 4 else v.ravel() for v in volumes])
    depth, height, width = volumes[0].shape[:3]
    place = "none" if affine is None else " ".join(repr(float(x)) for x in affine[:3].ravel())
    values = " ".join(repr(float(np.float32(x))) for x in samples)
    channels = 3 if volumes[0].ndim == 4 else 1
    return f"{name}|{program}|{len(volumes)}|{width} {height} {depth}|{channels}|{place}|{values}"


def ras(image):
    """The affine of a SimpleITK image, whose own coordinates are LPS."""
    n = image.GetDimension()
    affine = np.eye(4)
    affine[:3, :3] = np.array(image.GetDirection()).reshape(n, n)[:3, :3] * np.array(image.GetSpacing())[:3]
    affine[:3, 3] = image.GetOrigin()[:3]
    return np.diag([-1, -1, 1, 1]) @ affine
