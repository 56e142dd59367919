package io.github.brainimaging.segmentation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OrderStatisticTest {

  @Test
  void agreesWithSorting() {
    Random random = new Random(1);
    for (int round = 0; round < 100; round++) {
      float[] values = new float[1 + random.nextInt(50)];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(9) - 4));
      }
      values[0] = round % 3 == 0 ? Float.NEGATIVE_INFINITY : 0;
      float[] sorted = values.clone();
      Arrays.sort(sorted);
      for (double share : new double[] {0, 0.01, 0.5, 0.99, 1}) {
        assertThat(OrderStatistic.of(values, values.length, share))
            .isEqualTo(sorted[(int) (share * (values.length - 1))]);
      }
    }
  }

  @Test
  void readsOnlyTheFirstValues() {
    assertThat(OrderStatistic.of(new float[] {3, 2, 1}, 2, 0)).isEqualTo(2);
  }

  @Test
  void rejectsWrongArguments() {
    assertThatThrownBy(() -> OrderStatistic.of(new float[1], 0, 0.5))
        .hasMessage("count must be positive, got 0");
    assertThatThrownBy(() -> OrderStatistic.of(new float[1], 1, Double.NaN))
        .hasMessage("share must be between 0 and 1, got NaN");
  }
}
