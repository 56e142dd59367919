#!/usr/bin/env python3
"""What nibabel reads from the files of formats/nifti: nifti_reference.txt.

/usr/bin/python3 nifti_reference.py ../../shared/data/formats/nifti > nifti_reference.txt
(nibabel 5.0.0, numpy 1.24). One line per file: name, version, size, number of volumes, interval, type,
orientation, the 12 numbers of the affine, the CRC-32 of all samples as little-endian float32 in the order
of the file ("-" for a header alone).
"""
import pathlib
import sys
import zlib

import nibabel as nib
import numpy as np

for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    image = nib.load(path)
    header = image.header
    shape = image.shape + (1,) * (4 - len(image.shape))
    interval = header.get_zooms()[3] if len(image.shape) > 3 else float("nan")
    try:
        samples = np.asarray(image.dataobj, np.float64).astype("<f4").tobytes(order="F")
        crc = format(zlib.crc32(samples), "08x")
    except FileNotFoundError:
        crc = "-"
    print(path.name, 2 if isinstance(header, nib.Nifti2Header) else 1, *shape, "NaN" if np.isnan(interval) else float(interval),
          header.get_data_dtype().newbyteorder("=").name.upper(), "".join(nib.aff2axcodes(image.affine)),
          *(float(v) for v in image.affine[:3].ravel()), crc)
