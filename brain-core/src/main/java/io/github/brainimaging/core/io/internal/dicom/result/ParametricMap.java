package io.github.brainimaging.core.io.internal.dicom.result;

import io.github.brainimaging.core.image.MedicalVolume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Makes a Parametric Map object (PS3.3, A.75) of probabilities, as floating point numbers. */
public final class ParametricMap {

  private static final String SOP_CLASS = "1.2.840.10008.5.1.4.1.1.30";
  private static final String TYPE = "DERIVED\\PRIMARY\\VOLUME\\NONE";

  /** The longest value that an array holds. */
  private static final int LARGEST = (Integer.MAX_VALUE - 8) / Float.BYTES;

  private ParametricMap() {}

  /**
   * Makes the file, with a frame for each slice.
   *
   * @param origin of the size of the map
   * @param map one channel of probabilities, 0 to 1
   * @param segment what it is the probability of, and what found it
   * @return a part-10 file, explicit little endian; equal for equal input
   * @throws IOException if the files do not tell what must be told, or the map is too large
   */
  public static byte[] of(Origin origin, MedicalVolume map, SegmentText segment)
      throws IOException {
    if (map.grid().voxels() > LARGEST) {
      throw new IOException(
          "expected at most " + LARGEST + " voxels in a file, found " + map.grid().voxels());
    }
    SourceHeader source = origin.first();
    String modality = source.text(Attribute.MODALITY);
    DataSetWriter data =
        origin.begin(
            SOP_CLASS,
            modality.isEmpty() ? "OT" : modality,
            5,
            "Probability of " + segment.label());
    source.copyPlaceTo(data);
    source.copyLossTo(data);
    data.text(Attribute.CONTENT_DATE, source.date())
        .text(Attribute.CONTENT_TIME, source.time())
        .sequence(Attribute.REFERENCED_SERIES, origin.referencedSeries())
        .sequence(Attribute.ACQUISITION_CONTEXT)
        .text(Attribute.IMAGE_TYPE, TYPE)
        .text(Attribute.PIXEL_PRESENTATION, "MONOCHROME")
        .text(Attribute.BODY_PART, "BRAIN")
        .text(Attribute.CONTENT_QUALIFICATION, "RESEARCH")
        .text(Attribute.CONTENT_LABEL, "PROBABILITY")
        .text(Attribute.CONTENT_DESCRIPTION, segment.algorithmName())
        .text(Attribute.CONTENT_CREATOR, "")
        .uint16(Attribute.SAMPLES_PER_PIXEL, 1)
        .text(Attribute.PHOTOMETRIC, "MONOCHROME2")
        .text(Attribute.LUT_SHAPE, "IDENTITY")
        .uint16(Attribute.ROWS, map.grid().height())
        .uint16(Attribute.COLUMNS, map.grid().width())
        .uint16(Attribute.BITS_ALLOCATED, Float.SIZE)
        .text(Attribute.BURNED_IN, "NO")
        .text(Attribute.RECOGNIZABLE_FEATURES, "NO")
        .text(Attribute.FRAMES, "" + map.grid().depth());
    StackFrames frames = new StackFrames(origin);
    DataSetWriter shared = frames.sharedGroups();
    addMeaning(shared, segment);
    List<DataSetWriter> groups = new ArrayList<>();
    for (int z = 0; z < map.grid().depth(); z++) {
      groups.add(frames.group(z, CodedConcept.dcm("110807", "Parametric map"), z + 1));
    }
    data.sequence(Attribute.SHARED_GROUPS, shared)
        .sequence(Attribute.FRAME_GROUPS, groups)
        .bytes(Attribute.FLOAT_PIXELS, pixels(map));
    ContentUids uids = new ContentUids(data.toBytes());
    String organization = uids.of("dimension organization");
    StackFrames.addDimensions(data, organization, StackFrames.position(organization));
    return Origin.finish(data, uids);
  }

  /** That a stored value is a probability, and how it is shown. */
  private static void addMeaning(DataSetWriter shared, SegmentText segment) {
    DataSetWriter quantity =
        new DataSetWriter()
            .text(Attribute.VALUE_TYPE, "CODE")
            .sequence(Attribute.CONCEPT, CodedConcept.snomed("246205007", "Quantity").toItem())
            .sequence(Attribute.CODE, CodedConcept.dcm("122157", "Probability").toItem());
    DataSetWriter finding =
        new DataSetWriter()
            .text(Attribute.VALUE_TYPE, "CODE")
            .sequence(Attribute.CONCEPT, CodedConcept.dcm("121071", "Finding").toItem())
            .sequence(Attribute.CODE, segment.type().toItem());
    shared
        .sequence(
            Attribute.FRAME_VOI_LUT,
            new DataSetWriter()
                .decimals(Attribute.WINDOW_CENTER, 0.5)
                .decimals(Attribute.WINDOW_WIDTH, 1))
        .sequence(
            Attribute.PIXEL_TRANSFORMATION,
            new DataSetWriter()
                .decimals(Attribute.RESCALE_INTERCEPT, 0)
                .decimals(Attribute.RESCALE_SLOPE, 1)
                .text(Attribute.RESCALE_TYPE, "US"))
        .sequence(Attribute.MAP_FRAME_TYPE, new DataSetWriter().text(Attribute.FRAME_TYPE, TYPE))
        .sequence(
            Attribute.REAL_WORLD_MAPPING,
            new DataSetWriter()
                .text(Attribute.LUT_EXPLANATION, "Probability of " + segment.label())
                .text(Attribute.MAPPING_LABEL, "Probability")
                .sequence(Attribute.UNITS, new CodedConcept("1", "UCUM", "no units").toItem())
                .float64(Attribute.MAPPING_FIRST, 0)
                .float64(Attribute.MAPPING_LAST, 1)
                .float64(Attribute.MAPPING_INTERCEPT, 0)
                .float64(Attribute.MAPPING_SLOPE, 1)
                .sequence(Attribute.QUANTITY, quantity, finding));
  }

  private static byte[] pixels(MedicalVolume map) {
    float[] samples = map.samples();
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(samples);
    return bytes.array();
  }
}
