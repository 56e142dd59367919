package io.github.brainimaging.core.io.internal.dicom.result;

import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.io.internal.dicom.stack.Plane;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes an RT Structure Set (PS3.3, A.19) of one region from a mask: the borders of its pixels,
 * slice by slice, as closed polygons in the patient.
 */
public final class StructureSet {

  private static final String SOP_CLASS = "1.2.840.10008.5.1.4.1.1.481.3";
  private static final String STUDY_CLASS = "1.2.840.10008.3.1.2.3.1";
  private static final String NUMBER = "1";
  private static final String COLOR = "255\\45\\120";

  /** Micrometers; planning systems round to tenths of a millimeter. */
  private static final int DECIMALS = 3;

  /** The most bytes of a value with its type. */
  private static final int LONGEST = 65_534;

  private final Origin origin;
  private final VolumeMask mask;

  private StructureSet(Origin origin, VolumeMask mask) {
    this.origin = origin;
    this.mask = mask;
  }

  /**
   * Makes the file.
   *
   * @param origin of the size of the mask
   * @param mask the region
   * @param segment how it is called
   * @return a part-10 file, explicit little endian; equal for equal input
   * @throws IOException if the files do not tell what must be told, or a border is longer than a
   *     file can hold
   */
  public static byte[] of(Origin origin, VolumeMask mask, SegmentText segment) throws IOException {
    return new StructureSet(origin, mask).toFile(segment);
  }

  private byte[] toFile(SegmentText segment) throws IOException {
    SourceHeader source = origin.first();
    String frame = source.text(Attribute.FRAME_OF_REFERENCE);
    DataSetWriter data = origin.begin(SOP_CLASS, "RTSTRUCT", 3, "Contours of " + segment.label());
    source.copyPlaceTo(data);
    data.text(Attribute.OPERATORS, "")
        .text(Attribute.STRUCTURES_LABEL, "CONTOURS")
        .text(Attribute.STRUCTURES_DATE, source.date())
        .text(Attribute.STRUCTURES_TIME, source.time())
        .sequence(
            Attribute.FRAMES_OF_REFERENCE,
            new DataSetWriter()
                .text(Attribute.FRAME_OF_REFERENCE, frame)
                .sequence(Attribute.STUDIES, study()))
        .sequence(
            Attribute.REGIONS,
            new DataSetWriter()
                .text(Attribute.REGION_NUMBER, NUMBER)
                .text(Attribute.REGION_FRAME_OF_REFERENCE, frame)
                .text(Attribute.REGION_NAME, segment.label())
                .text(Attribute.REGION_ALGORITHM, segment.algorithmType()))
        .sequence(Attribute.REGION_CONTOURS, region())
        .sequence(
            Attribute.OBSERVATIONS,
            new DataSetWriter()
                .text(Attribute.OBSERVATION_NUMBER, NUMBER)
                .text(Attribute.REFERENCED_REGION, NUMBER)
                .text(Attribute.REGION_TYPE, "")
                .text(Attribute.REGION_INTERPRETER, ""))
        .text(Attribute.APPROVAL, "UNAPPROVED");
    return Origin.finish(data, new ContentUids(data.toBytes()));
  }

  private DataSetWriter study() {
    SourceHeader source = origin.first();
    return new DataSetWriter()
        .text(Attribute.REFERENCED_SOP_CLASS, STUDY_CLASS)
        .text(Attribute.REFERENCED_SOP_INSTANCE, source.text(Attribute.STUDY_INSTANCE))
        .sequence(
            Attribute.SERIES,
            new DataSetWriter()
                .text(Attribute.SERIES_INSTANCE, source.text(Attribute.SERIES_INSTANCE))
                .sequence(Attribute.CONTOUR_IMAGES, origin.references()));
  }

  /** A region without contours may lack their sequence, but not have an empty one. */
  private DataSetWriter region() throws IOException {
    DataSetWriter region =
        new DataSetWriter()
            .text(Attribute.REGION_COLOR, COLOR)
            .text(Attribute.REFERENCED_REGION, NUMBER);
    List<DataSetWriter> contours = contours();
    return contours.isEmpty() ? region : region.sequence(Attribute.CONTOURS, contours);
  }

  private List<DataSetWriter> contours() throws IOException {
    List<DataSetWriter> contours = new ArrayList<>();
    for (int z = 0; z < mask.grid().depth(); z++) {
      for (int[] corners : PixelBorders.of(mask.slice(z))) {
        String points = points(corners, z);
        if (points.length() > LONGEST) {
          throw new IOException(
              "the border of the mask on slice "
                  + z
                  + " has "
                  + corners.length / 2
                  + " corners, more than a contour can hold: smooth the mask");
        }
        contours.add(
            new DataSetWriter()
                .sequence(Attribute.CONTOUR_IMAGES, origin.image(z))
                .text(Attribute.CONTOUR_TYPE, "CLOSED_PLANAR")
                .text(Attribute.CONTOUR_POINTS, "" + corners.length / 2)
                .text(Attribute.CONTOUR_NUMBER, "" + (contours.size() + 1))
                .text(Attribute.CONTOUR_DATA, points));
      }
    }
    return contours;
  }

  /** Corners of pixels in the patient, whose own places are those of their middles. */
  private String points(int[] corners, int slice) {
    Plane plane = origin.stack().plane(slice);
    Spacing spacing = origin.stack().pixelSpacing();
    double[] position = plane.position();
    double[] directions = plane.orientation();
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < corners.length; i += 2) {
      double right = (corners[i] - 0.5) * spacing.x();
      double down = (corners[i + 1] - 0.5) * spacing.y();
      for (int axis = 0; axis < 3; axis++) {
        double mm = position[axis] + right * directions[axis] + down * directions[axis + 3];
        numbers.add(
            BigDecimal.valueOf(mm)
                .setScale(DECIMALS, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString());
      }
    }
    return String.join("\\", numbers);
  }
}
