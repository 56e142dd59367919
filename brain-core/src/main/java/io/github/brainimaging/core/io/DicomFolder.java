package io.github.brainimaging.core.io;

import io.github.brainimaging.core.io.internal.dicom.DicomContent;
import io.github.brainimaging.core.io.internal.dicom.DicomStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The DICOM series in a folder and the folders in it. Only the headers are read. Files of one
 * series instance UID with one size, spacing and orientation make a series; localizers are left
 * out, and so is what is no DICOM image (a DICOMDIR, a report, a damaged header).
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param series the series, in the order of their first files' names
 * @param localizers number of localizer files that were left out
 * @param others number of other files that were left out
 */
public record DicomFolder(List<DicomSeries> series, int localizers, int others) {

  /**
   * Copies the list.
   *
   * @param series the series, in the order of their first files' names
   * @param localizers number of localizer files that were left out
   * @param others number of other files that were left out
   */
  public DicomFolder {
    series = List.copyOf(series);
  }

  private record Group(List<Path> files, List<DicomContent> headers) {}

  /**
   * Looks into a folder.
   *
   * @param folder the folder
   * @return what is in it; without series if there is no DICOM image
   * @throws java.nio.file.NotDirectoryException if it is no folder
   * @throws IOException if the folder or a file in it cannot be read
   */
  public static DicomFolder scan(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder.toString());
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    } catch (UncheckedIOException e) {
      throw new IOException(folder + ": a folder in it cannot be read", e);
    }
    Map<String, Group> groups = new LinkedHashMap<>();
    int localizers = 0;
    int others = 0;
    for (Path file : files) {
      try {
        DicomContent header = DicomAccess.read(Source.of(file), false);
        if (header.isLocalizer()) {
          localizers++;
          continue;
        }
        Group group =
            groups.computeIfAbsent(
                DicomAccess.named(file.toString(), header::stackKey),
                key -> new Group(new ArrayList<>(), new ArrayList<>()));
        group.files.add(file);
        group.headers.add(header);
      } catch (ImageFormatException e) {
        others++;
      }
    }
    List<DicomSeries> series = new ArrayList<>();
    for (Group group : groups.values()) {
      String first = group.files.get(0).toString();
      DicomStack stack = DicomAccess.named(first, () -> DicomStack.of(group.headers));
      DicomSummary summary = DicomAccess.named(first, () -> DicomSummary.of(group.headers.get(0)));
      series.add(new DicomSeries(folder, group.files, summary, stack));
    }
    return new DicomFolder(series, localizers, others);
  }
}
