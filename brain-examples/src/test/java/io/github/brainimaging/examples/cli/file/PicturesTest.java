package io.github.brainimaging.examples.cli.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PicturesTest {

  private final StringWriter log = new StringWriter();

  private void write(Pictures.Drawing drawing) throws IOException {
    Pictures.write(Path.of("a.png"), new PrintWriter(log, true), drawing);
  }

  /** What the JDK throws for the first text, and for every later one. */
  @Test
  void aMachineWithoutFontsCostsThePictureAndSaysSo() throws IOException {
    write(
        png -> {
          throw new InternalError(
              new InvocationTargetException(
                  new IllegalStateException("Fontconfig head is null, check your fonts")));
        });
    write(
        png -> {
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
  void aFullDiskIsStillAnError() {
    assertThatThrownBy(
            () ->
                write(
                    png -> {
                      throw new IOException("no space left");
                    }))
        .hasMessage("no space left");
  }
}
