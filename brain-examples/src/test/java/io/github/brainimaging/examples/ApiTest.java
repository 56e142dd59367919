package io.github.brainimaging.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The public API is written down, so that a change of it shows in a diff. */
class ApiTest {

  /**
   * Whoever adds a type raises this and sees it in the diff; 185 before explanation and brain
   * extraction, 195 before cards from graphs, networks of volumes, sets of labels and JSON of
   * results, 204 before answers of slices and lesions, 208 before uncertainty, 213 before DICOM
   * reports, contours and captures, 217 before facts of a scan and their recognizer, 219 before
   * archives, 220 before studies, 222 before privacy, 224 before data inspection and features of
   * lesions, 226 before the second segmenter.
   */
  private static final int MOST_TYPES = 227;

  @ParameterizedTest
  @ValueSource(strings = {"core", "segmentation", "models"})
  void theApiIsTheOneWrittenDown(String module) throws IOException {
    Path file = Path.of("../docs/api/" + module + ".txt");
    List<String> found = ApiListing.of(module);
    if (Boolean.getBoolean("api.write")) {
      Files.createDirectories(file.getParent());
      Files.write(file, found);
    }

    assertThat(difference(Files.readAllLines(file), found))
        .as(
            "docs/api/%s.txt. If the change is meant, renew the file by: mvn test -pl"
                + " brain-examples -am -Dtest=ApiTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dapi.write=true",
            module)
        .isEmpty();
  }

  /** What is new, and what is gone. */
  private static List<String> difference(List<String> written, List<String> found) {
    List<String> before = inFull(written);
    List<String> now = inFull(found);
    return Stream.concat(
            now.stream().filter(line -> !before.contains(line)).map(line -> "new: " + line),
            before.stream().filter(line -> !now.contains(line)).map(line -> "gone: " + line))
        .toList();
  }

  /** Each member behind the type that stands above it. */
  private static List<String> inFull(List<String> lines) {
    List<String> full = new ArrayList<>();
    String type = "";
    for (String line : lines) {
      type = line.startsWith(" ") ? type : line;
      full.add(line.startsWith(" ") ? type + line : line);
    }
    return full;
  }

  @Test
  void thePromiseStaysSmall() {
    long types =
        List.of("core", "segmentation", "models").stream()
            .flatMap(module -> ApiListing.types(module).stream())
            .filter(type -> !type.isMemberClass())
            .count();

    assertThat(types).isLessThanOrEqualTo(MOST_TYPES);
  }
}
