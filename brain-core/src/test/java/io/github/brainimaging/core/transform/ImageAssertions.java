package io.github.brainimaging.core.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.MedicalImage;
import java.util.random.RandomGenerator;

/** Comparisons of images, and images to compare. */
public final class ImageAssertions {

  private ImageAssertions() {}

  /** Same size and channels, and no sample farther away than the tolerance. */
  public static void assertClose(MedicalImage actual, MedicalImage expected, double tolerance) {
    assertThat(new int[] {actual.width(), actual.height(), actual.channels()})
        .containsExactly(expected.width(), expected.height(), expected.channels());
    float[] a = actual.samples();
    float[] e = expected.samples();
    for (int i = 0; i < a.length; i++) {
      assertThat((double) a[i]).as("sample %d", i).isCloseTo(e[i], within(tolerance));
    }
  }

  /** Uniform samples from 0 to 255. */
  public static MedicalImage random(int width, int height, int channels, RandomGenerator random) {
    float[] samples = new float[width * height * channels];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = 255 * random.nextFloat();
    }
    return MedicalImage.wrap(width, height, channels, samples);
  }
}
