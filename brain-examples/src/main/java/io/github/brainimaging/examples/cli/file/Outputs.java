package io.github.brainimaging.examples.cli.file;

import io.github.brainimaging.core.report.ReportWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * What commands write into the folder of a report beside the report itself.
 *
 * @param folder the folder of the report
 */
public record Outputs(Path folder) {

  public static final String SLICES = "report.json";
  public static final String VOLUMES = "volumes.json";
  public static final String PAGE = "index.html";
  private static final String MASKS = "masks";
  private static final String OVERLAYS = "overlays";
  public static final String COMPARED = "compared";
  public static final String EXPLANATIONS = "explanations.json";
  public static final String HEAT_MAPS = "heat-maps";
  public static final String FEATURES = "features";

  private static final List<String> FOLDERS =
      Stream.concat(
              Stream.of(MASKS, OVERLAYS, COMPARED, HEAT_MAPS, FEATURES),
              Stream.of(DicomKind.values()).map(DicomKind::folder))
          .toList();

  /**
   * Real paths of the folders in which an earlier run left masks and pictures, which are no inputs;
   * none if there was no run.
   */
  List<Path> ofEarlierRun() throws IOException {
    List<Path> found = new ArrayList<>(ReportWriter.picturesIn(folder));
    if (Files.exists(folder.resolve(EXPLANATIONS)) || !found.isEmpty()) {
      for (String name : FOLDERS) {
        found.add(real(folder.resolve(name)));
      }
    }
    return found;
  }

  /** Whether a file is called like what a report writes beside its folders of pictures. */
  public static boolean isReport(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(".") || List.of(SLICES, VOLUMES, EXPLANATIONS, PAGE).contains(name);
  }

  /**
   * Checks that nothing is written over inputs.
   *
   * @throws IllegalArgumentException if an input lies where results are written
   */
  public void requireFreeOf(Collection<Path> inputs) throws IOException {
    List<Path> written =
        new ArrayList<>(List.of(real(folder.resolve(VOLUMES)), real(folder.resolve(EXPLANATIONS))));
    for (String name : FOLDERS) {
      written.add(real(folder.resolve(name)));
    }
    for (Path input : inputs) {
      Path real = real(input);
      if (written.stream().anyMatch(real::startsWith)) {
        throw new IllegalArgumentException(
            "--out must not hold inputs where results are written, got input "
                + input
                + " for "
                + folder);
      }
    }
  }

  private static Path real(Path path) throws IOException {
    return Files.exists(path) ? path.toRealPath() : path.toAbsolutePath().normalize();
  }
}
