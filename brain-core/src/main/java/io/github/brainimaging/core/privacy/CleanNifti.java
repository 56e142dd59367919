package io.github.brainimaging.core.privacy;

import io.github.brainimaging.core.io.ImageFormatException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A NIfTI file without its texts and its extensions; the voxels stay as they are stored. */
final class CleanNifti {

  /** Header of version 1: its size, and where texts begin and end. */
  private static final int SIZE_1 = 348;

  private static final int[][] TEXTS_1 = {{4, 14}, {14, 32}, {148, 228}, {228, 252}, {328, 344}};

  private static final int SIZE_2 = 540;
  private static final int[][] TEXTS_2 = {{240, 320}, {320, 344}, {508, 524}};

  /** Where version 1 and 2 tell where the voxels begin. */
  private static final int OFFSET_1 = 108;

  private static final int OFFSET_2 = 168;

  private CleanNifti() {}

  /** Whether the file is compressed, so that the copy is named alike. */
  static boolean isCompressed(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == 0x1F && in.read() == 0x8B;
    }
  }

  static void write(Path file, OutputStream out) throws IOException {
    boolean compressed = isCompressed(file);
    try (InputStream stored = new BufferedInputStream(Files.newInputStream(file));
        InputStream in = compressed ? new GZIPInputStream(stored) : stored) {
      if (compressed) {
        // Of a name that the compressed file may have kept nothing is written.
        GZIPOutputStream packed = new GZIPOutputStream(out);
        copy(file, in, packed);
        packed.finish();
      } else {
        copy(file, in, out);
      }
    }
  }

  private static void copy(Path file, InputStream in, OutputStream out) throws IOException {
    byte[] first = in.readNBytes(SIZE_1);
    int little = first.length < SIZE_1 ? 0 : size(first, ByteOrder.LITTLE_ENDIAN);
    boolean swapped = little != SIZE_1 && little != SIZE_2;
    ByteOrder order = swapped ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    int size = first.length < SIZE_1 ? 0 : size(first, order);
    if (size != SIZE_1 && size != SIZE_2) {
      throw new ImageFormatException(file + ": expected a NIfTI header, found another size");
    }
    byte[] header = Arrays.copyOf(first, size);
    System.arraycopy(in.readNBytes(size - SIZE_1), 0, header, SIZE_1, size - SIZE_1);
    ByteBuffer fields = ByteBuffer.wrap(header).order(order);
    boolean second = size == SIZE_2;
    long offset = second ? fields.getLong(OFFSET_2) : (long) fields.getFloat(OFFSET_1);
    if (offset < size) {
      throw new ImageFormatException(
          file + ": expected header and voxels in one file (.nii), found a header alone");
    }
    for (int[] text : second ? TEXTS_2 : TEXTS_1) {
      Arrays.fill(header, text[0], text[1], (byte) 0);
    }
    if (second) {
      fields.putLong(OFFSET_2, size + 4L);
    } else {
      fields.putFloat(OFFSET_1, size + 4);
    }
    in.skipNBytes(offset - size);
    out.write(header);
    out.write(new byte[4]); // no extension follows
    in.transferTo(out);
  }

  private static int size(byte[] header, ByteOrder order) {
    return ByteBuffer.wrap(header).order(order).getInt(0);
  }
}
