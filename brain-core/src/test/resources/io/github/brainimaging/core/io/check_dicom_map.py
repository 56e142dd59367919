"""Checks a parametric map of probabilities with pydicom and highdicom, apart from the library.

    python3 check_dicom_map.py PMAP.dcm [MAP.nii.gz | ramp]

Says what is in it. With a NIfTI file of the same grid, the frames must be its slices to the bit; with
"ramp", the values must rise evenly from 0 to 1, as those of the test do. dciodvfy (Debian: dicom3tools)
is the other check. Needs pydicom, highdicom, numpy and, for NIfTI, nibabel.
"""
import sys

import highdicom
import numpy as np
import pydicom


def main(file, expected=None):
    data = pydicom.dcmread(file)
    stored = np.frombuffer(data.FloatPixelData, "<f4").reshape(-1, data.Rows, data.Columns)
    decoded = data.pixel_array.reshape(stored.shape)
    image = highdicom.imread(file)
    # Its get_frame asks for Pixel Representation, which no float image has, its own ones neither.
    frames = image.pixel_array.reshape(stored.shape)
    if image.get_volume_geometry() is not None:  # None of tilted and uneven stacks
        volume = image.get_volume(apply_real_world_transform=True)
        rising = volume.array if np.array_equal(volume.array[0], stored[0]) else volume.array[::-1]
        assert np.array_equal(rising.astype(np.float32), stored)
    assert decoded.dtype == np.float32 and np.array_equal(stored, decoded)
    assert np.array_equal(frames, stored)
    assert stored.min() >= 0 and stored.max() <= 1
    if expected == "ramp":
        n = stored.size
        assert np.array_equal(stored.ravel(), (np.arange(n, dtype=np.float32) / np.float32(n - 1)))
    elif expected:
        import nibabel

        # NIfTI has columns first; rows are stored as they come.
        other = np.asarray(nibabel.load(expected).dataobj).astype(np.float32).transpose(2, 1, 0)
        assert np.array_equal(other, stored), np.abs(other - stored).max()
    mapping = data.SharedFunctionalGroupsSequence[0].RealWorldValueMappingSequence[0]
    quantity = [item.ConceptCodeSequence[0].CodeMeaning for item in mapping.QuantityDefinitionSequence]
    print(f"{len(stored)} frames of {data.Rows} x {data.Columns}, {quantity}, {data.Modality}, "
          f"{stored.min()} to {stored.max()}, mean {stored.mean():.6f}: values equal")


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
