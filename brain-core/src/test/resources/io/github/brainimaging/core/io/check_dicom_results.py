"""Checks the DICOM results of one run with pydicom and highdicom, apart from the library.

    python3 check_dicom_results.py SEG.dcm SR.dcm RTSTRUCT.dcm SC.dcm

The report must be a Measurement Report that highdicom reads, refer to the segmentation, and give its
volume; the contours, filled, must be the segmentation to the pixel; the capture must decode.
dciodvfy (Debian: dicom3tools) is the other check. Needs pydicom, highdicom and numpy.
"""
import sys

import highdicom
import numpy as np
import pydicom


def filled(points, rows, columns):
    """Pixels whose middles lie inside the polygon; a little off, where a channel may lead along."""
    x, y = np.meshgrid(np.arange(columns) + 0.013, np.arange(rows) + 0.017)
    inside = np.zeros((rows, columns), bool)
    for (ax, ay), (bx, by) in zip(points, np.roll(points, -1, axis=0)):
        if abs(ay - by) > 1e-9:
            inside ^= ((ay > y) != (by > y)) & (x < ax + (y - ay) / (by - ay) * (bx - ax))
    return inside


def main(seg, sr, rtstruct, sc):
    seg, rtstruct, sc = (pydicom.dcmread(f) for f in (seg, rtstruct, sc))
    report = highdicom.sr.srread(sr)
    shared = seg.SharedFunctionalGroupsSequence[0]
    down, right = map(float, shared.PixelMeasuresSequence[0].PixelSpacing)
    axes = np.array(shared.PlaneOrientationSequence[0].ImageOrientationPatient, float).reshape(2, 3)
    pixels = seg.pixel_array.reshape(-1, seg.Rows, seg.Columns)
    contours = rtstruct.ROIContourSequence[0].get("ContourSequence", [])
    for frame, groups in zip(pixels, seg.PerFrameFunctionalGroupsSequence):
        image = groups.DerivationImageSequence[0].SourceImageSequence[0]
        key = image.ReferencedSOPInstanceUID, image.get("ReferencedFrameNumber")
        place = np.array(groups.PlanePositionSequence[0].ImagePositionPatient, float)
        found = np.zeros(frame.shape, bool)
        for contour in contours:
            named = contour.ContourImageSequence[0]
            if (named.ReferencedSOPInstanceUID, named.get("ReferencedFrameNumber")) == key:
                mm = np.array(contour.ContourData, float).reshape(-1, 3) - place
                if abs(mm @ np.cross(*axes)).max() > 0.01:
                    continue  # of another tile of a mosaic, which has no number
                found ^= filled(mm @ axes.T / [right, down], *frame.shape)
        assert np.array_equal(found, frame > 0), f"{np.sum(found != (frame > 0))} pixels differ at {key}"
    groups = report.content.get_volumetric_roi_measurement_groups()
    (whole,) = groups
    text = str(report)
    assert seg.SOPInstanceUID in text and seg.SegmentSequence[0].TrackingUID in text
    assert seg.StudyInstanceUID == report.StudyInstanceUID == rtstruct.StudyInstanceUID == sc.StudyInstanceUID
    (volume,) = [m for m in whole.get_measurements() if m.name.meaning == "Volume"]
    parts = report.content.get_image_measurement_groups()
    print(f"{len(contours)} contours fill the {int(pixels.sum())} pixels of the segmentation; {volume.value:.3f} {volume.unit.value};")
    total = 0
    for part in parts:
        values = {m.name.meaning: m.value for m in part.get_measurements()}
        total += float(values["Volume"])
        print(" ", part.tracking_identifier, values)
    assert abs(total - float(volume.value)) < 1e-6 * max(1, total), (total, volume.value)
    frames = sc.pixel_array
    print(f"{sc.get('NumberOfFrames')} pictures {frames.shape}, {frames.dtype}: ok")


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
