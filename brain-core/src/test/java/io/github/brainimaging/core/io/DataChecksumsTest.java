package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.brainimaging.core.internal.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever fetches the files of docs/data.md elsewhere knows that they are the same. */
@Tag("data")
class DataChecksumsTest {

  @Test
  void theFilesAreThoseThatTheTestsWereWrittenFor() throws IOException {
    Path data = Path.of(System.getProperty("brain.data", "../../shared/data"));
    assumeTrue(Files.isDirectory(data.resolve("formats")), "no data in " + data);
    List<String> lines = Files.readAllLines(Path.of("../docs/data-checksums.txt"));
    Map<String, String> told =
        lines.stream()
            .map(line -> line.split(" {2}", 2))
            .collect(Collectors.toMap(parts -> parts[1], parts -> parts[0]));
    assertThat(told).hasSizeGreaterThan(200);

    Map<String, String> found = new TreeMap<>();
    for (String name : told.keySet()) {
      found.put(name, new Sha256().add(Files.readAllBytes(data.resolve(name))).digits());
    }

    assertThat(found).isEqualTo(new TreeMap<>(told));
  }
}
