package io.github.brainimaging.models.network.format.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeatureDistanceTest {

  /**
   * Two features that go together: y = x plus a little, so that (1, -1) is odd and (1, 1) is not.
   */
  private static List<float[]> correlated() {
    Random random = new Random(3);
    List<float[]> features = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      double x = random.nextGaussian();
      features.add(new float[] {(float) x, (float) (x + 0.3 * random.nextGaussian() + 5)});
    }
    return features;
  }

  @Test
  void isOneOnAverageForWhatItWasFittedOn() {
    FeatureDistance distance = FeatureDistance.fit(correlated());

    double mean = correlated().stream().mapToDouble(distance::of).average().orElseThrow();

    // The shrinkage takes a little of it away.
    assertThat(mean).isBetween(0.75, 1.0);
  }

  @Test
  void countsWhatGoesAgainstTheCorrelation() {
    FeatureDistance distance = FeatureDistance.fit(correlated());

    assertThat(distance.of(new float[] {1, 6})).isLessThan(1);
    assertThat(distance.of(new float[] {1, 4})).isGreaterThan(8);
  }

  /** numpy: z-score, 0.95 * cov + 0.05 * I, inverse, divided by 2. */
  @Test
  void agreesWithNumpy() {
    FeatureDistance distance =
        FeatureDistance.fit(
            List.of(
                new float[] {0, 0}, new float[] {2, 1}, new float[] {4, 5}, new float[] {6, 4}));

    assertThat(distance.of(new float[] {1, 7})).isCloseTo(NUMPY_ODD, within(1e-4));
    assertThat(distance.of(new float[] {3, 2.5f})).isCloseTo(0, within(1e-9));
  }

  private static final double NUMPY_ODD = 13.70411;

  @Test
  void aFeatureThatNeverChangesCountsAsItIs() {
    FeatureDistance distance =
        FeatureDistance.fit(List.of(new float[] {0, 7}, new float[] {1, 7}, new float[] {2, 7}));

    assertThat(distance.of(new float[] {1, 7})).isCloseTo(0, within(1e-9));
    assertThat(distance.of(new float[] {1, 8})).isGreaterThan(1);
  }

  @Test
  void theWhiteningGivesTheDistanceToo() {
    FeatureDistance distance = FeatureDistance.fit(correlated());
    float[] vector = {1.5f, 4.5f};
    double sum = 0;
    for (float[] row : distance.whitening()) {
      double component = 0;
      for (int j = 0; j < 2; j++) {
        component += row[j] * (vector[j] - distance.means()[0][j]);
      }
      sum += component * component;
    }

    assertThat(distance.of(vector)).isCloseTo(sum, within(1e-6));
  }

  @Test
  void refusesVectorsThatDoNotFit() {
    assertThatThrownBy(() -> FeatureDistance.fit(List.of(new float[] {1})))
        .hasMessage("features must be at least two vectors, got 1");
    assertThatThrownBy(() -> FeatureDistance.fit(List.of(new float[] {1}, new float[] {1, 2})))
        .hasMessage("features must be 1 values each, got 2");
    assertThatThrownBy(() -> FeatureDistance.fit(List.of(new float[] {1}, new float[] {Float.NaN})))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FeatureDistance.fit(correlated()).of(new float[] {1}))
        .hasMessage("vector must hold 2 values, got 1");
  }

  @Test
  void measuresFromTheNearestOfSeveralKinds() {
    List<float[]> left = List.of(new float[] {-9, -1}, new float[] {-11, 1});
    List<float[]> right = List.of(new float[] {9, -1}, new float[] {11, 1});
    List<float[]> others = List.of(new float[] {-1, 1}, new float[] {1, -1});

    FeatureDistance distance = FeatureDistance.fit(List.of(left, right), others);

    assertThat(distance.of(new float[] {10, 0})).isZero();
    assertThat(distance.of(new float[] {-10, 0})).isZero();
    // Within a kind both features vary by 1, and not together: 2 of 6 are +-, 4 of 6 ++ or --.
    assertThat(distance.of(new float[] {0, 0})).isGreaterThan(50);
    assertThat(distance.means()).hasDimensions(2, 2);
  }
}
