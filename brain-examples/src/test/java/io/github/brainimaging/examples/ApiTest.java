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
   * The public types of the house itself, 185 at most. One that came for something built on it has
   * a line in docs/api/later.txt that says for what.
   */
  private static final int MOST_TYPES = 171;

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
  void thePromiseStaysSmall() throws IOException {
    List<String> types =
        Stream.of("core", "segmentation", "models")
            .flatMap(module -> ApiListing.types(module).stream())
            .filter(type -> !type.isMemberClass())
            .map(type -> type.getName().replace("io.github.brainimaging.", ""))
            .toList();
    List<String> later =
        Files.readAllLines(Path.of("../docs/api/later.txt")).stream()
            .map(line -> line.replaceFirst(": .+", ""))
            .toList();

    assertThat(types).as("what docs/api/later.txt names is there").containsAll(later);
    assertThat(types.stream().filter(type -> !later.contains(type)).toList())
        .as("a new type has a line in docs/api/later.txt: what it came for")
        .hasSizeLessThanOrEqualTo(MOST_TYPES);
  }
}
