package io.github.brainimaging.core.transform.intensity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.core.transform.TransformContract;
import org.junit.jupiter.api.Test;

class DisplayWindowTest extends TransformContract {

  @Override
  protected Transform transform() {
    return DisplayWindow.linear(0.5, 1.5);
  }

  @Override
  protected float expectedNominalMaximum(MedicalImage input) {
    return 1;
  }

  /** The example of PS3.3, C.11.2.1.2.1: c = 2048, w = 4096 maps 0 to 0 and 4095 to the maximum. */
  @Test
  void mapsTheWholeRangeAsTheStandardSays() {
    MedicalImage image = MedicalImage.ofGray(4, 1, new float[] {0, 4095, 2047.5f, -5});

    assertThat(DisplayWindow.linear(2048, 4096).apply(image).samples())
        .containsExactly(0, 1, 0.5f, 0);
  }

  @Test
  void linearExactReachesItsEnds() {
    MedicalImage image = MedicalImage.ofGray(3, 1, new float[] {90, 100, 110});

    assertThat(DisplayWindow.linearExact(100, 20).apply(image).samples())
        .containsExactly(0, 0.5f, 1);
  }

  @Test
  void sigmoidIsOneHalfAtItsCenter() {
    MedicalImage image = MedicalImage.ofGray(2, 1, new float[] {100, 110});

    assertThat(DisplayWindow.sigmoid(100, 40).apply(image).samples())
        .containsExactly(0.5f, (float) (1 / (1 + Math.exp(-1))));
    assertThat(DisplayWindow.sigmoid(100, 40).inverted().apply(image).get(0, 0)).isEqualTo(0.5f);
  }

  @Test
  void rejectsWindowsWithoutWidth() {
    assertThatThrownBy(() -> DisplayWindow.linear(0, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("width must be at least 1, got 0.5");
    assertThatThrownBy(() -> DisplayWindow.linearExact(0, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tablesTakeTheirEndsOutside() {
    MedicalImage image = MedicalImage.ofGray(4, 1, new float[] {-7, 10, 11.4f, 99});

    assertThat(DisplayWindow.table(10, new float[] {0.25f, 0.75f}).apply(image).samples())
        .containsExactly(0.25f, 0.25f, 0.75f, 0.75f);
    assertThatThrownBy(() -> DisplayWindow.table(0, new float[] {2}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theLinearWindowRisesEvenlyBetweenItsEnds() {
    MedicalImage image = MedicalImage.ofGray(5, 1, new float[] {-0.5f, 24.5f, 49.5f, 89.5f, 99.5f});

    assertThat(DisplayWindow.linear(50, 101).apply(image).samples())
        .containsExactly(0, 0.25f, 0.5f, 0.9f, 1);
    assertThat(DisplayWindow.linear(50, 101).inverted().apply(image).samples())
        .containsExactly(1, 0.75f, 0.5f, 0.1f, 0);
  }

  @Test
  void aWidthOfOneIsAStep() {
    MedicalImage image = MedicalImage.ofGray(3, 1, new float[] {9, 9.5f, 9.6f});

    assertThat(DisplayWindow.linear(10, 1).apply(image).samples()).containsExactly(0, 0, 1);
  }

  @Test
  void tellsItsCenterItsWidthAndTheEndsThatItShows() {
    assertThat(DisplayWindow.linear(2048, 4096).ends()).containsExactly(0, 4095);
    assertThat(DisplayWindow.linear(10, 1).ends()).containsExactly(9.499, 9.501);
    assertThat(DisplayWindow.linearExact(100, 20).ends()).containsExactly(90, 110);
    assertThat(DisplayWindow.linearExact(100, 20).inverted().ends()).containsExactly(110, 90);
    assertThat(DisplayWindow.sigmoid(100, 40).ends()).containsExactly(80, 120);
    assertThat(DisplayWindow.sigmoid(100, 40).center()).isEqualTo(100);
    assertThat(DisplayWindow.sigmoid(100, 40).width()).isEqualTo(40);
  }

  @Test
  void turnedRoundTwiceItIsAsBefore() {
    DisplayWindow window = DisplayWindow.linearExact(100, 20);

    assertThat(window.inverted().inverted().ends()).containsExactly(window.ends());
    assertThat(window.inverted().inverted()).hasToString(window.toString());
    assertThat(window.inverted().toString()).isNotEqualTo(window.toString());
  }

  @Test
  void aTableHoldsSharesAndPrintsItsSize() {
    assertThat(DisplayWindow.table(10, new float[] {0, 1}))
        .hasToString("DisplayTable[2 entries from 10]");
    assertThatThrownBy(() -> DisplayWindow.table(0, new float[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("entries must hold at least one value, got none");
    assertThatThrownBy(() -> DisplayWindow.table(0, new float[] {-0.1f}))
        .hasMessage("entries must be 0 to 1, got -0.1");
  }

  @Test
  void theWindowOfPercentilesLeavesExtremesOut() {
    float[] samples = new float[2001];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = i;
    }
    samples[2000] = 1e6f;
    MedicalImage image = MedicalImage.ofGray(5, 1, new float[] {10, 1000, 1990, 5e5f, Float.NaN});

    assertThat(DisplayWindow.ofPercentiles(samples).toGray(image).samples())
        .containsExactly(new float[] {0, 127.5f, 255, 255, 0}, within(1e-3f));
  }

  @Test
  void anImageOfOneValueIsBlackOnTheScreenHoweverSmallOrLarge() {
    for (float value : new float[] {0, -5, 1e-6f, 4e9f}) {
      MedicalImage image = MedicalImage.ofGray(2, 1, new float[] {value, value});

      assertThat(DisplayWindow.ofPercentiles(image.samples()).toGray(image).samples())
          .containsExactly(new float[] {0, 0}, within(1e-6f));
    }
    assertThat(DisplayWindow.ofPercentiles(new float[] {Float.NaN}).width()).isEqualTo(1);
  }

  @Test
  void everyKindOfWindowIsTheSameOnTheScreenTimes255() {
    MedicalImage image = MedicalImage.ofGray(4, 1, new float[] {-0.5f, 24.5f, 49.5f, Float.NaN});

    assertThat(DisplayWindow.linear(50, 101).toGray(image).samples())
        .containsExactly(new float[] {0, 63.75f, 127.5f, 0}, within(1e-3f));
    assertThat(DisplayWindow.linear(50, 101).inverted().toGray(image).samples())
        .containsExactly(new float[] {255, 191.25f, 127.5f, 0}, within(1e-3f));
    assertThat(DisplayWindow.sigmoid(24.5, 100).toGray(image).get(2, 0))
        .isCloseTo((float) (255 / (1 + Math.exp(-1))), within(1e-3f));
  }

  @Test
  void tinyValuesHaveAWindowOfTheirOwn() {
    MedicalImage image = MedicalImage.ofGray(3, 1, new float[] {0, 5e-7f, 1e-6f});

    DisplayWindow window = DisplayWindow.linearExact(5e-7, 1e-6);

    assertThat(window.toGray(image).samples())
        .containsExactly(new float[] {0, 127.5f, 255}, within(1e-3f));
    assertThat(window.inverted().toGray(image).samples())
        .containsExactly(new float[] {255, 127.5f, 0}, within(1e-3f));
  }
}
