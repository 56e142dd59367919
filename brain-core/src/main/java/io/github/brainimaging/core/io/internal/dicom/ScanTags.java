package io.github.brainimaging.core.io.internal.dicom;

import io.github.brainimaging.core.image.ScanFacts;
import io.github.brainimaging.core.image.ScanFacts.Fact;
import io.github.brainimaging.core.io.internal.SequenceName;
import io.github.brainimaging.core.io.internal.dicom.element.FrameFacts;
import io.github.brainimaging.core.io.internal.dicom.element.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** What a file says of how it was scanned (PS3.3, C.7.3.1, C.7.6.4, C.8.3.1). */
public final class ScanTags {

  /** Codes in capitals: what else stands there is somebody's own text. */
  private static final Pattern CODE = Pattern.compile("[A-Z0-9_ ]{1,16}");

  private static final Pattern NO_AGENT = Pattern.compile("(?i)|none|no|n|0|without.*");

  /** The middle of these, of a spin echo, tells T1 from T2; the longest inversion, FLAIR. */
  private static final double LONG_ECHO_MS = 70;

  private static final double SHORT_ECHO_MS = 30;
  private static final double LONG_REPETITION_MS = 2000;
  private static final double SHORT_REPETITION_MS = 1000;
  private static final double LONG_INVERSION_MS = 1500;

  private final DicomContent content;
  private final FrameFacts frame;
  private final List<Fact> found = new ArrayList<>();

  private ScanTags(DicomContent content, int frame) {
    this.content = content;
    this.frame = content.facts(frame);
  }

  /** The facts of a frame; what is damaged is left out. */
  public static ScanFacts of(DicomContent content, int frame) {
    return new ScanTags(content, frame).read();
  }

  private ScanFacts read() {
    add(ScanFacts.MODALITY, content.modalityCode(), "Modality");
    sequence().ifPresent(found::add);
    String agent = frame.text(Tag.CONTRAST_AGENT);
    if (!agent.isEmpty()) {
      add("contrastAgent", agentGiven() ? "yes" : "no", "ContrastBolusAgent");
    }
    plane();
    add("bodyPart", code(Tag.BODY_PART), "BodyPartExamined");
    add("scanningSequence", code(Tag.SCANNING_SEQUENCE), "ScanningSequence");
    add("sequenceVariant", code(Tag.SEQUENCE_VARIANT), "SequenceVariant");
    add("acquisition", code(Tag.ACQUISITION_TYPE), "MRAcquisitionType");
    add("imageType", code(Tag.IMAGE_TYPE), "ImageType");
    Map.of(
            "repetitionTimeMs", Tag.REPETITION_TIME,
            "echoTimeMs", Tag.ECHO_TIME,
            "inversionTimeMs", Tag.INVERSION_TIME)
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(time -> number(time.getValue()).ifPresent(ms -> add(time.getKey(), ms)));
    return new ScanFacts(found);
  }

  private void add(String name, String value, String source) {
    if (!value.isEmpty()) {
      found.add(new Fact(name, value, source, 1));
    }
  }

  private void add(String name, double number) {
    add(name, String.format(Locale.ROOT, "%.6g", number).replaceAll("\\.?0+$", ""), "header");
  }

  private boolean agentGiven() {
    return !NO_AGENT.matcher(frame.text(Tag.CONTRAST_AGENT)).matches();
  }

  /** All parts of a value that are codes. */
  private String code(int tag) {
    List<String> codes = new ArrayList<>();
    for (String part : frame.texts(tag)) {
      if (CODE.matcher(part).matches()) {
        codes.add(part);
      }
    }
    return String.join(", ", codes);
  }

  private Optional<Fact> sequence() {
    if (!content.modalityCode().equals("MR")) {
      return Optional.empty();
    }
    return SequenceName.of(frame.text(Tag.SERIES_DESCRIPTION), "SeriesDescription", agentGiven())
        .or(() -> SequenceName.of(frame.text(Tag.PROTOCOL), "ProtocolName", agentGiven()))
        .or(this::byTimes);
  }

  /** The textbook's weighting of a spin echo, and of an inversion before it. */
  private Optional<Fact> byTimes() {
    double echo = number(Tag.ECHO_TIME).orElse(Double.NaN);
    double repetition = number(Tag.REPETITION_TIME).orElse(Double.NaN);
    double inversion = number(Tag.INVERSION_TIME).orElse(0);
    List<String> codes = frame.texts(Tag.SCANNING_SEQUENCE);
    boolean inverted = codes.contains("IR") || inversion > 0;
    String name = "";
    if (inverted && inversion >= LONG_INVERSION_MS && echo >= LONG_ECHO_MS) {
      name = "FLAIR";
    } else if (codes.contains("SE") && !inverted) {
      if (echo < SHORT_ECHO_MS && repetition < SHORT_REPETITION_MS) {
        name = agentGiven() ? "T1 with contrast agent" : "T1";
      } else if (repetition >= LONG_REPETITION_MS) {
        name = echo >= LONG_ECHO_MS ? "T2" : echo < SHORT_ECHO_MS ? "PD" : "";
      }
    }
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(new Fact(ScanFacts.SEQUENCE, name, "echo and repetition times", 1));
  }

  private void plane() {
    try {
      double[] axes = frame.decimals(Tag.ORIENTATION);
      if (axes.length == 6) {
        double[] normal = FrameGeometry.normal(axes);
        double x = Math.abs(normal[0]);
        double y = Math.abs(normal[1]);
        double z = Math.abs(normal[2]);
        String plane = z >= x && z >= y ? "axial" : y >= x ? "coronal" : "sagittal";
        add(ScanFacts.PLANE, plane, "ImageOrientationPatient");
      }
    } catch (IOException e) {
      return; // HeaderDoubts tells it.
    }
  }

  private OptionalDouble number(int tag) {
    try {
      return frame.decimal(tag);
    } catch (IOException e) {
      return OptionalDouble.empty(); // HeaderDoubts tells it.
    }
  }
}
