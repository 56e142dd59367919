package io.github.brainimaging.core.io.internal.dicom.result;

import io.github.brainimaging.core.io.internal.dicom.element.ElementBytes;
import io.github.brainimaging.core.io.internal.dicom.element.TransferSyntax;
import io.github.brainimaging.core.io.internal.dicom.stack.DicomStack;
import io.github.brainimaging.core.io.internal.dicom.stack.Plane;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The images that a result was made from: what it takes over from them, how it refers to them, and
 * how its file begins and ends. Immutable.
 */
public final class Origin {

  static final String MANUFACTURER = "Brain Imaging for Java";
  static final String MODEL = "brain-core";

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
  private final String version;
  private final List<SourceHeader> files = new ArrayList<>();
  private final List<SourceHeader> ofSlices = new ArrayList<>();

  private Origin(DicomStack stack, Headers headers, String version) throws IOException {
    this.stack = stack;
    this.version = version;
    Map<Integer, SourceHeader> read = new HashMap<>();
    for (int z = 0; z < stack.grid().depth(); z++) {
      Plane plane = stack.plane(z);
      if (!plane.isPlaced() || !stack.pixelSpacing().isKnown()) {
        throw new IOException("expected slices with place and pixel spacing, found none");
      }
      SourceHeader header = read.get(plane.file());
      if (header == null) {
        header = headers.read(plane.file());
        if (!header.require(Attribute.SOP_INSTANCE).equals(plane.id())) {
          throw new IOException("a file of the series has changed since it was found");
        }
        header.requireUid(Attribute.SOP_INSTANCE);
        header.requireUid(Attribute.SOP_CLASS);
        read.put(plane.file(), header);
        files.add(header);
      }
      ofSlices.add(header);
    }
    first().requireUid(Attribute.STUDY_INSTANCE);
    first().requireUid(Attribute.SERIES_INSTANCE);
    first().requireUid(Attribute.FRAME_OF_REFERENCE);
  }

  /**
   * Reads the headers of a stack.
   *
   * @param stack of one time point
   * @param headers of the files of the stack
   * @param version of this software
   * @return the origin
   * @throws IOException if a header cannot be read, or the files do not tell what must be told
   */
  public static Origin of(DicomStack stack, Headers headers, String version) throws IOException {
    return new Origin(stack, headers, version);
  }

  DicomStack stack() {
    return stack;
  }

  /** The header of the first file, which speaks for all. */
  SourceHeader first() {
    return ofSlices.get(0);
  }

  /** The item that names the image of a slice, and its frame where the file has several. */
  DataSetWriter image(int slice) {
    SourceHeader file = ofSlices.get(slice);
    DataSetWriter item = file.reference();
    if (file.isMultiFrame()) {
      item.text(Attribute.REFERENCED_FRAME, "" + (stack.plane(slice).frame() + 1));
    }
    return item;
  }

  /** The items that name all files. */
  List<DataSetWriter> references() {
    return files.stream().map(SourceHeader::reference).toList();
  }

  /** The item that names the series with all its files. */
  DataSetWriter referencedSeries() {
    return new DataSetWriter()
        .text(Attribute.SERIES_INSTANCE, first().text(Attribute.SERIES_INSTANCE))
        .sequence(Attribute.REFERENCED_INSTANCES, references());
  }

  /**
   * Begins a data set: patient and study of the source, a series and equipment of our own.
   *
   * @param kind the series of results are numbered apart, above those of scanners: 1000 and the
   *     number of the source for kind 1
   */
  DataSetWriter begin(String sopClass, String modality, int kind, String description)
      throws IOException {
    DataSetWriter data = new DataSetWriter();
    first().copyTo(data);
    List<DataSetWriter> requests =
        modality.equals("SR") ? first().reportedRequests() : first().requests();
    if (!requests.isEmpty()) {
      data.sequence(
          modality.equals("SR") ? Attribute.REFERENCED_REQUESTS : Attribute.REQUESTS, requests);
    }
    return data.text(Attribute.MANUFACTURER, MANUFACTURER)
        .text(Attribute.MODEL_NAME, MODEL)
        .text(Attribute.SERIAL_NUMBER, "none")
        .text(Attribute.SOFTWARE_VERSIONS, version)
        .text(Attribute.SOP_CLASS, sopClass)
        .text(Attribute.MODALITY, modality)
        .text(Attribute.SERIES_NUMBER, "" + (1000 * kind + first().seriesNumber()))
        .text(Attribute.SERIES_DESCRIPTION, description)
        .text(Attribute.INSTANCE_NUMBER, "1");
  }

  /** Puts in the UIDs of series and instance, and makes a part-10 file of it. */
  static byte[] finish(DataSetWriter data, ContentUids uids) {
    String instance = uids.of("instance");
    data.text(Attribute.SERIES_INSTANCE, uids.of("series")).text(Attribute.SOP_INSTANCE, instance);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(
        ElementBytes.head(data.text(Attribute.SOP_CLASS), instance, TransferSyntax.EXPLICIT.uid()));
    file.writeBytes(data.toBytes());
    return file.toByteArray();
  }
}
