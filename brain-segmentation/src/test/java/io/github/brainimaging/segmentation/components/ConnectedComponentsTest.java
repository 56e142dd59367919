package io.github.brainimaging.segmentation.components;

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

class ConnectedComponentsTest {

  private static final Mask MASK = References.mask("mask");

  @ParameterizedTest
  @CsvSource({"FOUR, mask.label4", "EIGHT, mask.label8"})
  void numbersComponentsAsScipy(ConnectedComponents.Connectivity connectivity, String reference) {
    int[] labels = ConnectedComponents.of(MASK, connectivity).labels();

    float[] expected = References.image(reference).samples();
    for (int i = 0; i < labels.length; i++) {
      assertThat(labels[i]).isEqualTo((int) expected[i]);
    }
  }

  @Test
  void meansAgreeWithScipy() {
    ConnectedComponents components =
        ConnectedComponents.of(MASK, ConnectedComponents.Connectivity.FOUR);
    MedicalImage means = References.image("mask.mean4");

    assertThat(components.count()).isEqualTo(means.width());
    for (int label = 1; label <= components.count(); label++) {
      assertThat(components.mean(label, References.image("real")))
          .isCloseTo(means.get(label - 1, 0), offset(1e-3));
    }
  }

  @Test
  void measuresAgreeWithEachMask() {
    Random random = new Random(2);
    for (int round = 0; round < 100; round++) {
      boolean[] inside = new boolean[(1 + random.nextInt(9)) * 11];
      for (int i = 0; i < inside.length; i++) {
        inside[i] = random.nextInt(3) > 0;
      }
      Mask mask = Mask.of(11, inside.length / 11, inside);
      ConnectedComponents components =
          ConnectedComponents.of(
              mask,
              round % 2 == 0
                  ? ConnectedComponents.Connectivity.FOUR
                  : ConnectedComponents.Connectivity.EIGHT);
      int total = 0;
      for (int label = 1; label <= components.count(); label++) {
        Mask part = components.mask(label);
        assertThat(components.size(label)).isEqualTo(part.count());
        assertThat(components.boundingBox(label)).isEqualTo(part.boundingBox().orElseThrow());
        assertThat(components.largest().count()).isGreaterThanOrEqualTo(part.count());
        total += part.count();
      }
      assertThat(total).isEqualTo(mask.count());
      assertThat(components.keep(label -> true)).isEqualTo(mask);
    }
  }

  @Test
  void joinsDiagonalNeighborsOnlyIfEightAreConnected() {
    Mask diagonal = Mask.of(2, 2, new boolean[] {true, false, false, true});

    assertThat(ConnectedComponents.of(diagonal, ConnectedComponents.Connectivity.FOUR).count())
        .isEqualTo(2);
    assertThat(ConnectedComponents.of(diagonal, ConnectedComponents.Connectivity.EIGHT).count())
        .isEqualTo(1);
  }

  @Test
  void findsNothingInAnEmptyMask() {
    ConnectedComponents none =
        ConnectedComponents.of(Mask.empty(3, 2), ConnectedComponents.Connectivity.FOUR);

    assertThat(none.count()).isZero();
    assertThat(none.largest()).isEqualTo(Mask.empty(3, 2));
  }

  @Test
  void rejectsUnknownLabelsAndOtherSizes() {
    ConnectedComponents components =
        ConnectedComponents.of(MASK, ConnectedComponents.Connectivity.FOUR);

    assertThatThrownBy(() -> components.size(0))
        .hasMessage("label must be between 1 and %s, got 0", components.count());
    assertThatThrownBy(() -> components.mask(components.count() + 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> components.mean(1, MedicalImage.ofGray(1, 1, new float[1])))
        .hasMessage("image must be of the mask's size 36 x 30, got 1 x 1");
  }

  @Test
  void theLargestIsTheFirstOfThoseOfItsSize() {
    Mask mask = Mask.of(8, 1, new boolean[] {true, false, true, true, false, true, true, false});

    assertThat(ConnectedComponents.of(mask, ConnectedComponents.Connectivity.FOUR).largest())
        .isEqualTo(
            Mask.of(8, 1, new boolean[] {false, false, true, true, false, false, false, false}));
  }
}
