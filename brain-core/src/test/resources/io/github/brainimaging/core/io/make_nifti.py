#!/usr/bin/env python3
"""Writes small NIfTI files of all kinds with nibabel, and what nibabel reads from them, into a folder.

/usr/bin/python3 make_nifti.py nifti (nibabel 5.0.0, numpy 1.24). expected.txt has a line per file: name,
then orientation and 12 numbers of the affine in mm (or "unknown"), then all samples in the order of the
file, of colors channel after channel.
"""
import gzip
import pathlib
import sys

import nibabel as nib
import numpy as np
from nibabel.nifti1 import Nifti1Extension

out = pathlib.Path(sys.argv[1])
out.mkdir(exist_ok=True)
expected = []
random = np.random.default_rng(5)
SHAPE = (3, 4, 2)
OBLIQUE = np.array([[-1.9, 0.3, 0.1, 20.5], [0.2, 2.1, -0.7, -31.25], [0.1, 0.5, 2.9, 7], [0, 0, 0, 1]])
ROTATION = nib.eulerangles.euler2mat(0.3, -0.2, 2.9)


def samples(dtype, shape=SHAPE):
    dtype = np.dtype(dtype)
    if dtype.kind == "f":
        return (random.normal(size=shape) * 1000).astype(dtype)
    info = np.iinfo(dtype)
    values = random.integers(info.min, info.max, size=shape, dtype=dtype, endpoint=True)
    values.flat[:2] = info.min, info.max
    return values


def tell(name, image, affine="same"):
    data = np.asarray(image.dataobj)
    if data.dtype.fields:
        planes = [data[c].astype(np.float32).ravel(order="F") for c in "RGB"]
    else:
        planes = [data.astype(np.float64).astype(np.float32).ravel(order="F")]
    if affine is None:
        place = ["unknown"]
    else:
        matrix = image.affine if isinstance(affine, str) else affine
        place = ["".join(nib.aff2axcodes(matrix)), *(repr(float(v)) for v in matrix[:3].ravel())]
    expected.append(" ".join([name, *place, *(repr(float(v)) for v in np.concatenate(planes))]))


def save(name, data, affine=OBLIQUE, version=1, endian="<", edit=None, tell_affine="same"):
    kind = nib.Nifti1Pair if name.endswith((".hdr", ".img")) else nib.Nifti1Image
    if version == 2:
        kind = nib.Nifti2Pair if kind is nib.Nifti1Pair else nib.Nifti2Image
    header = kind.header_class(endianness=endian)
    header.set_data_dtype(data.dtype)
    image = kind(data, affine, header)
    image.header.set_slope_inter(1, 0)
    if edit:
        edit(image)
    image.to_filename(out / name)
    tell(name, nib.load(out / name), tell_affine)


for dtype in "uint8 int8 uint16 int16 uint32 int32 uint64 int64 float32 float64".split():
    data = samples(dtype)
    save(f"{dtype}-1le.nii", data)
    save(f"{dtype}-1be.nii", data, endian=">")
    save(f"{dtype}-2le.nii.gz", data, version=2)
    save(f"{dtype}-2be.nii", data, version=2, endian=">")
colors = np.zeros(SHAPE, dtype=[("R", "u1"), ("G", "u1"), ("B", "u1")])
for c in "RGB":
    colors[c] = samples("uint8")
save("rgb24.nii", colors)
save("rgb24.nii.gz", colors, version=2)


def raw(slope, inter):
    """nibabel scales on writing; the header's bytes are set behind its back."""
    def edit(name):
        bytes_ = bytearray((out / name).read_bytes())
        bytes_[112:120] = np.array([slope, inter], "<f4").tobytes()
        (out / name).write_bytes(bytes_)
        tell(name, nib.load(out / name))
    return edit


for name, slope, inter in [("scaled", 0.5, -1024), ("negative-slope", -2, 3), ("slope-0", 0, 7),
                           ("slope-nan", float("nan"), 7), ("slope-infinite", float("inf"), 0)]:
    save(f"{name}.nii", samples("int16"))
    expected.pop()
    raw(slope, inter)(f"{name}.nii")
save("scaled-float32.nii", samples("float32"))
expected.pop()
raw(0.1, 0.7)("scaled-float32.nii")

save("pair.hdr", samples("int16"))
save("pair-2.hdr", samples("int16"), version=2, endian=">")


def qform_only(matrix):
    def edit(image):
        image.set_sform(None, code=0)
        image.set_qform(matrix, code=1)
    return edit


def rotated(zooms):
    matrix = np.eye(4)
    matrix[:3, :3] = ROTATION * zooms
    matrix[:3, 3] = -10, 20.5, 3
    return matrix


half_turn = np.diag([-2.0, -3.0, 4.0, 1.0])
for name, matrix in [("qform", rotated([1.5, 2, 3])), ("qform-left-handed", rotated([1.5, 2, -3])),
                     ("qform-half-turn", half_turn)]:
    save(f"{name}.nii", samples("int16"), affine=None, edit=qform_only(matrix))
    save(f"{name}-2.nii", samples("int16"), affine=None, version=2, edit=qform_only(matrix))


save("neither.nii", samples("int16"), affine=None, tell_affine=None,
     edit=lambda image: image.header.set_zooms((1.5, 2.5, 3.5)))


def both(image):
    image.set_sform(OBLIQUE, code=4)
    image.set_qform(rotated([1, 2, 3]), code=1)


save("both.nii", samples("int16"), edit=both)

micron = OBLIQUE.copy()
micron[:3] *= 1000
scaled = np.float32(micron[:3]).astype(float) / 1000
in_mm = np.vstack([scaled, [0, 0, 0, 1]])
save("micrometers.nii", samples("int16"), affine=micron,
     edit=lambda image: image.header.set_xyzt_units("micron", "sec"), tell_affine=in_mm)


def extended(image):
    image.header.extensions.append(Nifti1Extension("comment", b"a comment of some length"))
    image.header.extensions.append(Nifti1Extension("afni", b"<x/>" * 30))


save("extensions.nii", samples("int16"), edit=extended)
save("extensions-2.nii.gz", samples("int16"), version=2, edit=extended)
save("slice.nii", samples("uint8", (5, 4, 1)))
save("flat.nii.gz", samples("uint16", (5, 4)))


def timed(image):
    image.header.set_zooms((2, 2, 2, 1500))
    image.header.set_xyzt_units("mm", "msec")


save("series.nii", samples("int16", (3, 4, 2, 3)), edit=timed)
save("series.nii.gz", samples("float32", (3, 4, 2, 3)), edit=timed, version=2)
(out / "expected.txt").write_text("\n".join(expected) + "\n")
