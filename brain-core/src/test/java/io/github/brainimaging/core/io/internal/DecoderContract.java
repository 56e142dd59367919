package io.github.brainimaging.core.io.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.brainimaging.core.image.MedicalImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What holds for every {@link Decoder}. */
public abstract class DecoderContract {

  private static final long LIMIT = 1 << 20;

  /** The decoder under test. */
  protected abstract Decoder decoder();

  /** A small file of its format. */
  protected abstract byte[] file() throws IOException;

  /** The start of a file of another format that resembles it most. */
  protected abstract byte[] other() throws IOException;

  private static byte[] start(byte[] file) {
    return Arrays.copyOf(file, Math.min(file.length, Decoder.PROBE_LENGTH));
  }

  @Test
  void saysWhatItReads() {
    assertThat(decoder().format()).isNotBlank();
  }

  @Test
  void recognizesItsOwnAndNoOther() throws IOException {
    assertThat(decoder().recognizes(start(file()))).isTrue();
    assertThat(decoder().recognizes(start(other()))).isFalse();
    assertThat(decoder().recognizes("no image".getBytes(StandardCharsets.UTF_8))).isFalse();
  }

  @Test
  void looksAtStartsOfAnyLength() throws IOException {
    byte[] start = start(file());
    assertThat(decoder().recognizes(new byte[0])).isFalse();
    boolean known = false;
    for (int length = 1; length <= start.length; length++) {
      boolean now = decoder().recognizes(Arrays.copyOf(start, length));
      // What was recognized by its first bytes is so by more of them.
      assertThat(now || !known).as("%s bytes", length).isTrue();
      known = now;
    }
    assertThat(known).isTrue();
  }

  @Test
  void givesTheSameTwiceAndLeavesTheBytesAlone() throws IOException {
    byte[] file = file();

    MedicalImage image = decoder().decode(file, LIMIT);

    assertThat(decoder().decode(file, LIMIT)).isEqualTo(image);
    assertThat(file).isEqualTo(file());
  }

  @Test
  void keepsToTheLimitOfPixels() throws IOException {
    byte[] file = file();
    MedicalImage image = decoder().decode(file, LIMIT);
    long pixels = (long) image.width() * image.height();

    assertThat(decoder().decode(file, pixels)).isEqualTo(image);
    assertThatThrownBy(() -> decoder().decode(file, pixels - 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(String.valueOf(pixels - 1));
  }

  @Test
  void aFileThatEndsTooEarlyIsAnExceptionAndNeverAnError() throws IOException {
    byte[] file = file();
    int refused = 0;
    for (int tenth = 0; tenth < 10; tenth++) {
      byte[] shorter = Arrays.copyOf(file, file.length * tenth / 10);
      Throwable thrown = catchThrowable(() -> decoder().decode(shorter, LIMIT).channels());

      refused += thrown == null ? 0 : 1;
      assertThat(thrown)
          .satisfiesAnyOf(
              t -> assertThat(t).isNull(), t -> assertThat(t).isInstanceOf(Exception.class));
    }
    assertThat(refused).isGreaterThan(5);
  }
}
