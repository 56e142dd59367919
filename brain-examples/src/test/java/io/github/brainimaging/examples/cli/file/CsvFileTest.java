package io.github.brainimaging.examples.cli.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {

  @TempDir Path folder;

  @Test
  void textsOfOthersAreNeitherFormulasNorEscapeSequences() throws IOException {
    CsvFile csv = new CsvFile(List.of("input", "label", "p"));
    csv.add(List.of("=1+1.png", "\u001b[31mtumor\u009b", 0.5));
    csv.add(List.of("a,\"b\"", "two\nlines", Double.NaN));
    csv.write(folder.resolve("a.csv"));

    assertThat(folder.resolve("a.csv"))
        .hasContent(
            "input,label,p\r\n'=1+1.png,?[31mtumor?,0.5\r\n\"a,\"\"b\"\"\",\"two\nlines\",\r\n");
  }
}
