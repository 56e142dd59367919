package io.github.brainimaging.core.io.internal.dicom.result;

import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.io.internal.dicom.stack.DicomStack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The frames of a segmentation: one for each slice that is not empty or, if all are, one for every
 * slice. Immutable.
 */
final class SegmentationFrames {

  private static final CodedConcept SEGMENTATION = CodedConcept.dcm("113076", "Segmentation");
  private static final CodedConcept SOURCE_IMAGE =
      CodedConcept.dcm("121322", "Source image for image processing operation");

  private final Origin origin;
  private final DicomStack stack;
  private final VolumeMask mask;
  private final List<Integer> slices;

  SegmentationFrames(Origin origin, VolumeMask mask) {
    this.origin = origin;
    this.stack = origin.stack();
    this.mask = mask;
    this.slices =
        IntStream.range(0, mask.grid().depth())
            .filter(z -> mask.isEmpty() || !mask.slice(z).isEmpty())
            .boxed()
            .toList();
  }

  int count() {
    return slices.size();
  }

  /** One bit a pixel, the first in the lowest bit, without gaps between frames (PS3.5, 8.1.1). */
  byte[] pixels() {
    int size = mask.grid().width() * mask.grid().height();
    BitSet bits = new BitSet();
    for (int frame = 0; frame < slices.size(); frame++) {
      boolean[] inside = mask.slice(slices.get(frame)).toArray();
      for (int i = 0; i < size; i++) {
        if (inside[i]) {
          bits.set(frame * size + i);
        }
      }
    }
    byte[] packed = new byte[(int) (((long) slices.size() * size + 7) / 8)];
    byte[] start = bits.toByteArray();
    System.arraycopy(start, 0, packed, 0, start.length);
    return packed;
  }

  /** What holds for all frames. */
  DataSetWriter sharedGroups() throws IOException {
    DataSetWriter measures =
        new DataSetWriter()
            .decimals(Attribute.PIXEL_SPACING, stack.pixelSpacing().y(), stack.pixelSpacing().x());
    double thickness =
        stack.sliceThickness() > 0 ? stack.sliceThickness() : Math.abs(stack.sliceSpacing());
    if (!(thickness > 0)) {
      throw new IOException("expected the thickness of the slice, found none");
    }
    measures.decimals(Attribute.SLICE_THICKNESS, thickness);
    if (stack.isEven() && stack.sliceSpacing() > 0) {
      measures.decimals(Attribute.SPACING_BETWEEN_SLICES, stack.sliceSpacing());
    }
    return new DataSetWriter()
        .sequence(Attribute.PIXEL_MEASURES, measures)
        .sequence(
            Attribute.PLANE_ORIENTATION,
            new DataSetWriter().decimals(Attribute.ORIENTATION, stack.plane(0).orientation()));
  }

  /** What holds for each frame: its place, its segment, and the image it was made from. */
  List<DataSetWriter> groups() {
    List<DataSetWriter> groups = new ArrayList<>();
    for (int z : slices) {
      groups.add(
          new DataSetWriter()
              .sequence(
                  Attribute.FRAME_CONTENT,
                  new DataSetWriter()
                      .uint32(Attribute.DIMENSION_VALUES, SegmentText.NUMBER, groups.size() + 1))
              .sequence(
                  Attribute.PLANE_POSITION,
                  new DataSetWriter().decimals(Attribute.POSITION, stack.plane(z).position()))
              .sequence(
                  Attribute.SEGMENT_IDENTIFICATION,
                  new DataSetWriter().uint16(Attribute.REFERENCED_SEGMENT, SegmentText.NUMBER))
              .sequence(Attribute.DERIVATION_IMAGES, derivation(z)));
    }
    return groups;
  }

  private DataSetWriter derivation(int slice) {
    DataSetWriter image = origin.image(slice);
    image.text(Attribute.SPATIAL_LOCATIONS_PRESERVED, "YES");
    image.sequence(Attribute.PURPOSE, SOURCE_IMAGE.toItem());
    return new DataSetWriter()
        .sequence(Attribute.DERIVATION_CODE, SEGMENTATION.toItem())
        .sequence(Attribute.SOURCE_IMAGES, image);
  }
}
