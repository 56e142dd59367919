package io.github.brainimaging.examples.cli.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {

  private final StringWriter log = new StringWriter();

  private void write(Supplier<MedicalImage> drawing) throws IOException {
    Pictures.write(Path.of("a.png"), new PrintWriter(log, true), drawing);
  }

  /** What the JDK throws for the first text, and for every later one. */
  @Test
  void aMachineWithoutFontsCostsThePictureAndSaysSo() throws IOException {
    write(
        () -> {
          throw new InternalError(
              new InvocationTargetException(
                  new IllegalStateException("Fontconfig head is null, check your fonts")));
        });
    write(
        () -> {
          throw new NoClassDefFoundError("Could not initialize class sun.font");
        });
    assertThat(log.toString().lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).startsWith("a.png is left out").contains("fontconfig"))
        .first()
        .asString()
        .contains("(Fontconfig head is null, check your fonts)");
  }

  @Test
  void whatCannotBeWrittenIsStillAnError(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(
            () ->
                Pictures.write(
                    file.resolve("a.png"),
                    new PrintWriter(log, true),
                    () -> MedicalImage.ofGray(1, 1, new float[1])))
        .isInstanceOf(IOException.class);
    assertThat(log.toString()).isEmpty();
  }
}
