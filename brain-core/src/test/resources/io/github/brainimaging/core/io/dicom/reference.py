#!/usr/bin/python3
"""Writes conformance.txt: what pydicom finds in the files of formats/dicom.

Run as: /usr/bin/python3 reference.py DATA/formats/dicom   (Debian 12: pydicom 2.3.1, gdcm 3.0.21, PIL 9.4.0, numpy 1.24.2)

One line per file: path, then "none" if pydicom cannot decode it; or "exact" or "lossy", frames,
rows, columns, channels, CRC-32, and 64 samples at equal steps. The samples are those after rescale
slope and intercept (double precision, then float), colors as RGB, palettes looked up, in the order
frame, channel, row, column. The CRC is that of all samples as big-endian floats.
"""
import logging
import os
import sys
import warnings
import zlib
from pathlib import Path

import numpy as np
import pydicom
from pydicom.pixel_data_handlers.util import apply_color_lut, convert_color_space

warnings.simplefilter("ignore")
logging.disable(50)
ROOT = Path(sys.argv[1])
LOSSY = {".4.50", ".4.51", ".4.91"}


def samples(path):
    ds = pydicom.dcmread(path, force=True)
    if "TransferSyntaxUID" not in ds.file_meta:
        ds.file_meta.TransferSyntaxUID = (
            pydicom.uid.ImplicitVRLittleEndian if ds.is_implicit_VR
            else pydicom.uid.ExplicitVRLittleEndian if ds.is_little_endian
            else pydicom.uid.ExplicitVRBigEndian)
    a = ds.pixel_array
    kind = ds.PhotometricInterpretation
    if kind == "PALETTE COLOR":
        a = apply_color_lut(a, ds)
    elif kind.startswith("YBR_FULL"):
        a = convert_color_space(a, kind, "RGB")
    color = a.shape[-1] == 3 and (kind == "PALETTE COLOR" or ds.SamplesPerPixel == 3)
    a = a.astype(float)
    if not color:
        slope = float(ds.get("RescaleSlope", 1) or 1)
        a = a * slope + float(ds.get("RescaleIntercept", 0) or 0)
        a = a[..., None]
    if a.ndim == 3:
        a = a[None]
    lossy = str(ds.file_meta.TransferSyntaxUID)[17:] in LOSSY or kind.startswith("YBR")
    return np.ascontiguousarray(a.transpose(0, 3, 1, 2)).astype(np.float32), lossy


out = []
for path in sorted(p for p in ROOT.rglob("*") if p.is_file()):
    name = path.relative_to(ROOT).as_posix()
    try:
        a, lossy = samples(path)
    except Exception:
        out.append(f"{name}|none")
        continue
    flat = a.ravel()
    at = [i * flat.size // 64 for i in range(64)] if flat.size >= 64 else range(flat.size)
    crc = zlib.crc32(flat.astype(">f4").tobytes())
    f, c, h, w = a.shape
    some = " ".join(f"{flat[i]:.9g}" for i in at)
    out.append(f"{name}|{'lossy' if lossy else 'exact'}|{f}|{h}|{w}|{c}|{crc}|{some}")
(Path(__file__).parent / "conformance.txt").write_text("\n".join(out) + "\n")
