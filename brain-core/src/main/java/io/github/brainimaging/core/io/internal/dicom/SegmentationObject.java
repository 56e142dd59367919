package io.github.brainimaging.core.io.internal.dicom;

import io.github.brainimaging.core.image.VolumeMask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a Segmentation object (PS3.3, A.51) of one binary segment from a mask and the stack on
 * which it was found. Belongs to one thread.
 */
public final class SegmentationObject {

  private static final String SOP_CLASS = "1.2.840.10008.5.1.4.1.1.66.4";
  private static final String IMPLEMENTATION = "2.25.197113107846392932400397115973424599857";

  /** The series of a scanner have smaller numbers. */
  private static final String SERIES_NUMBER = "1000";

  /** Where the headers of the files of a stack come from. */
  @FunctionalInterface
  public interface Headers {
    /**
     * Reads a header.
     *
     * @param file number of the file in the stack
     * @return the header
     * @throws IOException if it cannot be read
     */
    SourceHeader read(int file) throws IOException;
  }

  private final DicomStack stack;

  /** The files that were segmented, and for each slice the one it is from. */
  private final List<SourceHeader> files = new ArrayList<>();

  private final List<SourceHeader> sources = new ArrayList<>();

  private SegmentationObject(DicomStack stack, Headers headers) throws IOException {
    this.stack = stack;
    Map<Integer, SourceHeader> read = new HashMap<>();
    for (int z = 0; z < stack.grid().depth(); z++) {
      Plane plane = stack.plane(z);
      if (!plane.isPlaced() || !stack.pixelSpacing().isKnown()) {
        throw new IOException("expected slices with place and pixel spacing, found none");
      }
      SourceHeader header = read.get(plane.file);
      if (header == null) {
        header = headers.read(plane.file);
        if (!header.require(Attribute.SOP_INSTANCE).equals(plane.id)) {
          throw new IOException("a file of the series has changed since it was found");
        }
        read.put(plane.file, header);
        files.add(header);
      }
      sources.add(header);
    }
  }

  /**
   * Makes the file.
   *
   * @param stack of one time point
   * @param headers of the files of the stack
   * @param mask of the size of the stack
   * @param segment how the segment is called
   * @param version of this software
   * @return a part-10 file, explicit little endian; equal for equal input
   * @throws IOException if a header cannot be read, or the files do not tell what must be told
   */
  public static byte[] of(
      DicomStack stack, Headers headers, VolumeMask mask, SegmentText segment, String version)
      throws IOException {
    return new SegmentationObject(stack, headers).toFile(mask, segment, version);
  }

  private byte[] toFile(VolumeMask mask, SegmentText segment, String version) throws IOException {
    DataSetWriter data = new DataSetWriter();
    addOrigin(data, version);
    addReferences(data);
    addImage(data, segment);
    SegmentationFrames frames = new SegmentationFrames(stack, mask);
    data.text(Attribute.FRAMES, "" + frames.count())
        .sequence(Attribute.SHARED_GROUPS, frames.sharedGroups())
        .sequence(Attribute.FRAME_GROUPS, frames.groups(sources))
        .bytes(Attribute.PIXELS, frames.pixels());
    ContentUids uids = new ContentUids(data.toBytes());
    addDimensions(data, uids.of("dimension organization"));
    data.text(Attribute.SERIES_INSTANCE, uids.of("series"))
        .text(Attribute.SOP_INSTANCE, uids.of("instance"));
    return part10(data, uids.of("instance"));
  }

  private void addOrigin(DataSetWriter data, String version) throws IOException {
    SourceHeader first = sources.get(0);
    first.require(Attribute.STUDY_INSTANCE);
    first.require(Attribute.FRAME_OF_REFERENCE);
    first.copyTo(data);
    data.text(Attribute.MANUFACTURER, "Brain Imaging for Java")
        .text(Attribute.MODEL_NAME, "brain-core")
        .text(Attribute.SERIAL_NUMBER, "none")
        .text(Attribute.SOFTWARE_VERSIONS, version);
  }

  private void addReferences(DataSetWriter data) throws IOException {
    for (SourceHeader file : files) {
      file.require(Attribute.SOP_CLASS);
    }
    data.sequence(
        Attribute.REFERENCED_SERIES,
        new DataSetWriter()
            .text(Attribute.SERIES_INSTANCE, files.get(0).require(Attribute.SERIES_INSTANCE))
            .sequence(
                Attribute.REFERENCED_INSTANCES,
                files.stream().map(SourceHeader::reference).toList()));
  }

  private void addImage(DataSetWriter data, SegmentText segment) {
    data.text(Attribute.SOP_CLASS, SOP_CLASS)
        .text(Attribute.MODALITY, "SEG")
        .text(Attribute.SERIES_NUMBER, SERIES_NUMBER)
        .text(Attribute.SERIES_DESCRIPTION, "Segmentation of " + segment.label())
        .text(Attribute.INSTANCE_NUMBER, "1")
        .text(Attribute.IMAGE_TYPE, "DERIVED\\PRIMARY")
        .text(Attribute.CONTENT_LABEL, "SEGMENTATION")
        .text(Attribute.CONTENT_DESCRIPTION, segment.label())
        .text(Attribute.CONTENT_CREATOR, "")
        .uint16(Attribute.SAMPLES_PER_PIXEL, 1)
        .text(Attribute.PHOTOMETRIC, "MONOCHROME2")
        .uint16(Attribute.ROWS, stack.grid().height())
        .uint16(Attribute.COLUMNS, stack.grid().width())
        .uint16(Attribute.BITS_ALLOCATED, 1)
        .uint16(Attribute.BITS_STORED, 1)
        .uint16(Attribute.HIGH_BIT, 0)
        .uint16(Attribute.REPRESENTATION, 0)
        .text(Attribute.SEGMENTATION_TYPE, "BINARY")
        .text(Attribute.SEGMENTS_OVERLAP, "NO")
        .sequence(Attribute.SEGMENTS, segment.toItem());
  }

  private static void addDimensions(DataSetWriter data, String uid) {
    data.sequence(
            Attribute.DIMENSION_ORGANIZATIONS,
            new DataSetWriter().text(Attribute.DIMENSION_ORGANIZATION, uid))
        .sequence(
            Attribute.DIMENSIONS,
            dimension(
                uid, Attribute.REFERENCED_SEGMENT, Attribute.SEGMENT_IDENTIFICATION, "Segment"),
            dimension(uid, Attribute.POSITION, Attribute.PLANE_POSITION, "Position"));
  }

  private static DataSetWriter dimension(
      String uid, Attribute attribute, Attribute group, String label) {
    return new DataSetWriter()
        .text(Attribute.DIMENSION_ORGANIZATION, uid)
        .pointer(Attribute.DIMENSION_POINTER, attribute)
        .pointer(Attribute.DIMENSION_GROUP, group)
        .text(Attribute.DIMENSION_LABEL, label);
  }

  private static byte[] part10(DataSetWriter data, String instance) {
    byte[] meta =
        new DataSetWriter()
            .bytes(Attribute.META_VERSION, new byte[] {0, 1})
            .text(Attribute.MEDIA_SOP_CLASS, SOP_CLASS)
            .text(Attribute.MEDIA_SOP_INSTANCE, instance)
            .text(Attribute.TRANSFER_SYNTAX, TransferSyntax.EXPLICIT.uid())
            .text(Attribute.IMPLEMENTATION_CLASS, IMPLEMENTATION)
            .toBytes();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[128]);
    file.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
    file.writeBytes(new DataSetWriter().uint32(Attribute.META_LENGTH, meta.length).toBytes());
    file.writeBytes(meta);
    file.writeBytes(data.toBytes());
    return file.toByteArray();
  }
}
