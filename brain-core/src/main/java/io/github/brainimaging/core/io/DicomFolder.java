package io.github.brainimaging.core.io;

import io.github.brainimaging.core.io.internal.dicom.DicomContent;
import io.github.brainimaging.core.io.internal.dicom.element.NoImageException;
import io.github.brainimaging.core.io.internal.dicom.stack.DicomStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The DICOM series in a folder and the folders in it. Only the headers are read. Files of one
 * series instance UID and one size make a series, or several if their slices have different
 * orientations or spacings, or are stacks that lie between each other. Localizers are left out, and
 * so is what is no DICOM image (a DICOMDIR, a report, a picture of another format) and what cannot
 * be read.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param series the series, in the order of their first files' names
 * @param localizers the localizers that were left out
 * @param others the files that are no DICOM images
 * @param refused the DICOM images that cannot be read, each with the reason
 * @since 0.1.0
 */
public record DicomFolder(
    List<DicomSeries> series, List<Path> localizers, List<Path> others, Map<Path, String> refused) {

  /**
   * Copies the lists.
   *
   * @param series the series, in the order of their first files' names
   * @param localizers the localizers that were left out
   * @param others the files that are no DICOM images
   * @param refused the DICOM images that cannot be read, each with the reason
   */
  public DicomFolder {
    series = List.copyOf(series);
    localizers = List.copyOf(localizers);
    others = List.copyOf(others);
    refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
  }

  private record Group(List<Path> files, List<DicomContent> headers) {}

  /**
   * Looks into a folder, or into one file, which may hold several series.
   *
   * @param folder the folder or the file
   * @return what is in it; without series if there is no DICOM image
   * @throws java.nio.file.NotDirectoryException if there is neither
   * @throws IOException if the folder cannot be read
   */
  public static DicomFolder scan(Path folder) throws IOException {
    if (!Files.isDirectory(folder) && !Files.isRegularFile(folder)) {
      throw new NotDirectoryException(folder.toString());
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    } catch (UncheckedIOException e) {
      throw new IOException(folder + ": a folder in it cannot be read", e);
    }
    List<Path> localizers = new ArrayList<>();
    List<Path> others = new ArrayList<>();
    Map<Path, String> refused = new LinkedHashMap<>();
    Map<String, Group> groups = new LinkedHashMap<>();
    for (Path file : files) {
      try {
        DicomContent header = DicomAccess.read(Source.of(file), false);
        if (header.isLocalizer() && Files.isDirectory(folder)) {
          localizers.add(file);
          continue;
        }
        Group group =
            groups.computeIfAbsent(
                header.seriesKey(), key -> new Group(new ArrayList<>(), new ArrayList<>()));
        group.files.add(file);
        group.headers.add(header);
      } catch (ImageFormatException e) {
        if (e.getCause() instanceof NoImageException) {
          others.add(file);
        } else {
          refused.put(file, ImageFormatException.reason(e, file));
        }
      } catch (IOException e) {
        refused.put(file, "cannot be read");
      }
    }
    List<DicomSeries> series = new ArrayList<>();
    for (Group group : groups.values()) {
      try {
        series.addAll(series(folder, group));
      } catch (ImageFormatException e) {
        series.addAll(series(folder, sound(group, refused)));
      }
    }
    return new DicomFolder(series, localizers, others, refused);
  }

  /** What is wrong in the header of one file must not keep the others from being read. */
  private static Group sound(Group group, Map<Path, String> refused) {
    Group sound = new Group(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < group.files.size(); i++) {
      Path file = group.files.get(i);
      Group alone = new Group(List.of(file), List.of(group.headers.get(i)));
      try {
        List<DicomSeries> unused = series(file, alone);
        sound.files.add(file);
        sound.headers.add(group.headers.get(i));
      } catch (ImageFormatException e) {
        refused.put(file, ImageFormatException.reason(e, file));
      }
    }
    return sound;
  }

  private static List<DicomSeries> series(Path folder, Group group) throws ImageFormatException {
    if (group.files.isEmpty()) {
      return List.of();
    }
    String first = group.files.get(0).toString();
    return DicomAccess.named(
        first,
        () -> {
          List<DicomSeries> series = new ArrayList<>();
          for (DicomStack stack : DicomStack.split(group.headers)) {
            DicomContent header = group.headers.get(stack.files().get(0));
            series.add(
                new DicomSeries(
                    folder,
                    stack.files().stream().map(group.files::get).toList(),
                    DicomFile.Summary.of(header),
                    stack,
                    group.headers.stream().allMatch(DicomContent::isCapture),
                    group.headers.stream().allMatch(DicomContent::isParametricMap),
                    header.studyKey()));
          }
          return series;
        });
  }
}
