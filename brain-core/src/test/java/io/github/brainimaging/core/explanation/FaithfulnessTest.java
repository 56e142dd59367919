package io.github.brainimaging.core.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.MedicalImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaithfulnessTest {

  private static final SpotClassifier CLASSIFIER = new SpotClassifier(60, 30);
  private static final MedicalImage HEAD = CLASSIFIER.head(96, 80);

  private static Explanation at(double x, double y) {
    float[] effects = new float[96 * 80];
    for (int i = 0; i < effects.length; i++) {
      int row = i / 96;
      effects[i] = (float) (200 - Math.hypot(i % 96 - x, row - y));
    }
    return Explanation.of("hand", "spot", MedicalImage.ofGray(96, 80, effects));
  }

  @Test
  void theRightPlaceChangesTheClassAtOnceAndAWrongOneLate() {
    Faithfulness right = Faithfulness.of(CLASSIFIER, HEAD, at(63.5, 33.5), 20);
    Faithfulness wrong = Faithfulness.of(CLASSIFIER, HEAD, at(10, 70), 20);

    assertThat(right.insertionArea()).isGreaterThan(0.9);
    assertThat(right.deletionArea()).isLessThan(0.3);
    assertThat(wrong.insertionArea()).isLessThan(right.insertionArea() - 0.3);
    assertThat(wrong.deletionArea()).isGreaterThan(right.deletionArea() + 0.3);
  }

  @Test
  void curvesBeginAndEndWithTheSameImages() {
    Faithfulness curves = Faithfulness.of(CLASSIFIER, HEAD, at(63.5, 33.5), 4);

    assertThat(curves.insertion()).hasSize(5);
    assertThat(curves.deletion()).hasSize(5);
    assertThat(curves.insertion().get(0)).isEqualTo(curves.deletion().get(4));
    assertThat(curves.insertion().get(4)).isEqualTo(curves.deletion().get(0));
    assertThat(curves.deletion().get(0)).isEqualTo(CLASSIFIER.classify(HEAD).probability("spot"));
  }

  @Test
  void theAreaIsThatOfTheTrapezoids() {
    assertThat(new Faithfulness(List.of(0.0, 0.5, 1.0), List.of(1.0, 0.0, 0.0)).insertionArea())
        .isCloseTo(0.5, within(1e-9));
    assertThat(new Faithfulness(List.of(0.0, 0.5, 1.0), List.of(1.0, 0.0, 0.0)).deletionArea())
        .isCloseTo(0.25, within(1e-9));
  }

  @Test
  void stepsAndSizesAreChecked() {
    Explanation small = Explanation.of("hand", "spot", MedicalImage.ofGray(2, 2, new float[4]));

    assertThatThrownBy(() -> Faithfulness.of(CLASSIFIER, HEAD, small, 4))
        .hasMessageContaining("96 x 80");
    assertThatThrownBy(() -> Faithfulness.of(CLASSIFIER, HEAD, at(1, 1), 0))
        .hasMessage("steps must be positive, got 0");
  }
}
