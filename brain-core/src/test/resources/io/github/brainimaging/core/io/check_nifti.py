#!/usr/bin/env python3
"""Lets nibabel read what NiftiWriterTest has written into a folder; prints how many files agree.

mvn -pl brain-core test -Dtest=NiftiWriterTest -Dsurefire.argLine="-Dnifti.out=FOLDER"
/usr/bin/python3 check_nifti.py FOLDER
"""
import pathlib
import sys

import nibabel as nib
import numpy as np

count = 0
for text in sorted(pathlib.Path(sys.argv[1]).glob("*.txt")):
    image = nib.load(text.with_suffix(""))
    numbers = np.array(text.read_text().split(), np.float64)
    assert np.array_equal(image.affine[:3].ravel(), numbers[:12]), text
    assert image.header["sform_code"] == 2 and image.header["qform_code"] == 0, text
    assert image.header.get_xyzt_units() == ("mm", "unknown"), text
    np.testing.assert_allclose(image.header.get_zooms(), np.linalg.norm(image.affine[:3, :3], axis=0), 1e-6)
    data = np.asarray(image.dataobj)
    planes = [data[c] for c in "RGB"] if data.dtype.fields else [data]
    samples = np.concatenate([p.ravel(order="F") for p in planes]).astype(np.float32)
    assert np.array_equal(samples, numbers[12:].astype(np.float32), equal_nan=True), text
    count += 1
print(count, "files agree")
