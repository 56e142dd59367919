package io.github.brainimaging.segmentation.tumor;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.MedicalImageReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The LGG FLAIR slices of P2, which are not part of the repository. */
final class GliomaSlices {

  private static final Path FOLDER =
      Path.of(System.getProperty("brain.data", "../../shared/data")).resolve("lgg");

  private GliomaSlices() {}

  record Slice(Path file, MedicalImage image, Mask truth) {}

  /** The patients' folders in the order of their names; skips the test if there are none. */
  static List<Path> patients() {
    Assumptions.assumeTrue(Files.isDirectory(FOLDER), "no LGG slices in " + FOLDER);
    return list(FOLDER).filter(Files::isDirectory).toList();
  }

  static Stream<Slice> slices(Path patient) {
    return list(patient).filter(p -> p.toString().endsWith("_flair.png")).map(GliomaSlices::read);
  }

  private static Slice read(Path file) {
    MedicalImageReader reader = MedicalImageReader.withDefaults();
    Path truth = file.resolveSibling(file.getFileName().toString().replace("_flair", "_mask"));
    try {
      return new Slice(file, reader.read(file), Mask.above(reader.read(truth), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Twice the common pixels by the sum of both; 1 if both are empty. */
  static double dice(Mask a, Mask b) {
    if (a.isEmpty() && b.isEmpty()) {
      return 1;
    }
    boolean[] first = a.toArray();
    boolean[] second = b.toArray();
    int common = 0;
    for (int i = 0; i < first.length; i++) {
      common += first[i] && second[i] ? 1 : 0;
    }
    return 2.0 * common / (a.count() + b.count());
  }
}
