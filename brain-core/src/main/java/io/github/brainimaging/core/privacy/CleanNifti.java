package io.github.brainimaging.core.privacy;

import io.github.brainimaging.core.io.internal.nifti.NiftiHeader;
import io.github.brainimaging.core.io.internal.volume.FileStart;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A NIfTI file without its texts and its extensions; the voxels stay as they are stored. */
final class CleanNifti {

  /** Size of the header by version, and where its texts begin and end. */
  private static final int SIZE_1 = 348;

  private static final int[][] TEXTS_1 = {{4, 14}, {14, 32}, {148, 228}, {228, 252}, {328, 344}};

  private static final int SIZE_2 = 540;
  private static final int[][] TEXTS_2 = {{240, 320}, {320, 344}, {508, 524}};

  /** Where version 1 and 2 tell where the voxels begin. */
  private static final int OFFSET_1 = 108;

  private static final int OFFSET_2 = 168;

  private final Path file;
  private final FileStart start;
  private final NiftiHeader header;

  private CleanNifti(Path file, FileStart start, NiftiHeader header) {
    this.file = file;
    this.start = start;
    this.header = header;
  }

  /** Reads the header. */
  static CleanNifti of(Path file) throws IOException {
    FileStart start = start(file);
    NiftiHeader header = NiftiHeader.parse(start.bytes());
    if (header.pair()) {
      throw new IOException("expected header and voxels in one file (.nii), found a header alone");
    }
    return new CleanNifti(file, start, header);
  }

  /** What the copy's name ends with. */
  static String ending(Path file) throws IOException {
    return start(file).isCompressed() ? ".nii.gz" : ".nii";
  }

  private static FileStart start(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return FileStart.of(in.readNBytes(FileStart.COMPRESSED_LENGTH));
    }
  }

  void write(OutputStream out) throws IOException {
    try (InputStream stored = new BufferedInputStream(Files.newInputStream(file));
        InputStream in = start.isCompressed() ? new GZIPInputStream(stored) : stored) {
      in.skipNBytes(header.dataOffset());
      if (start.isCompressed()) {
        // Of a name that the compressed file may have kept nothing is written.
        GZIPOutputStream packed = new GZIPOutputStream(out);
        copy(in, packed);
        packed.finish();
      } else {
        copy(in, out);
      }
    }
  }

  private void copy(InputStream voxels, OutputStream out) throws IOException {
    boolean second = header.version() == 2;
    int size = second ? SIZE_2 : SIZE_1;
    byte[] cleaned = Arrays.copyOf(start.bytes(), size);
    for (int[] text : second ? TEXTS_2 : TEXTS_1) {
      Arrays.fill(cleaned, text[0], text[1], (byte) 0);
    }
    ByteBuffer fields = ByteBuffer.wrap(cleaned).order(header.order());
    if (second) {
      fields.putLong(OFFSET_2, size + 4L);
    } else {
      fields.putFloat(OFFSET_1, size + 4);
    }
    out.write(cleaned);
    out.write(new byte[4]); // no extension follows
    voxels.transferTo(out);
  }
}
