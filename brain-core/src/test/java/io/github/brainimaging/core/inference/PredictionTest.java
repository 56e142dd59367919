package io.github.brainimaging.core.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PredictionTest {

  private static final List<String> TYPES = List.of("glioma", "meningioma", "pituitary");
  private static final Set<String> ALL = Set.copyOf(TYPES);

  /** In quadratic time these take minutes. */
  @Test
  void manyLabelsTakeLinearTime() {
    List<String> labels = IntStream.range(0, 300_000).mapToObj(i -> "tumor " + i).toList();
    double[] probabilities = new double[labels.size()];
    probabilities[7] = 1;

    Prediction prediction =
        assertTimeoutPreemptively(
            Duration.ofSeconds(30), () -> Prediction.of(labels, probabilities));

    assertThat(prediction.label()).isEqualTo("tumor 7");
  }

  @Test
  void noneOfSeveralIndependentLabelsHoldsBelowTheThreshold() {
    Prediction low = Prediction.ofIndependent(TYPES, ALL, 0.12, 0.05, 0.02);
    assertThat(low.label()).isEqualTo(Prediction.NONE);
    assertThat(low.probability()).isCloseTo(0.88, within(1e-9));
    assertThat(low.isTumor()).isFalse();
    assertThat(low.tumorProbability()).isEqualTo(0.12);
    assertThat(low.withThreshold(0.1).label()).isEqualTo("glioma");
    assertThat(low.withThreshold(0.1)).isNotEqualTo(low);
  }

  @Test
  void labelsThatExcludeEachOtherGoByTheHighest() {
    Prediction same = Prediction.of(TYPES, ALL, 0.12, 0.05, 0.02);
    assertThat(same.label()).isEqualTo("glioma");
    assertThat(same.tumorProbability()).isCloseTo(0.19, within(1e-9));
    assertThat(same).isNotEqualTo(Prediction.ofIndependent(TYPES, ALL, 0.12, 0.05, 0.02));
  }

  @Test
  void whereALabelSaysThereIsNoneTheHighestCounts() {
    Prediction p1 =
        Prediction.ofIndependent(List.of("notumor", "tumor"), Set.of("tumor"), 0.3, 0.4);
    assertThat(p1.label()).isEqualTo("tumor");
  }

  @Test
  void theThresholdDecidesBetweenTwo() {
    Prediction prediction = Prediction.of(List.of("no", "yes"), 0.6, 0.4);
    assertThat(prediction.isTumor()).isFalse();
    assertThat(prediction.withThreshold(0.3).isTumor()).isTrue();
    assertThat(prediction.withThreshold(0.4).isTumor()).isFalse();
    assertThatThrownBy(() -> prediction.withThreshold(1)).hasMessageContaining("got 1.0");
  }

  @Test
  void theMeanKeepsWhatDecides() {
    Prediction one = Prediction.ofIndependent(List.of("tumor"), Set.of("tumor"), 0.9);
    Prediction other = Prediction.ofIndependent(List.of("tumor"), Set.of("tumor"), 0.05);
    assertThat(Prediction.mean(List.of(one, other), 1, 2).label()).isEqualTo(Prediction.NONE);
    Prediction exclusive = Prediction.of(List.of("tumor"), 0.05);
    assertThatThrownBy(() -> Prediction.mean(List.of(one, exclusive), 1, 1))
        .hasMessageContaining("equal labels");
  }

  @Test
  void namesTellWhatMeansATumor() {
    assertThat(Prediction.tumorLabelsAmong(List.of("bg", "edema", "core")))
        .containsExactlyInAnyOrder("edema", "core");
    assertThat(Prediction.tumorLabelsAmong(List.of("without tumor", "x"))).containsExactly("x");
    assertThat(Prediction.tumorLabelsAmong(List.of("0", "1"))).containsExactly("1");
    assertThat(Prediction.tumorLabelsAmong(List.of("CN", "Non-Tumor", "No_Tumor"))).isEmpty();
    assertThat(
            Prediction.tumorLabelsAmong(
                List.of("Normal brain", "HC", "0", "yes", "no", "healthy", "glioma")))
        .containsExactlyInAnyOrder("yes", "glioma");
    assertThat(
            Prediction.tumorLabelsAmong(
                List.of(
                    "Healthy Controls", "brain_normal", "Normal MRI", "no pathology", "label 0")))
        .isEmpty();
    assertThat(Prediction.tumorLabelsAmong(List.of("abnormal", "unhealthy", "normal pressure h.")))
        .hasSize(3);
  }

  @Test
  void namesThatDoNotTellAreDoubtful() {
    assertThat(Prediction.doubtfulLabels(List.of("benign", "malignant"))).containsExactly("benign");
    assertThat(Prediction.doubtfulLabels(List.of("0", "1", "2"))).containsExactly("1", "2");
    assertThat(Prediction.doubtfulLabels(List.of("CN", "MCI", "AD"))).containsExactly("MCI", "AD");
    assertThat(Prediction.doubtfulLabels(List.of("glioma", "notumor", "other"))).isEmpty();
    assertThat(Prediction.doubtfulLabels(List.of("0", "1"))).isEmpty();
    assertThat(Prediction.doubtfulLabels(List.of("no", "yes"))).isEmpty();
  }
}
