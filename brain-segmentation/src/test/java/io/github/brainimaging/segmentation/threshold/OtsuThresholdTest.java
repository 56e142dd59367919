package io.github.brainimaging.segmentation.threshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.segmentation.References;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtsuThresholdTest {

  @ParameterizedTest
  @CsvSource({
    "gray8, gray8.otsu.skimage",
    "gray8, gray8.otsu.opencv",
    "gray16, gray16.otsu.opencv"
  })
  void partsThePixelsAsOtherPrograms(String name, String reference) {
    MedicalImage image = References.image(name);

    OtsuThreshold.Thresholds thresholds = OtsuThreshold.twoClass().find(image);

    assertThat(thresholds.brightest(image))
        .isEqualTo(Mask.above(image, References.image(reference).get(0, 0)));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void findsTheThresholdsOfScikitImage(int classes) {
    float[] values = OtsuThreshold.multiLevel(classes).find(References.image("coarse")).values();

    assertThat(values).isEqualTo(References.image("coarse.multiotsu" + classes).samples());
  }

  /** Every partition is tried, with the variance from its definition. */
  @Test
  void maximizesTheVarianceBetweenClasses() {
    Random random = new Random(5);
    for (int round = 0; round < 100; round++) {
      float[] samples = new float[40];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = random.nextInt(12);
      }
      MedicalImage image = MedicalImage.ofGray(8, 5, samples);
      double best2 = 0;
      double best3 = 0;
      for (int low = 0; low < 11; low++) {
        best2 = Math.max(best2, variance(samples, low));
        for (int high = low + 1; high < 11; high++) {
          best3 = Math.max(best3, variance(samples, low, high));
        }
      }

      assertThat(variance(samples, OtsuThreshold.twoClass().find(image).values()))
          .isCloseTo(best2, offset(1e-9));
      assertThat(variance(samples, OtsuThreshold.multiLevel(3).find(image).values()))
          .isCloseTo(best3, offset(1e-9));
    }
  }

  private static double variance(float[] samples, float... thresholds) {
    double mean = 0;
    for (float v : samples) {
      mean += v / samples.length;
    }
    double variance = 0;
    for (int c = 0; c <= thresholds.length; c++) {
      double n = 0;
      double sum = 0;
      for (float v : samples) {
        if ((c == 0 || v > thresholds[c - 1]) && (c == thresholds.length || v <= thresholds[c])) {
          n++;
          sum += v;
        }
      }
      variance += n == 0 ? 0 : n * (sum / n - mean) * (sum / n - mean);
    }
    return variance;
  }

  @ParameterizedTest
  @ValueSource(floats = {0.01f, 0.37f, 100f})
  void movesWithScaleAndOffset(float scale) {
    MedicalImage image = References.image("gray8");
    float[] moved = image.samples();
    for (int i = 0; i < moved.length; i++) {
      moved[i] = moved[i] * scale - 20 * scale;
    }
    MedicalImage other = image.withSamples(moved);

    for (OtsuThreshold otsu :
        new OtsuThreshold[] {
          OtsuThreshold.twoClass(), OtsuThreshold.multiLevel(4), OtsuThreshold.automatic()
        }) {
      assertThat(otsu.find(other).classify(other).samples())
          .isEqualTo(otsu.find(image).classify(image).samples());
    }
  }

  @Test
  void takesTheLowestOfEquallyGoodThresholds() {
    MedicalImage gap = MedicalImage.ofGray(4, 1, new float[] {10, 10, 200, 200});
    MedicalImage even = MedicalImage.ofGray(3, 1, new float[] {0, 1, 2});

    assertThat(OtsuThreshold.twoClass().find(gap).values()).containsExactly(10);
    assertThat(OtsuThreshold.twoClass().find(even).values()).containsExactly(0);
  }

  @Test
  void countsOnlyPixelsWithinTheMask() {
    MedicalImage image = MedicalImage.ofGray(6, 1, new float[] {0, 0, 50, 51, 90, 91});
    Mask within = Mask.of(6, 1, new boolean[] {false, false, true, true, true, true});

    assertThat(OtsuThreshold.twoClass().find(image).values()).containsExactly(0);
    assertThat(OtsuThreshold.twoClass().find(image, within).values()).containsExactly(51);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void findsAsManyClassesAsTheHistogramHasHills(int hills) {
    Random random = new Random(hills);
    float[] samples = new float[20_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (100 * (i % hills) + 10 * random.nextGaussian());
    }
    OtsuThreshold.Thresholds thresholds =
        OtsuThreshold.automatic().find(MedicalImage.ofGray(200, 100, samples));

    assertThat(thresholds.classes()).isEqualTo(Math.min(Math.max(hills, 2), 5));
    if (hills >= 2 && hills <= 5) {
      for (int i = 0; i < hills - 1; i++) {
        assertThat(thresholds.values()[i]).isBetween(100 * i + 30f, 100 * i + 70f);
      }
    }
  }

  @Test
  void hasNoThresholdForConstantOrMissingValues() {
    MedicalImage constant = MedicalImage.ofGray(2, 2, new float[] {7, 7, 7, 7});
    MedicalImage missing = constant.withSamples(new float[] {Float.NaN, Float.NaN, 1 / 0f, 1 / 0f});

    for (OtsuThreshold otsu :
        new OtsuThreshold[] {
          OtsuThreshold.twoClass(), OtsuThreshold.multiLevel(3), OtsuThreshold.automatic()
        }) {
      for (MedicalImage image : new MedicalImage[] {constant, missing}) {
        OtsuThreshold.Thresholds thresholds = otsu.find(image);
        assertThat(thresholds.classes()).isEqualTo(1);
        assertThat(thresholds.brightest(image).isEmpty()).isTrue();
        assertThat(thresholds.classify(image).samples()).containsOnly(0f);
      }
      assertThat(otsu.find(constant, Mask.empty(2, 2)).classes()).isEqualTo(1);
    }
  }

  @Test
  void givesEveryGrayValueAClassIfThereAreFewer() {
    MedicalImage image = MedicalImage.ofGray(3, 1, new float[] {-1, 0.5f, 3});

    assertThat(OtsuThreshold.multiLevel(6).find(image).values()).containsExactly(-1, 0.5f);
  }

  @Test
  void ignoresSamplesThatAreNotFinite() {
    MedicalImage image =
        MedicalImage.ofGray(6, 1, new float[] {1, 2, 8, 9, Float.NaN, Float.POSITIVE_INFINITY});
    OtsuThreshold.Thresholds thresholds = OtsuThreshold.twoClass().find(image);

    assertThat(thresholds.values()).containsExactly(2);
    assertThat(thresholds.classify(image).samples()).containsExactly(0, 0, 1, 1, 0, 1);
  }

  @Test
  void rejectsWrongArguments() {
    assertThatThrownBy(() -> OtsuThreshold.multiLevel(1))
        .hasMessage("classes must be between 2 and 8, got 1");
    MedicalImage color = MedicalImage.of(2, 1, 3, new float[6]);
    assertThatThrownBy(() -> OtsuThreshold.twoClass().find(color))
        .hasMessage("image must have 1 channel, got 3");
    MedicalImage gray = MedicalImage.ofGray(2, 1, new float[2]);
    assertThatThrownBy(() -> OtsuThreshold.twoClass().find(gray, Mask.empty(1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("within must be of the image's size");
  }
}
