package io.github.brainimaging.core.report;

import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.work.AtomicFiles;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * The folder that a report is written into.
 *
 * @param path the folder
 */
record ReportFolder(Path path) {

  static final String MASKS = "masks";
  static final String OVERLAYS = "overlays";
  static final String PAGES = "pages";
  static final String SLICES = "slice-sheets";
  static final String HEAT_MAPS = "heat-maps";
  static final String UNCERTAINTY = "uncertainty";

  /** Real paths of the folders of pictures. */
  List<Path> pictures() throws IOException {
    List<Path> folders = new ArrayList<>();
    for (String folder : List.of(MASKS, OVERLAYS, SLICES, HEAT_MAPS, UNCERTAINTY)) {
      folders.add(real(path.resolve(folder)));
    }
    return folders;
  }

  /** Whether all of some files are there. */
  boolean holds(List<String> files) {
    return files.stream().allMatch(file -> Files.exists(path.resolve(file)));
  }

  /**
   * Makes the folder, opens a journal in it and deletes what writers that were killed left half
   * written.
   */
  Journal open(String name, String run, Journal.Keeper keeper) throws IOException {
    make();
    Journal journal = Journal.open(path.resolve(name), run, keeper);
    try {
      removeLeftovers();
      return journal;
    } catch (IOException | RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  private void make() throws IOException {
    try {
      Files.createDirectories(path);
    } catch (FileSystemException e) {
      FileSystemException plain =
          new FileSystemException(path.toString(), null, "this folder cannot be made: " + why(e));
      plain.initCause(e);
      throw plain;
    }
  }

  /** The JDK says most reasons by the class of its exception only. */
  private static String why(FileSystemException e) {
    if (e instanceof FileAlreadyExistsException) {
      return e.getFile() + " is there and no folder";
    }
    if (e instanceof AccessDeniedException) {
      return "no right to write " + e.getFile();
    }
    return Objects.requireNonNullElse(
        e.getReason(), "the file system does not take " + e.getFile());
  }

  private void removeLeftovers() throws IOException {
    AtomicFiles.removeLeftovers(path);
    AtomicFiles.removeLeftovers(path.resolve(PAGES));
    for (Path pictures : pictures()) {
      AtomicFiles.removeLeftovers(pictures);
    }
  }

  /**
   * Checks that no input is overwritten.
   *
   * @param files what is written beside the pictures
   * @throws IllegalArgumentException if an input lies where the report writes
   */
  void requireFreeOf(Collection<Path> inputs, String... files) throws IOException {
    List<Path> written = new ArrayList<>(pictures());
    for (String file : files) {
      written.add(real(path.resolve(file)));
    }
    for (Path input : inputs) {
      Arguments.require(
          written.stream().noneMatch(real(input)::startsWith),
          "folder must not hold inputs where the report writes, got input %s for folder %s",
          input,
          path);
    }
  }

  private static Path real(Path file) throws IOException {
    return Files.exists(file) ? file.toRealPath() : file.toAbsolutePath().normalize();
  }
}
