package io.github.brainimaging.core.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UncertaintyTest {

  private static final List<String> LABELS = List.of("tumor", "none");

  private static Prediction run(double tumor) {
    return Prediction.of(LABELS, tumor, 1 - tumor);
  }

  private static Uncertainty of(Prediction... runs) {
    return Prediction.ofRuns(List.of(runs)).uncertainty().orElseThrow();
  }

  @Test
  void runsThatContradictEachOtherWithCertaintyAreAllMutualInformation() {
    Uncertainty known = of(run(1), run(0));

    assertThat(known.runs()).isEqualTo(2);
    assertThat(known.entropy()).isCloseTo(Math.log(2), within(1e-12));
    assertThat(known.mutualInformation()).isCloseTo(Math.log(2), within(1e-12));
    assertThat(known.deviations()).containsEntry("tumor", 0.5).containsEntry("none", 0.5);
  }

  @Test
  void runsThatAgreeOnADoubtHaveNoMutualInformation() {
    Uncertainty known = of(run(0.5), run(0.5), run(0.5));

    assertThat(known.entropy()).isCloseTo(Math.log(2), within(1e-12));
    assertThat(known.mutualInformation()).isCloseTo(0, within(1e-12));
    assertThat(known.low()).isEqualTo(0.5);
    assertThat(known.high()).isEqualTo(0.5);
  }

  @Test
  void nineTenthsOfTheRunsLieInTheInterval() {
    Prediction[] runs = new Prediction[21];
    for (int i = 0; i < runs.length; i++) {
      runs[i] = run(0.6 + 0.01 * i);
    }
    Uncertainty known = of(runs);

    assertThat(known.low()).isCloseTo(0.61, within(1e-9));
    assertThat(known.high()).isCloseTo(0.79, within(1e-9));
  }

  @Test
  void theMeanKeepsWhatOnePredictionSays() {
    Prediction mean = Prediction.ofRuns(List.of(run(0.9), run(0.3)));

    assertThat(mean.probability("tumor")).isCloseTo(0.6, within(1e-12));
    assertThat(mean).isNotEqualTo(Prediction.mean(List.of(run(0.9), run(0.3)), 1, 1));
    assertThat(run(0.9).uncertainty()).isEmpty();
    assertThat(mean.withAssessment(Assessment.inDomain()).uncertainty()).isPresent();
  }

  @Test
  void independentLabelsEachHaveAnEntropyOfTheirOwn() {
    Prediction half = Prediction.ofIndependent(List.of("a", "b"), Set.of("a", "b"), 0.5, 0.5);
    Uncertainty known = of(half, half);

    assertThat(known.entropy()).isCloseTo(2 * Math.log(2), within(1e-12));
    assertThat(known.low()).isEqualTo(0.5); // of "none"
  }

  @Test
  void aMaskThatIsRightByItsProbabilitiesIsExpectedToHaveDice1() {
    MedicalImage sure = MedicalImage.ofGray(2, 2, new float[] {1, 1, 0, 0});
    MedicalImage doubt = MedicalImage.ofGray(2, 2, new float[] {1, 0.5f, 0.5f, 0});

    Segmentation certain = Segmentation.ofRuns(List.of(sure, sure), 0.5);
    assertThat(certain.expectedDice()).hasValue(1);
    assertThat(certain.uncertainty().orElseThrow().agreement()).isEqualTo(1);

    // The mean is 1, 0.75, 0.25, 0; the mask its first two: 2 * 1.75 / (2 + 2).
    Segmentation found = Segmentation.ofRuns(List.of(sure, doubt), 0.5);
    MaskUncertainty known = found.uncertainty().orElseThrow();
    assertThat(found.mask()).isEqualTo(Mask.of(2, 2, new boolean[] {true, true, false, false}));
    assertThat(found.expectedDice().orElseThrow()).isCloseTo(0.875, within(1e-6));
    assertThat(known.agreement()).isCloseTo((1 + 2.0 / 3) / 2, within(1e-9));
    assertThat(known.low()).isCloseTo(1.05, within(1e-9)); // areas 1 and 2
    assertThat(known.high()).isCloseTo(1.95, within(1e-9));
    assertThat(found.confidence().orElseThrow()).isCloseTo(0.875, within(1e-6));
    assertThat(known.entropy().get(0, 0)).isZero();
    assertThat((double) known.entropy().get(1, 0)).isCloseTo(0.5623351, within(1e-5));
  }

  @Test
  void whatIsLeftOfAMaskIsJudgedByTheSameMap() {
    MedicalImage sure = MedicalImage.ofGray(2, 1, new float[] {1, 1});
    Segmentation left =
        Segmentation.ofRuns(List.of(sure, sure), 0.5).leaving(Mask.empty(2, 1), "a speck");

    assertThat(left.expectedDice()).hasValue(0);
  }

  @Test
  void mapsOfDifferentSizesAreRefused() {
    MedicalImage small = MedicalImage.ofGray(2, 1, new float[2]);
    MedicalImage large = MedicalImage.ofGray(2, 2, new float[4]);

    assertThatThrownBy(() -> Segmentation.ofRuns(List.of(small, large), 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one size");
    assertThatThrownBy(() -> Segmentation.ofRuns(List.of(), 0.5))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
