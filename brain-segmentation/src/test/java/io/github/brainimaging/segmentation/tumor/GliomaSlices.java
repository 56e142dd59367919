package io.github.brainimaging.segmentation.tumor;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.MedicalImageReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The LGG FLAIR slices of P2, which are not part of the repository. */
final class GliomaSlices {

  private static final Path FOLDER =
      Path.of(System.getProperty("brain.data", "../../shared/data")).resolve("lgg");

  private static final MedicalImageReader READER = MedicalImageReader.withDefaults();

  private GliomaSlices() {}

  /**
   * A slice and what the radiologist marked.
   *
   * @param image the FLAIR image
   * @param truth the tumor, not empty
   */
  record Slice(MedicalImage image, Mask truth) {}

  /** Slices with a tumor among every n-th of all slices; skips the test if there are none. */
  static List<Slice> sample(int step) {
    Assumptions.assumeTrue(Files.isDirectory(FOLDER), "no LGG slices in " + FOLDER);
    try (Stream<Path> walk = Files.walk(FOLDER)) {
      List<Path> files = walk.filter(p -> p.toString().endsWith("_flair.png")).sorted().toList();
      List<Slice> slices = new ArrayList<>();
      for (int i = 0; i < files.size(); i += step) {
        Mask truth = truthOf(files.get(i));
        if (!truth.isEmpty()) {
          slices.add(new Slice(READER.read(files.get(i)), truth));
        }
      }
      return slices;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Mask truthOf(Path file) throws IOException {
    String name = file.getFileName().toString().replace("_flair", "_mask");
    return Mask.above(READER.read(file.resolveSibling(name)), 0);
  }
}
