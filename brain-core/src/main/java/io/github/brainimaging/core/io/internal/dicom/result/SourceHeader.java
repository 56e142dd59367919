package io.github.brainimaging.core.io.internal.dicom.result;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.brainimaging.core.io.internal.dicom.element.DataSet;
import io.github.brainimaging.core.io.internal.dicom.element.DicomObject;
import io.github.brainimaging.core.io.internal.dicom.element.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an object that is derived from a file takes over from it: who the patient is and which study
 * it belongs to. Only a writer reads this, and it goes nowhere but into its file. Immutable.
 */
public final class SourceHeader {

  /** Written even if the source has them empty (type 2). */
  private static final Set<Attribute> ALWAYS =
      EnumSet.of(
          Attribute.PATIENT_NAME,
          Attribute.PATIENT_ID,
          Attribute.PATIENT_BIRTH_DATE,
          Attribute.PATIENT_SEX,
          Attribute.STUDY_DATE,
          Attribute.STUDY_TIME,
          Attribute.STUDY_ID,
          Attribute.REFERRING_PHYSICIAN,
          Attribute.ACCESSION_NUMBER);

  private static final Set<Attribute> WHERE_KNOWN =
      EnumSet.of(
          Attribute.CHARACTER_SET,
          Attribute.TIMEZONE,
          Attribute.STUDY_DESCRIPTION,
          Attribute.PATIENT_ID_ISSUER,
          Attribute.PATIENT_AGE,
          Attribute.PATIENT_SIZE,
          Attribute.PATIENT_WEIGHT,
          Attribute.STUDY_INSTANCE);

  private static final Set<Attribute> OTHERS =
      EnumSet.of(
          Attribute.SOP_CLASS,
          Attribute.SOP_INSTANCE,
          Attribute.MODALITY,
          Attribute.SERIES_INSTANCE,
          Attribute.SERIES_NUMBER,
          Attribute.FRAMES,
          Attribute.FRAME_OF_REFERENCE,
          Attribute.POSITION_REFERENCE,
          Attribute.CONTENT_DATE,
          Attribute.CONTENT_TIME,
          Attribute.IDENTITY_REMOVED,
          Attribute.IDENTITY_REMOVED_HOW,
          Attribute.LOSSY,
          Attribute.LOSSY_RATIO,
          Attribute.LOSSY_METHOD);

  /** What is taken over of an item of the request attributes. */
  private static final Set<Attribute> OF_REQUESTS =
      EnumSet.of(
          Attribute.ACCESSION_NUMBER,
          Attribute.STUDY_INSTANCE,
          Attribute.REQUESTED_PROCEDURE,
          Attribute.REQUESTED_DESCRIPTION,
          Attribute.STEP,
          Attribute.STEP_DESCRIPTION);

  private static final int LONGEST_UID = 64;

  /** PS3.5, 9.1; zeros at the beginning of a part are common, if wrong. */
  private static final Pattern UID = Pattern.compile("(?=.{1,64}$)\\d+(\\.\\d+)*");

  /** No value of these types is longer, not even a name of three parts in a wide alphabet. */
  private static final int LONGEST = 4096;

  private final DataSet data;

  private SourceHeader(DataSet data) {
    this.data = data;
  }

  /**
   * Reads it.
   *
   * @param stream a DICOM file; not closed
   * @return the header
   * @throws IOException if the file is damaged or no DICOM
   */
  public static SourceHeader read(InputStream stream) throws IOException {
    return new SourceHeader(
        DicomObject.read(
                stream, false, SourceHeader::isWanted, tag -> tag == Attribute.REQUESTS.tag)
            .data);
  }

  private static boolean isWanted(int tag) {
    return Arrays.stream(Attribute.values())
        .filter(
            a ->
                ALWAYS.contains(a)
                    || WHERE_KNOWN.contains(a)
                    || OTHERS.contains(a)
                    || OF_REQUESTS.contains(a))
        .anyMatch(a -> a.tag == tag);
  }

  /** A UID or code; empty if it is absent. */
  String text(Attribute attribute) {
    return data.text(attribute.tag);
  }

  /** What cannot be done without. */
  @CanIgnoreReturnValue
  String require(Attribute attribute) throws IOException {
    String text = text(attribute);
    if (text.isEmpty()) {
      throw new IOException("expected a value of " + Tag.name(attribute.tag) + ", found none");
    }
    return text;
  }

  /** A UID that cannot be done without and stands in the file that is written. */
  @CanIgnoreReturnValue
  String requireUid(Attribute attribute) throws IOException {
    String uid = require(attribute);
    if (!UID.matcher(uid).matches()) {
      throw new IOException(
          "expected a UID of at most 64 digits and dots in "
              + Tag.name(attribute.tag)
              + ", found one of "
              + uid.length()
              + " characters"
              + (uid.length() > LONGEST_UID ? "" : ", not all of which are such"));
    }
    return uid;
  }

  /** The number of the series, 0 if it has none of use. */
  int seriesNumber() {
    String number = text(Attribute.SERIES_NUMBER);
    return number.matches("[0-9]{1,6}") ? Integer.parseInt(number) : 0;
  }

  /** Whether frames have numbers: of the tiles of a mosaic, only the file can be named. */
  boolean isMultiFrame() {
    String frames = text(Attribute.FRAMES);
    return !frames.isEmpty() && !frames.equals("1");
  }

  /** The item of a sequence that names the file. */
  DataSetWriter reference() {
    return new DataSetWriter()
        .text(Attribute.REFERENCED_SOP_CLASS, text(Attribute.SOP_CLASS))
        .text(Attribute.REFERENCED_SOP_INSTANCE, text(Attribute.SOP_INSTANCE));
  }

  /** Puts in who and what the source is of, byte by byte, since names may not be ASCII. */
  void copyTo(DataSetWriter target) throws IOException {
    for (Attribute attribute : ALWAYS) {
      target.text(attribute, "");
      copy(attribute, target);
    }
    for (Attribute attribute : WHERE_KNOWN) {
      copy(attribute, target);
    }
    copyRemovalTo(target);
  }

  /**
   * What was asked for when the source was made (General Series, C.7.3.1); none if it does not
   * tell. Not the step that was performed: that was the scanner's, and this is another one.
   */
  List<DataSetWriter> requests() throws IOException {
    List<DataSetWriter> requests = new ArrayList<>();
    for (DataSet request : data.items(Attribute.REQUESTS.tag)) {
      DataSetWriter item = new DataSetWriter();
      boolean told = false;
      for (Attribute attribute : OF_REQUESTS) {
        told |= request.has(attribute.tag);
        copy(request, attribute, item);
      }
      if (told) {
        requests.add(item);
      }
    }
    return requests;
  }

  /** The same as a report has it (SR Document General, C.17.2): all of it, though it be empty. */
  List<DataSetWriter> reportedRequests() throws IOException {
    List<DataSetWriter> requests = new ArrayList<>();
    for (DataSet request : data.items(Attribute.REQUESTS.tag)) {
      DataSetWriter item =
          new DataSetWriter()
              .text(Attribute.STUDY_INSTANCE, text(Attribute.STUDY_INSTANCE))
              .sequence(Attribute.REFERENCED_STUDIES)
              .text(Attribute.ACCESSION_NUMBER, "")
              .text(Attribute.PLACER_ORDER, "")
              .text(Attribute.FILLER_ORDER, "")
              .text(Attribute.REQUESTED_PROCEDURE, "")
              .text(Attribute.REQUESTED_DESCRIPTION, "")
              .sequence(Attribute.REQUESTED_CODE);
      copy(data, Attribute.ACCESSION_NUMBER, item);
      copy(request, Attribute.ACCESSION_NUMBER, item);
      copy(request, Attribute.REQUESTED_PROCEDURE, item);
      copy(request, Attribute.REQUESTED_DESCRIPTION, item);
      requests.add(item);
    }
    return requests;
  }

  /** "Removed" must tell how, which some files leave out: then it is told that they do. */
  private void copyRemovalTo(DataSetWriter target) throws IOException {
    boolean removed = text(Attribute.IDENTITY_REMOVED).equals("YES");
    boolean told = !text(Attribute.IDENTITY_REMOVED_HOW).isEmpty();
    if (removed || told) {
      copy(Attribute.IDENTITY_REMOVED, target);
      if (told) {
        copy(Attribute.IDENTITY_REMOVED_HOW, target);
      } else {
        target.text(Attribute.IDENTITY_REMOVED_HOW, "not stated by the source");
      }
    }
  }

  /** Puts in which frame of reference its places are in. */
  void copyPlaceTo(DataSetWriter target) throws IOException {
    copy(Attribute.FRAME_OF_REFERENCE, target);
    target.text(Attribute.POSITION_REFERENCE, "");
    copy(Attribute.POSITION_REFERENCE, target);
  }

  /** Puts in whether its pixels lost something. */
  void copyLossTo(DataSetWriter target) throws IOException {
    target.text(Attribute.LOSSY, "00");
    if (text(Attribute.LOSSY).equals("01")) {
      copy(Attribute.LOSSY, target);
      copy(Attribute.LOSSY_RATIO, target);
      copy(Attribute.LOSSY_METHOD, target);
    }
  }

  /** The day of the content, of the study if there is none, 1900-01-01 if there is neither. */
  String date() {
    String date = text(isDated() ? Attribute.CONTENT_DATE : Attribute.STUDY_DATE);
    return date.isEmpty() ? "19000101" : date;
  }

  /** The time of day that goes with {@link #date}, midnight if there is none. */
  String time() {
    String time = text(isDated() ? Attribute.CONTENT_TIME : Attribute.STUDY_TIME);
    return time.isEmpty() ? "000000" : time;
  }

  private boolean isDated() {
    return data.has(Attribute.CONTENT_DATE.tag);
  }

  private void copy(Attribute attribute, DataSetWriter target) throws IOException {
    copy(data, attribute, target);
  }

  private static void copy(DataSet from, Attribute attribute, DataSetWriter target)
      throws IOException {
    byte[] value = from.bytes(attribute.tag).orElse(new byte[0]);
    if (value.length > LONGEST) {
      throw new IOException(Tag.name(attribute.tag) + ": a length of " + value.length + " bytes");
    }
    if (value.length > 0) {
      target.bytes(attribute, value);
    }
  }
}
