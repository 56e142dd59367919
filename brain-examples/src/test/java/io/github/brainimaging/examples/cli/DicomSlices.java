package io.github.brainimaging.examples.cli;

import io.github.brainimaging.core.image.MedicalVolume;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the slices of a volume as an axial DICOM series, 0.9 mm a pixel and 5 mm apart. */
public final class DicomSlices {

  private DicomSlices() {}

  /** One file for each slice. */
  public static void write(MedicalVolume volume, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (int z = 0; z < volume.depth(); z++) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(new byte[128]);
      out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
      text(out, 0x00020010, "UI", "1.2.840.10008.1.2.1");
      text(out, 0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.4");
      text(out, 0x00080018, "UI", "1.2.840.4711." + z);
      text(out, 0x00080060, "CS", "MR");
      text(out, 0x00100010, "PN", "DOE^JANE");
      text(out, 0x00180050, "DS", "5");
      text(out, 0x0020000D, "UI", "1.2.840.4712");
      text(out, 0x0020000E, "UI", "1.2.840.4713");
      text(out, 0x00200032, "DS", "-115\\-110\\" + (5 * z - 12));
      text(out, 0x00200037, "DS", "1\\0\\0\\0\\1\\0");
      text(out, 0x00200052, "UI", "1.2.840.4714");
      element(out, 0x00280002, "US", words(1));
      text(out, 0x00280004, "CS", "MONOCHROME2");
      element(out, 0x00280010, "US", words(volume.height()));
      element(out, 0x00280011, "US", words(volume.width()));
      text(out, 0x00280030, "DS", "0.9\\0.9");
      element(out, 0x00280100, "US", words(16));
      element(out, 0x00280101, "US", words(16));
      element(out, 0x00280102, "US", words(15));
      element(out, 0x00280103, "US", words(0));
      float[] samples = volume.slice(z).samples();
      int[] stored = new int[samples.length];
      for (int i = 0; i < stored.length; i++) {
        stored[i] = Math.round(samples[i]);
      }
      element(out, 0x7FE00010, "OW", words(stored));
      Files.write(folder.resolve("slice" + z + ".dcm"), out.toByteArray());
    }
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
