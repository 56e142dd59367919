package io.github.brainimaging.core.io;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.io.internal.dicom.result.Origin;
import io.github.brainimaging.core.io.internal.dicom.stack.DicomStack;
import io.github.brainimaging.core.work.AtomicFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes a DICOM object from images, and writes it beside them, never over them. */
final class DicomResult {

  static final int LONGEST_TEXT = 64;

  /** Makes the bytes of a file. */
  @FunctionalInterface
  interface Content {
    byte[] of(Origin origin) throws IOException;
  }

  private final List<Source> files;
  private final byte[] bytes;

  private DicomResult(List<Source> files, byte[] bytes) {
    this.files = files;
    this.bytes = bytes;
  }

  /**
   * Makes it.
   *
   * @param grid of what was found on the source
   */
  static DicomResult of(DicomSource source, VolumeGrid grid, Content content)
      throws ImageFormatException {
    return of(source, "mask", grid, content);
  }

  /**
   * Makes it.
   *
   * @param what was found, for the message that it does not fit
   * @param grid of what was found on the source
   */
  static DicomResult of(DicomSource source, String what, VolumeGrid grid, Content content)
      throws ImageFormatException {
    DicomStack stack = stack(source);
    Arguments.require(
        grid.matches(stack.grid()),
        "%s must lie on the grid of the source = %s, got %s",
        what,
        stack.grid(),
        grid);
    Arguments.require(stack.times() == 1, "source must have one volume, got %s", stack.times());
    List<Source> files = files(source);
    String name = files.get(0).name();
    Origin origin =
        DicomAccess.named(
            name, () -> Origin.of(stack, file -> DicomAccess.header(files.get(file)), version()));
    try {
      return new DicomResult(files, content.of(origin));
    } catch (IOException e) {
      throw new ImageFormatException(
          name + ": cannot make a DICOM result of it: " + e.getMessage(), e);
    }
  }

  static DicomStack stack(DicomSource source) throws ImageFormatException {
    return source instanceof DicomSeries series ? series.stack() : ((DicomFile) source).stack();
  }

  private static List<Source> files(DicomSource source) {
    return source instanceof DicomSeries series
        ? series.files().stream().map(Source::of).toList()
        : List.of(((DicomFile) source).source());
  }

  void write(Path file) throws IOException {
    for (Source source : files) {
      Arguments.require(
          source.file().isEmpty()
              || !Files.exists(file)
              || !Files.isSameFile(file, source.file().get()),
          "file must be none of the source, got %s",
          file);
    }
    AtomicFiles.write(file, out -> out.write(bytes));
  }

  void write(OutputStream out) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Checks what goes into an element of limited length. */
  @CanIgnoreReturnValue
  static String requireText(String name, String text, int longest) {
    Arguments.require(
        !text.isBlank()
            && text.length() <= longest
            && text.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '\\'),
        "%s must be 1 to %s printable ASCII characters without backslash, got %s",
        name,
        longest,
        text);
    return text;
  }

  @CanIgnoreReturnValue
  static String requireText(String name, String text) {
    return requireText(name, text, LONGEST_TEXT);
  }

  /** As the manifest of the library's jar says. */
  private static String version() {
    String version = DicomResult.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
