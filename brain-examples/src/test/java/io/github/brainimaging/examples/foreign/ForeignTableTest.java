package io.github.brainimaging.examples.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.brainimaging.examples.foreign.ForeignTable.Result;
import io.github.brainimaging.examples.foreign.ForeignTable.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All networks of a folder that {@code truths.py} has been over ({@code -Dbrain.foreign=FOLDER}),
 * with the card that {@code card --write} makes: right, or refused in a sentence.
 */
class ForeignTableTest {

  private static final Path FOLDER = Path.of(System.getProperty("brain.foreign", "../../foreign"));
  private static final Path DATA =
      Path.of(System.getProperty("brain.foreign.data", "../../shared/data"));

  @TempDir private Path work;

  @Test
  void noneIsWrongAndNoneEndsInWordsOfTheEngine() throws IOException {
    assumeTrue(
        Files.isDirectory(FOLDER),
        "no networks of other programs in " + FOLDER + " (docs/own-models.md tells how they come)");
    List<String> faults = new ArrayList<>();
    for (ForeignNetwork network : ForeignNetwork.read(FOLDER)) {
      Path own = Files.createDirectory(work.resolve(network.name()));
      ForeignTable.results(network, DATA, own)
          .forEach(
              (way, result) -> {
                if (!way.equals("card given") && isFault(network, result)) {
                  faults.add(network.name() + ", " + way + ": " + result);
                }
              });
    }
    assertThat(faults).isEmpty();
  }

  private static boolean isFault(ForeignNetwork network, Result result) {
    boolean answers = network.truth().has("probabilities") || network.isMask();
    return result.verdict() != Verdict.REFUSED && (result.verdict() != Verdict.RIGHT || !answers);
  }
}
