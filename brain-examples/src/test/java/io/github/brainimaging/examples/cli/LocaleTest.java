package io.github.brainimaging.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.examples.cli.file.HeadPhantom;
import java.io.File;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Containers run programs in the locale C, where Java reads no letter but ASCII in names. */
class LocaleTest {

  private static final String NAME = "B\u00e4r 1.png";

  @TempDir private Path folder;

  @Test
  @EnabledOnOs(OS.LINUX)
  void aReportHasTheNamesOfTheFilesInTheLocaleC() throws Exception {
    assumeTrue(
        Charset.forName(System.getProperty("sun.jnu.encoding")).newEncoder().canEncode(NAME),
        "the tests themselves run in a locale that cannot write the file's name");
    Path images = Files.createDirectory(folder.resolve("in"));
    PngImageWriter.write(HeadPhantom.draw(120, 100, 9, 2), images.resolve(NAME));
    Path out = folder.resolve("out");
    ProcessBuilder brain =
        ForkedBrain.of(
                List.of(
                    "segment",
                    "" + images,
                    "--method",
                    "published",
                    "--no-screen",
                    "--out",
                    "" + out))
            .redirectOutput(new File("/dev/null"));
    brain.environment().put("LC_ALL", "C");

    assertThat(brain.start().waitFor()).isZero();

    assertThat(out.resolve("report.json")).content().contains("\"" + NAME + "\"");
    assertThat(out.resolve("index.html")).content().contains(NAME);
  }
}
