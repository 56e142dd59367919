package io.github.brainimaging.examples.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.examples.cli.Commands;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectDataCommandTest {

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final SplittableRandom random = new SplittableRandom(5);

  private void write(String part, int count) throws IOException {
    for (String label : List.of("dark", "light")) {
      Path own = Files.createDirectories(folder.resolve(part).resolve(label));
      for (int i = 0; i < count; i++) {
        float[] samples = new float[20 * 20];
        for (int k = 0; k < samples.length; k++) {
          samples[k] = (label.equals("dark") ? 10 : 120) + random.nextInt(60);
        }
        PngImageWriter.write(MedicalImage.ofGray(20, 20, samples), own.resolve(i + ".png"));
      }
    }
  }

  @Test
  void tellsClassesCopiesAndTheShortcut() throws IOException {
    write("train", 10);
    write("test", 4);
    Files.copy(folder.resolve("train/dark/0.png"), folder.resolve("test/dark/known.png"));
    Path json = folder.resolve("data.json");

    int code =
        Commands.run(
            out,
            err,
            "inspect-data",
            folder.resolve("train"),
            "--test",
            folder.resolve("test"),
            "--json",
            json,
            "--out",
            folder.resolve("plots"));

    assertThat(code).as(err.toString()).isZero();
    assertThat(folder.resolve("plots/classes.png")).exists();
    assertThat(out.toString())
        .contains("dark ", "light ", "test: 1 of 9 images (11.1 %)", "right in 1.000 of 8 images");
    JsonObject found = Commands.json(json);
    assertThat(found.getAsJsonArray("classes")).hasSize(2);
    assertThat(found.getAsJsonObject("test").get("copiedShare").getAsDouble()).isEqualTo(1.0 / 9);
    assertThat(found.getAsJsonObject("shortcut").get("accuracy").getAsDouble()).isEqualTo(1);
  }

  @Test
  void aDamagedFileIsToldAndTheExitCodeSaysSo() throws IOException {
    write("train", 10);
    Path damaged = folder.resolve("train/dark/damaged.png");
    byte[] whole = Files.readAllBytes(folder.resolve("train/dark/0.png"));
    Files.write(damaged, Arrays.copyOf(whole, whole.length / 2));

    assertThat(Commands.run(out, err, "inspect-data", folder.resolve("train"))).isEqualTo(1);

    assertThat(out.toString()).contains("cannot be read: " + damaged);
  }

  @Test
  void featuresOfTheRegionsFoundAreATable() throws IOException {
    Path image = Commands.phantom(folder.resolve("head.png"));
    Path table = folder.resolve("features.csv");

    int code =
        Commands.run(
            out,
            err,
            "segment",
            image,
            "--method",
            "published",
            "--no-screen",
            "--out",
            folder.resolve("report"),
            "--features",
            table);

    assertThat(code).as(err.toString()).isZero();
    List<String> lines = Files.readAllLines(table);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).startsWith("input,area,perimeter").endsWith("energy,homogeneity");
    assertThat(lines.get(1)).contains("head.png,");
    assertThat(lines.get(1).split(",")).hasSize(15).doesNotContain("", "NaN");
  }
}
