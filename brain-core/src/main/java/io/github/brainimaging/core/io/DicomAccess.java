package io.github.brainimaging.core.io;

import io.github.brainimaging.core.io.internal.Decoder;
import io.github.brainimaging.core.io.internal.dicom.DicomContent;
import io.github.brainimaging.core.io.internal.dicom.element.NoImageException;
import io.github.brainimaging.core.io.internal.dicom.result.SourceHeader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;

/** Opens DICOM files and turns what goes wrong into an {@link ImageFormatException}. */
final class DicomAccess {

  private DicomAccess() {}

  /** Something that may fail on a damaged file. */
  @FunctionalInterface
  interface Action<T> {
    T run() throws IOException;
  }

  static boolean recognizes(Source source) throws IOException {
    if (source.file().isPresent() && !Files.isRegularFile(source.file().get())) {
      return false;
    }
    try (InputStream in = source.open()) {
      return DicomContent.recognizes(in.readNBytes(Decoder.PROBE_LENGTH));
    }
  }

  /** Reads something from the content of a file. */
  @FunctionalInterface
  interface Content<T> {
    T read(InputStream in) throws IOException;
  }

  static DicomContent read(Source source, boolean withPixels) throws IOException {
    return open(source, in -> DicomContent.read(in, withPixels));
  }

  static SourceHeader header(Source source) throws IOException {
    return open(source, SourceHeader::read);
  }

  private static <T> T open(Source source, Content<T> content) throws IOException {
    try (InputStream in = new BufferedInputStream(source.open(), 1 << 15)) {
      return named(
          source.name(),
          () -> {
            in.mark(Decoder.PROBE_LENGTH);
            boolean known = DicomContent.recognizes(in.readNBytes(Decoder.PROBE_LENGTH));
            in.reset();
            if (!known) {
              throw new NoImageException("it does not start like one");
            }
            return content.read(in);
          });
    }
  }

  static <T> T named(String name, Action<T> action) throws ImageFormatException {
    try {
      return action.run();
    } catch (ImageFormatException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      boolean clear = e instanceof IOException && e.getMessage() != null;
      throw new ImageFormatException(
          name
              + ": cannot read this DICOM file: "
              + (clear ? e.getMessage() : "it is damaged or cut off (" + e + ")"),
          e);
    }
  }
}
