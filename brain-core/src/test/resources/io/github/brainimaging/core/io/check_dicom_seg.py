"""Checks a DICOM segmentation with pydicom, apart from the library.

    python3 check_dicom_seg.py SEG.dcm [FOLDER_OR_FILE_OF_THE_SOURCE [MASK.nii.gz]]

Every type 1 attribute of the Segmentation IOD (PS3.3, A.51, one binary segment) must have a value,
the frames must lie where their source images lie, and the mask that they make must equal the NIfTI
mask of the same run. dciodvfy (Debian: dicom3tools) is the other check. Needs pydicom, numpy and,
for the mask, nibabel.
"""
import sys
from pathlib import Path

import numpy as np
import pydicom

ROOT = """SOPClassUID SOPInstanceUID StudyInstanceUID Modality SeriesInstanceUID SeriesNumber
FrameOfReferenceUID Manufacturer ManufacturerModelName DeviceSerialNumber SoftwareVersions
SamplesPerPixel PhotometricInterpretation Rows Columns BitsAllocated BitsStored HighBit
PixelRepresentation ImageType ContentLabel LossyImageCompression SegmentationType SegmentSequence
InstanceNumber ContentDate ContentTime NumberOfFrames SharedFunctionalGroupsSequence
PerFrameFunctionalGroupsSequence DimensionOrganizationSequence DimensionIndexSequence
ReferencedSeriesSequence PixelData""".split()
EMPTY_ALLOWED = """PatientName PatientID PatientBirthDate PatientSex StudyDate StudyTime StudyID
ReferringPhysicianName AccessionNumber PositionReferenceIndicator ContentDescription
ContentCreatorName""".split()
CODE = "CodeValue CodingSchemeDesignator CodeMeaning".split()


def require(item, names, where):
    for name in names:
        assert name in item and item[name].value not in (None, "", []), f"{where}: no {name}"


def frames_of(source):
    """Position of every source frame: (SOP instance, frame) -> mm; mosaics are left out."""
    files = sorted(p for p in Path(source).rglob("*") if p.is_file()) if Path(source).is_dir() else [Path(source)]
    found = {}
    for file in files:
        data = pydicom.dcmread(file, stop_before_pixels=True)
        for i, groups in enumerate(data.get("PerFrameFunctionalGroupsSequence", [])):
            found[data.SOPInstanceUID, i + 1] = groups.PlanePositionSequence[0].ImagePositionPatient
        if "ImagePositionPatient" in data:
            mosaic = "MOSAIC" in data.get("ImageType", [])
            found[data.SOPInstanceUID, None] = None if mosaic else data.ImagePositionPatient
    return found


def check(seg, source=None, nifti=None):
    require(seg, ROOT, "data set")
    for name in EMPTY_ALLOWED:
        assert name in seg, f"no {name}"
    assert seg.SOPClassUID == "1.2.840.10008.5.1.4.1.1.66.4" and seg.Modality == "SEG"
    assert seg.file_meta.MediaStorageSOPInstanceUID == seg.SOPInstanceUID
    assert seg.file_meta.TransferSyntaxUID == "1.2.840.10008.1.2.1"
    (segment,) = seg.SegmentSequence
    require(segment, "SegmentNumber SegmentLabel SegmentAlgorithmType SegmentAlgorithmName".split(), "segment")
    require(segment.SegmentedPropertyCategoryCodeSequence[0], CODE, "category")
    require(segment.SegmentedPropertyTypeCodeSequence[0], CODE, "type")
    for index in seg.DimensionIndexSequence:
        require(index, ["DimensionIndexPointer", "FunctionalGroupPointer", "DimensionOrganizationUID"], "index")
    shared = seg.SharedFunctionalGroupsSequence[0]
    require(shared.PixelMeasuresSequence[0], ["PixelSpacing"], "measures")
    orientation = np.array(shared.PlaneOrientationSequence[0].ImageOrientationPatient, float)
    normal = np.cross(orientation[:3], orientation[3:])
    listed = {i.ReferencedSOPInstanceUID for i in seg.ReferencedSeriesSequence[0].ReferencedInstanceSequence}
    sources = frames_of(source) if source else None
    groups = seg.PerFrameFunctionalGroupsSequence
    assert len(groups) == seg.NumberOfFrames
    positions = []
    for i, frame in enumerate(groups):
        assert list(frame.FrameContentSequence[0].DimensionIndexValues) == [1, i + 1]
        assert frame.SegmentIdentificationSequence[0].ReferencedSegmentNumber == 1
        position = np.array(frame.PlanePositionSequence[0].ImagePositionPatient, float)
        positions.append(position @ normal)
        derivation = frame.DerivationImageSequence[0]
        require(derivation.DerivationCodeSequence[0], CODE, "derivation")
        image = derivation.SourceImageSequence[0]
        require(image.PurposeOfReferenceCodeSequence[0], CODE, "purpose")
        assert image.ReferencedSOPInstanceUID in listed
        if sources:
            place = sources[image.ReferencedSOPInstanceUID, image.get("ReferencedFrameNumber")]
            assert place is None or np.allclose(place, position, atol=1e-6), (place, position)
    assert np.all(np.diff(positions) > 0), "frames are not in the order of their places"
    bits = np.unpackbits(np.frombuffer(seg.PixelData, np.uint8), bitorder="little")
    count = seg.NumberOfFrames * seg.Rows * seg.Columns
    assert not bits[count:].any() and len(seg.PixelData) == (count + 7) // 8 + (count + 7) // 8 % 2
    pixels = bits[:count].reshape(seg.NumberOfFrames, seg.Rows, seg.Columns)
    assert np.array_equal(pixels, seg.pixel_array.reshape(pixels.shape)), "pydicom decodes something else"
    if nifti:
        compare(pixels, groups, nifti)
    print(f"{seg.NumberOfFrames} frames, {int(pixels.sum())} pixels inside: ok")


def compare(pixels, groups, nifti):
    """Each frame must be the slice of the NIfTI mask of its turn; how far its affine is off is told."""
    import nibabel

    image = nibabel.load(nifti)
    mask = np.asarray(image.dataobj).transpose(2, 1, 0)
    full = [z for z in range(len(mask)) if mask[z].any()] or list(range(len(mask)))
    assert len(full) == len(pixels), (len(full), len(pixels))
    farthest = 0
    for z, frame, group in zip(full, pixels, groups):
        assert np.array_equal(mask[z], frame), f"slice {z} differs"
        x, y, s = np.array(group.PlanePositionSequence[0].ImagePositionPatient, float)
        farthest = max(farthest, np.linalg.norm(image.affine[:3] @ [0, 0, z, 1] - [-x, -y, s]))
    print(f"equal to the NIfTI mask; its affine is off by up to {farthest:.3f} mm")


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 4:
        sys.exit(__doc__)
    check(pydicom.dcmread(sys.argv[1]), *sys.argv[2:])
