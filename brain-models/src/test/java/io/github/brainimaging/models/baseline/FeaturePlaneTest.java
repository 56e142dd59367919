package io.github.brainimaging.models.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FeaturePlaneTest {

  private static List<Tensor> rows(float[]... rows) {
    return Stream.of(rows).map(row -> Tensor.of(row, row.length)).toList();
  }

  /** Reference: NumPy 2.4.6, {@code numpy.linalg.eigh} of the correlation matrix. */
  @Test
  void givesTheComponentsThatNumpyGives() {
    List<double[]> plane =
        FeaturePlane.ofPrincipalComponents(
            rows(
                new float[] {1, 2, 0},
                new float[] {2, 1, 1},
                new float[] {3, 5, -1},
                new float[] {4, 3, 7},
                new float[] {5, 6, 2}));

    double[][] wanted = WANTED;
    for (int i = 0; i < wanted.length; i++) {
      assertThat(plane.get(i)).containsExactly(wanted[i], within(1e-5));
    }
  }

  private static final double[][] WANTED = {
    {-1.699224, -0.158255},
    {-1.377528, 0.457322},
    {0.138364, -1.314032},
    {1.069147, 1.692719},
    {1.869241, -0.677755}
  };

  @Test
  void whatDoesNotVaryStaysAtTheCenter() {
    assertThat(FeaturePlane.ofPrincipalComponents(rows(new float[] {3, 3}, new float[] {3, 3})))
        .allSatisfy(point -> assertThat(point).containsExactly(0, 0));
    assertThat(
            FeaturePlane.ofPrincipalComponents(
                rows(new float[] {3, 0}, new float[] {3, 1}, new float[] {3, 2})))
        .extracting(point -> Math.abs(point[1]))
        .allMatch(second -> second < 1e-9);
  }

  @Test
  void refusesTooLittle() {
    assertThatThrownBy(() -> FeaturePlane.ofPrincipalComponents(rows(new float[] {3, 3})))
        .hasMessage("features must be of 2 examples or more, got 1");
    assertThatThrownBy(
            () -> FeaturePlane.ofPrincipalComponents(rows(new float[] {3}, new float[] {4})))
        .hasMessage("features must have 2 values or more, got 1");
  }
}
