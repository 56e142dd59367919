package io.github.brainimaging.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PercentilesTest {

  @Test
  void agreesWithSortingOnSeededRandomSamples() {
    SplittableRandom random = new SplittableRandom(7);
    for (int run = 0; run < 100; run++) {
      float[] samples = new float[1 + random.nextInt(3000)];
      int levels = 1 + random.nextInt(300); // few levels: many equal samples
      for (int i = 0; i < samples.length; i++) {
        samples[i] = random.nextInt(levels) - 20;
      }
      double low = 50 * random.nextDouble();
      double high = low + (100 - low) * random.nextDouble();
      float[] before = samples.clone();

      samples[0] = 0.5f; // so that they are not counted
      before[0] = 0.5f;
      double middle = low + (high - low) * random.nextDouble();

      double[] actual = Percentiles.values(samples, low, low, middle, high);

      assertThat(actual[0]).isCloseTo(bySorting(samples, low), within(1e-9));
      assertThat(actual[1]).isEqualTo(actual[0]);
      assertThat(actual[2]).isCloseTo(bySorting(samples, middle), within(1e-9));
      assertThat(actual[3]).isCloseTo(bySorting(samples, high), within(1e-9));
      assertThat(samples).containsExactly(before);
    }
  }

  @Test
  void selectsFromSortedAndReversedSamples() {
    float[] up = new float[1001];
    float[] down = new float[1001];
    for (int i = 0; i < up.length; i++) {
      up[i] = i;
      down[i] = 1000 - i;
    }

    assertThat(Percentiles.values(up, 0, 100)).containsExactly(0, 1000);
    assertThat(Percentiles.values(up, 25, 99)).containsExactly(250, 990);
    assertThat(Percentiles.values(down, 25, 99)).containsExactly(250, 990);
  }

  @Test
  void leavesOutWhatIsNotFinite() {
    float[] samples = {Float.NaN, 1, Float.POSITIVE_INFINITY, 3, Float.NEGATIVE_INFINITY};

    assertThat(Percentiles.values(samples, 0, 50)).containsExactly(1, 2);
  }

  @Test
  void countingWholeNumbersGivesWhatSelectionGives() {
    SplittableRandom random = new SplittableRandom(11);
    for (int run = 0; run < 200; run++) {
      float[] whole = new float[1 + random.nextInt(500)];
      int spread = 1 + random.nextInt(run % 2 == 0 ? 40 : 60_000);
      for (int i = 0; i < whole.length; i++) {
        whole[i] = random.nextInt(spread) - 1024;
      }
      float[] selected = Arrays.copyOf(whole, whole.length + 1);
      selected[whole.length] = Float.NaN; // is left out, and nothing is counted
      double low = 50 * random.nextDouble();

      assertThat(Percentiles.values(whole, low, 100))
          .containsExactly(Percentiles.values(selected, low, 100));
    }
  }

  @Test
  void refusesPercentilesThatDoNotAscend() {
    assertThatThrownBy(() -> Percentiles.values(new float[] {1, 2.5f}, 75, 25))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("percentiles must ascend from 0 to 100, got [75.0, 25.0]");
    assertThatThrownBy(() -> Percentiles.values(new float[1], 101))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hasNoPercentileOfNothing() {
    assertThat(Percentiles.values(new float[] {Float.NaN}, 1, 99)).containsOnly(Double.NaN);
    assertThat(Percentiles.values(new float[0], 1, 99)).containsOnly(Double.NaN);
  }

  private static double bySorting(float[] samples, double percent) {
    float[] sorted = samples.clone();
    Arrays.sort(sorted);
    double position = percent / 100 * (sorted.length - 1);
    int below = (int) Math.floor(position);
    int above = (int) Math.ceil(position);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
