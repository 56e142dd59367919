package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.brainimaging.core.image.MedicalImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The pixels of all files in formats/dicom, against conformance.txt, which reference.py makes with
 * pydicom.
 */
@Tag("data")
class DicomConformanceTest {

  /** Differences that docs/formats-dicom.md explains. */
  private static final Map<String, String> EXPLAINED =
      Map.of(
          "conformance/SC_rgb_small_odd_big_endian.dcm", "pydicom does not swap OW of 8 bits",
          "conformance/JPEG2000-embedded-sequence-delimiter.dcm", "the width is overwritten");

  @Test
  void decodesWhatPydicomDecodesToTheSamePixels() throws IOException {
    Path data = Path.of(System.getProperty("brain.data", "../../shared/data"));
    Path folder = data.resolve("formats/dicom");
    assumeTrue(Files.isDirectory(folder), "no data in " + folder);
    Map<String, String> problems = new TreeMap<>();
    int decoded = 0;
    for (String line : lines()) {
      String[] fields = line.split("\\|", -1);
      Path file = folder.resolve(fields[0]);
      String problem = fields[1].equals("none") ? refusal(file) : difference(file, fields);
      decoded += fields[1].equals("none") ? 0 : 1;
      if (!problem.isEmpty()) {
        problems.put(fields[0], problem);
      }
    }
    assertThat(decoded).isGreaterThan(100);
    assertThat(problems.keySet()).containsAll(EXPLAINED.keySet());
    problems.keySet().removeAll(EXPLAINED.keySet());
    assertThat(problems).isEmpty();
  }

  private static List<String> lines() throws IOException {
    try (InputStream in = DicomConformanceTest.class.getResourceAsStream("dicom/conformance.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    }
  }

  private static String refusal(Path file) throws IOException {
    try {
      DicomFile found = DicomFile.open(file);
      return "read, though pydicom does not: " + found.frame(0);
    } catch (ImageFormatException e) {
      return String.valueOf(e.getMessage()).contains("damaged or cut off (") ? "unclear: " + e : "";
    }
  }

  private static String difference(Path file, String[] fields) throws IOException {
    List<float[]> frames = new ArrayList<>();
    try {
      DicomFile found = DicomFile.open(file);
      // The reference has mosaics as they are stored.
      boolean mosaic = found.summary().frames() > Integer.parseInt(fields[2]);
      for (int i = 0; !mosaic && i < found.summary().frames(); i++) {
        MedicalImage frame = found.frame(i);
        String size = frame.height() + "|" + frame.width() + "|" + frame.channels();
        String expected = fields[3] + "|" + fields[4] + "|" + fields[5];
        if (!size.equals(expected)) {
          return "expected " + expected + ", found " + size;
        }
        frames.add(frame.samples());
      }
      if (mosaic) {
        return "";
      }
    } catch (ImageFormatException e) {
      return String.valueOf(e.getMessage());
    }
    float[] all = new float[frames.stream().mapToInt(f -> f.length).sum()];
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    int at = 0;
    for (float[] frame : frames) {
      for (float value : frame) {
        all[at++] = value;
        out.writeFloat(value);
      }
    }
    CRC32 crc = new CRC32();
    crc.update(bytes.toByteArray());
    if (Long.toString(crc.getValue()).equals(fields[6])) {
      return "";
    }
    String[] values = fields[7].split(" ", -1);
    double worst = 0;
    for (int i = 0; i < values.length; i++) {
      int index = all.length >= 64 ? (int) ((long) i * all.length / 64) : i;
      worst = Math.max(worst, Math.abs(all[index] - Float.parseFloat(values[i])));
    }
    double allowed = fields[1].equals("lossy") ? 2 : -1;
    return worst <= allowed ? "" : "expected equal samples, found a difference of " + worst;
  }
}
