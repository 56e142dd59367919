package io.github.brainimaging.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What does not fit the heap fails alone, and the terminal says so as the report does. */
class LargeImageTest {

  @TempDir Path folder;

  @Test
  void anImageThatTheHeapCannotDrawFailsAloneAndIsTold() throws Exception {
    Path images = Files.createDirectory(folder.resolve("in"));
    Commands.phantom(images.resolve("a.png"));
    BufferedImage large = new BufferedImage(6000, 6000, BufferedImage.TYPE_BYTE_BINARY);
    assertThat(ImageIO.write(large, "png", images.resolve("b.png").toFile())).isTrue();
    Commands.phantom(images.resolve("c.png"));
    Path out = folder.resolve("out");

    ProcessBuilder brain =
        ForkedBrain.of(
            List.of("analyze", images.toString(), "--method", "published", "--out", "" + out));
    brain.environment().put("JAVA_TOOL_OPTIONS", "-Xmx512m -XX:+UseSerialGC");
    Process process = brain.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(printed).isEqualTo(1);
    assertThat(printed).contains("FAILED", "1 failed; report: ");
    assertThat(Files.readString(out.resolve("report.json"), StandardCharsets.UTF_8))
        .contains("\"input\": \"a.png\"", "\"input\": \"c.png\"", "\"status\": \"failed\"");
  }
}
