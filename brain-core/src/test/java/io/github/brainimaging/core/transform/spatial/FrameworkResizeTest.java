package io.github.brainimaging.core.transform.spatial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.MedicalImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Against Pillow 12 ({@code Image.resize}), TensorFlow 2 ({@code tf.image.resize}) and OpenCV 5
 * ({@code cv2.resize} of floats), of a picture of 16 x 12 with gray (37 x + 91 y) mod 256, and of a
 * row 0, 1, ... 255 brought to 224.
 */
class FrameworkResizeTest {

  private static Stream<String> resized() throws IOException {
    try (InputStream in = FrameworkResizeTest.class.getResourceAsStream("resized.txt")) {
      byte[] text = Objects.requireNonNull(in).readAllBytes();
      return new String(text, StandardCharsets.UTF_8).lines();
    }
  }

  private static MedicalImage picture() {
    float[] samples = new float[16 * 12];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (37 * (i % 16) + 91 * (i / 16)) % 256;
    }
    return MedicalImage.ofGray(16, 12, samples).withNominalMaximum(255);
  }

  private static MedicalImage row() {
    float[] samples = new float[256];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = i;
    }
    return MedicalImage.ofGray(256, 1, samples).withNominalMaximum(255);
  }

  @ParameterizedTest
  @MethodSource("resized")
  void isEqualToTheFrameworkOwn(String line) {
    String[] words = line.split(" ", -1);
    boolean isRow = words[0].endsWith("row");
    String name = words[0].equals("row") ? "NEAREST" : isRow ? "TENSORFLOW_NEAREST" : words[0];
    int first = isRow ? 1 : 3;
    float[] expected = new float[words.length - first];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = Float.parseFloat(words[first + i]);
    }
    Resize resize =
        isRow
            ? Resize.to(224, 1)
            : Resize.to(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
    float[] found =
        resize
            .withInterpolation(Interpolation.valueOf(name))
            .apply(isRow ? row() : picture())
            .samples();
    assertThat(found).containsExactly(expected, within(name.startsWith("PILLOW") ? 0f : 2e-3f));
  }
}
