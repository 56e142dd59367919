package io.github.brainimaging.core.io.internal.dicom.result;

import io.github.brainimaging.core.io.internal.dicom.stack.DicomStack;
import java.io.IOException;

/** The frames of an object that lie where slices of its source do. Immutable. */
final class StackFrames {

  private static final CodedConcept SOURCE_IMAGE =
      CodedConcept.dcm("121322", "Source image for image processing operation");

  private final Origin origin;
  private final DicomStack stack;

  StackFrames(Origin origin) {
    this.origin = origin;
    this.stack = origin.stack();
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

  /**
   * What holds for one frame: its place, and the image it was made from.
   *
   * @param slice where it lies
   * @param derivation how it was made
   * @param dimensions its number in each of the object's dimensions
   */
  DataSetWriter group(int slice, CodedConcept derivation, int... dimensions) {
    DataSetWriter image = origin.image(slice);
    image.text(Attribute.SPATIAL_LOCATIONS_PRESERVED, "YES");
    image.sequence(Attribute.PURPOSE, SOURCE_IMAGE.toItem());
    return new DataSetWriter()
        .sequence(
            Attribute.FRAME_CONTENT,
            new DataSetWriter().uint32(Attribute.DIMENSION_VALUES, dimensions))
        .sequence(
            Attribute.PLANE_POSITION,
            new DataSetWriter().decimals(Attribute.POSITION, stack.plane(slice).position()))
        .sequence(
            Attribute.DERIVATION_IMAGES,
            new DataSetWriter()
                .sequence(Attribute.DERIVATION_CODE, derivation.toItem())
                .sequence(Attribute.SOURCE_IMAGES, image));
  }

  /** The dimension that the places of the frames make. */
  static DataSetWriter position(String organization) {
    return dimension(organization, Attribute.POSITION, Attribute.PLANE_POSITION, "Position");
  }

  /** A dimension of frames: an attribute, and the group in which it stands. */
  static DataSetWriter dimension(
      String organization, Attribute attribute, Attribute group, String label) {
    return new DataSetWriter()
        .text(Attribute.DIMENSION_ORGANIZATION, organization)
        .pointer(Attribute.DIMENSION_POINTER, attribute)
        .pointer(Attribute.DIMENSION_GROUP, group)
        .text(Attribute.DIMENSION_LABEL, label);
  }

  /** Puts in the dimensions of the frames. */
  static void addDimensions(DataSetWriter data, String organization, DataSetWriter... dimensions) {
    data.sequence(
            Attribute.DIMENSION_ORGANIZATIONS,
            new DataSetWriter().text(Attribute.DIMENSION_ORGANIZATION, organization))
        .sequence(Attribute.DIMENSIONS, dimensions);
  }
}
