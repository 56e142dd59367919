package io.github.brainimaging.examples.cli;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes the DICOM files of a study: axial slices of 0.9 mm a pixel and 5 mm apart, and more. */
public final class DicomSlices {

  private static final String CLASSES = "1.2.840.10008.5.1.4.1.1.";

  private DicomSlices() {}

  /** One file for each slice. */
  public static void write(MedicalVolume volume, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (int z = 0; z < volume.depth(); z++) {
      byte[] file = object("4", "MR", "", 3, z, volume.slice(z));
      Files.write(folder.resolve("slice" + z + ".dcm"), file);
    }
  }

  /** What a scanner sends along: a scout, a dose screen, a presentation state and a report. */
  static void writeCompanions(MedicalImage slice, Path folder) throws IOException {
    Files.write(
        folder.resolve("SCOUT"), object("4", "MR", "ORIGINAL\\PRIMARY\\LOCALIZER", 4, 0, slice));
    Files.write(
        folder.resolve("DOSE"), object("7", "OT", "DERIVED\\SECONDARY\\SCREEN SAVE", 5, 0, slice));
    Files.write(folder.resolve("PSTATE"), object("11.1", "PR", "", 6, 0, null));
    Files.write(folder.resolve("REPORT"), object("88.33", "SR", "", 7, 0, null));
  }

  private static byte[] object(
      String kind, String modality, String type, int series, int z, @Nullable MedicalImage slice) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[128]);
    out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
    text(out, 0x00020010, "UI", "1.2.840.10008.1.2.1");
    if (!type.isEmpty()) {
      text(out, 0x00080008, "CS", type);
    }
    text(out, 0x00080016, "UI", CLASSES + kind);
    text(out, 0x00080018, "UI", "1.2.840.471" + (series == 3 ? 1 : series) + "." + z);
    text(out, 0x00080060, "CS", modality);
    text(out, 0x00100010, "PN", "DOE^JANE");
    text(out, 0x00180050, "DS", "5");
    text(out, 0x0020000D, "UI", "1.2.840.4712");
    text(out, 0x0020000E, "UI", "1.2.840.471" + series);
    if (slice != null) {
      pixels(out, z, slice, modality.equals("OT"));
    }
    return out.toByteArray();
  }

  /** A slice at its place, or a screen in colors, which has none. */
  private static void pixels(ByteArrayOutputStream out, int z, MedicalImage slice, boolean screen) {
    if (!screen) {
      text(out, 0x00200032, "DS", "-115\\-110\\" + (5 * z - 12));
      text(out, 0x00200037, "DS", "1\\0\\0\\0\\1\\0");
      text(out, 0x00200052, "UI", "1.2.840.4714");
    }
    int bits = screen ? 8 : 16;
    element(out, 0x00280002, "US", words(screen ? 3 : 1));
    text(out, 0x00280004, "CS", screen ? "RGB" : "MONOCHROME2");
    if (screen) {
      element(out, 0x00280006, "US", words(0));
    }
    element(out, 0x00280010, "US", words(slice.height()));
    element(out, 0x00280011, "US", words(slice.width()));
    if (!screen) {
      text(out, 0x00280030, "DS", "0.9\\0.9");
    }
    element(out, 0x00280100, "US", words(bits));
    element(out, 0x00280101, "US", words(bits));
    element(out, 0x00280102, "US", words(bits - 1));
    element(out, 0x00280103, "US", words(0));
    float[] samples = slice.samples();
    byte[] stored = new byte[(screen ? 3 : 2) * samples.length];
    for (int i = 0; i < samples.length; i++) {
      int value = Math.round(samples[i]);
      if (screen) {
        Arrays.fill(stored, 3 * i, 3 * i + 3, (byte) value);
      } else {
        stored[2 * i] = (byte) value;
        stored[2 * i + 1] = (byte) (value >> 8);
      }
    }
    element(out, 0x7FE00010, "OW", stored);
  }

  private static byte[] words(int... numbers) {
    byte[] bytes = new byte[2 * numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      bytes[2 * i] = (byte) numbers[i];
      bytes[2 * i + 1] = (byte) (numbers[i] >> 8);
    }
    return bytes;
  }

  private static void text(ByteArrayOutputStream out, int tag, String type, String value) {
    String even = value.length() % 2 == 0 ? value : value + (type.equals("UI") ? "\0" : " ");
    element(out, tag, type, even.getBytes(StandardCharsets.US_ASCII));
  }

  private static void element(ByteArrayOutputStream out, int tag, String type, byte[] value) {
    byte[] head = new byte[type.equals("OW") ? 12 : 8];
    ByteBuffer buffer = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putShort((short) (tag >>> 16)).putShort((short) tag);
    buffer.put(type.getBytes(StandardCharsets.US_ASCII));
    if (head.length == 12) {
      buffer.putShort((short) 0).putInt(value.length);
    } else {
      buffer.putShort((short) value.length);
    }
    out.writeBytes(head);
    out.writeBytes(value);
  }
}
