package io.github.brainimaging.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One file, one idea: what grows longer is two. */
class FileLengthTest {

  private static final int MOST_LINES = 400;

  @ParameterizedTest
  @ValueSource(strings = {"core", "segmentation", "models", "examples"})
  void noFileIsTooLong(String module) throws IOException {
    List<Path> sources;
    try (Stream<Path> files = Files.walk(Path.of("../brain-" + module + "/src"))) {
      sources = files.filter(file -> file.toString().endsWith(".java")).toList();
    }
    assertThat(sources).isNotEmpty();

    List<String> tooLong = new ArrayList<>();
    for (Path source : sources) {
      int lines = Files.readAllLines(source).size();
      if (lines > MOST_LINES) {
        tooLong.add(source + ": " + lines);
      }
    }

    assertThat(tooLong).as("files of more than %s lines", MOST_LINES).isEmpty();
  }
}
