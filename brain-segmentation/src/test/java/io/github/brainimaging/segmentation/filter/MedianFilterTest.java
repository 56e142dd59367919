package io.github.brainimaging.segmentation.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.segmentation.References;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MedianFilterTest {

  @ParameterizedTest
  @CsvSource({"gray8,1", "gray8,2", "gray16,1", "gray16,2", "real,1", "real,2"})
  void agreesWithScipy(String name, int radius) {
    MedicalImage filtered = MedianFilter.ofRadius(radius).apply(References.image(name));

    assertThat(filtered.samples()).isEqualTo(References.image(name + ".median" + radius).samples());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void agreesWithSortingEveryWindow(int radius) {
    Random random = new Random(radius);
    for (int round = 0; round < 100; round++) {
      int width = 1 + random.nextInt(12);
      int height = 1 + random.nextInt(12);
      boolean eightBit = round % 2 == 0;
      float[] samples = new float[width * height];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = eightBit ? random.nextInt(256) : (float) random.nextGaussian() * 1e4f;
      }
      MedicalImage image = MedicalImage.ofGray(width, height, samples);

      assertThat(MedianFilter.ofRadius(radius).apply(image).samples())
          .isEqualTo(bruteForce(image, radius));
    }
  }

  private static float[] bruteForce(MedicalImage image, int radius) {
    int side = 2 * radius + 1;
    float[] result = new float[image.width() * image.height()];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        float[] window = new float[side * side];
        for (int i = 0; i < window.length; i++) {
          int column = Math.min(Math.max(x + i % side - radius, 0), image.width() - 1);
          int row = Math.min(Math.max(y + i / side - radius, 0), image.height() - 1);
          window[i] = image.get(column, row);
        }
        Arrays.sort(window);
        result[y * image.width() + x] = window[window.length / 2];
      }
    }
    return result;
  }

  @Test
  void filtersEveryChannelByItselfAndKeepsTheFacts() {
    float[] samples = new float[2 * 9];
    samples[4] = 100;
    Arrays.fill(samples, 9, 18, 7);
    MedicalImage image =
        MedicalImage.of(3, 3, 2, samples)
            .withSpacing(Spacing.ofMillimeters(2))
            .withModality(Modality.MR_FLAIR);

    MedicalImage filtered = MedianFilter.ofRadius(1).apply(image);

    float[] expected = new float[18];
    Arrays.fill(expected, 9, 18, 7);
    assertThat(filtered).isEqualTo(image.withSamples(expected));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void takesNaNAsPositiveInfinity(int radius) {
    float[] samples = new float[25];
    samples[12] = Float.NaN;
    assertThat(MedianFilter.ofRadius(radius).apply(MedicalImage.ofGray(5, 5, samples)).samples())
        .containsOnly(0f);

    Arrays.fill(samples, Float.NaN);
    assertThat(MedianFilter.ofRadius(radius).apply(MedicalImage.ofGray(5, 5, samples)).samples())
        .containsOnly(Float.POSITIVE_INFINITY);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 51})
  void rejectsRadiusOutsideItsRange(int radius) {
    assertThatThrownBy(() -> MedianFilter.ofRadius(radius))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("radius must be between 1 and 50, got %s", radius);
  }
}
