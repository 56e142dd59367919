package io.github.brainimaging.core.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.inference.Assessment.Verdict;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssessmentTest {

  private static final Assessment CT = new Assessment(Verdict.OUT_OF_DOMAIN, List.of("CT"));
  private static final Assessment T2 = new Assessment(Verdict.DOUBTFUL, List.of("T2"));

  private static Assessment ofMost(int inDomain, int doubtful, int out) {
    var parts = new java.util.ArrayList<>(Collections.nCopies(inDomain, Assessment.inDomain()));
    parts.addAll(Collections.nCopies(doubtful, T2));
    parts.addAll(Collections.nCopies(out, CT));
    return Assessment.ofMost(parts);
  }

  @Test
  void theWorseOfTwoCountsAndAllReasonsAreTold() {
    assertThat(T2.and(CT)).isEqualTo(new Assessment(Verdict.OUT_OF_DOMAIN, List.of("T2", "CT")));
    assertThat(CT.and(Assessment.inDomain())).isEqualTo(CT);
    assertThat(CT.answers()).isFalse();
    assertThat(T2.answers()).isTrue();
  }

  @Test
  void aVolumeIsWhatMostOfItsSlicesAre() {
    assertThat(ofMost(3, 1, 2)).isEqualTo(Assessment.inDomain());
    assertThat(ofMost(2, 1, 2).verdict()).isEqualTo(Verdict.DOUBTFUL);
    assertThat(ofMost(2, 0, 3))
        .isEqualTo(new Assessment(Verdict.OUT_OF_DOMAIN, List.of("3 of 5 slices: CT")));
    assertThat(ofMost(0, 0, 1)).isEqualTo(CT);
  }

  @Test
  void aDoubtNeedsAReason() {
    assertThatThrownBy(() -> new Assessment(Verdict.DOUBTFUL, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one");
  }

  @Test
  void aPredictionCarriesItThroughMeansAndPrints() {
    Prediction sure = Prediction.of(List.of("a", "b"), 1, 0);
    Prediction doubted = Prediction.of(List.of("a", "b"), 0, 1).withAssessment(T2);

    assertThat(Prediction.mean(List.of(sure, doubted), 1, 1).assessment()).isEqualTo(T2);
    assertThat(Prediction.mean(List.of(sure, doubted), 1, 0).assessment())
        .isEqualTo(Assessment.inDomain());
    assertThat(doubted).hasToString("b (a 0.0000, b 1.0000), doubtful: T2");
    assertThat(doubted).isNotEqualTo(doubted.withAssessment(Assessment.inDomain()));
  }
}
