package io.github.brainimaging.core.io;

import io.github.brainimaging.core.io.internal.Decoder;
import io.github.brainimaging.core.io.internal.dicom.DicomContent;
import io.github.brainimaging.core.io.internal.dicom.SourceHeader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens DICOM files and turns what goes wrong into an {@link ImageFormatException}. */
final class DicomAccess {

  private DicomAccess() {}

  /** Something that may fail on a damaged file. */
  @FunctionalInterface
  interface Action<T> {
    T run() throws IOException;
  }

  static boolean recognizes(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return DicomContent.recognizes(in.readNBytes(Decoder.PROBE_LENGTH));
    }
  }

  /** Reads something from the content of a file. */
  @FunctionalInterface
  interface Content<T> {
    T read(InputStream in) throws IOException;
  }

  static DicomContent read(Path file, boolean withPixels) throws IOException {
    return open(file, in -> DicomContent.read(in, withPixels));
  }

  static SourceHeader header(Path file) throws IOException {
    return open(file, SourceHeader::read);
  }

  private static <T> T open(Path file, Content<T> content) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": expected a file, found a folder");
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 15)) {
      return named(
          file,
          () -> {
            in.mark(Decoder.PROBE_LENGTH);
            boolean known = DicomContent.recognizes(in.readNBytes(Decoder.PROBE_LENGTH));
            in.reset();
            if (!known) {
              throw new IOException("it does not start like one");
            }
            return content.read(in);
          });
    }
  }

  static <T> T named(Path file, Action<T> action) throws ImageFormatException {
    try {
      return action.run();
    } catch (ImageFormatException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      boolean clear = e instanceof IOException && e.getMessage() != null;
      throw new ImageFormatException(
          file
              + ": cannot read this DICOM file: "
              + (clear ? e.getMessage() : "it is damaged or cut off (" + e + ")"),
          e);
    }
  }
}
