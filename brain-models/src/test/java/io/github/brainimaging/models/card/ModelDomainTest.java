package io.github.brainimaging.models.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.ScanFacts;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Assessment.Verdict;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModelDomainTest {

  private static final ModelDomain DOMAIN =
      new ModelDomain(
          Modality.MR,
          List.of(new ModelDomain.Group("the slices", 1.5), new ModelDomain.Group("others", 2)));

  @Test
  void theFirstGroupIsTheDomainTheOthersAreDoubtful() {
    assertThat(DOMAIN.assess(0, 1.5, 9)).isEqualTo(Assessment.inDomain());
    assertThat(DOMAIN.assess(0, 1.6, 2))
        .isEqualTo(
            new Assessment(Verdict.DOUBTFUL, List.of("it looks like others, not like the slices")));
    assertThat(DOMAIN.assess(0.998, 3, 2.1))
        .hasToString("out-of-domain: it looks unlike the slices (distance 3.00, at most 1.50)");
  }

  @Test
  void aSureTumorIsNotRefusedForLooksThatAreALittleUnusual() {
    assertThat(DOMAIN.assess(0.999, 3, 2.1))
        .hasToString("doubtful: it looks unlike the slices (distance 3.00, at most 1.50)");
    assertThat(DOMAIN.assess(1, 3.1, 2.1).verdict()).isEqualTo(Verdict.OUT_OF_DOMAIN);
  }

  @Test
  void whereNothingIsKnownEverythingIsInTheDomain() {
    assertThat(ModelDomain.unknown().assess(0)).isEqualTo(Assessment.inDomain());
  }

  @Test
  void thatThereIsNoTumorSaysLittleWhereTheModelHasSeenNone() {
    ModelDomain contrast = DOMAIN.withTumorSequences(Set.of(Modality.MR_T1_CONTRAST));

    assertThat(contrast.assessAbsence(sequence("T2", "file name", 1)))
        .hasToString(
            "doubtful: T2 (file name), and the model has seen tumors on T1 with contrast agent"
                + " only: where it finds none, that says little");
    assertThat(contrast.assessAbsence(sequence("FLAIR", "image", 0.7)).reasons().get(0))
        .startsWith("it looks like FLAIR, and");
    assertThat(contrast.assessAbsence(ScanFacts.none()).reasons().get(0))
        .startsWith("its sequence is not known, and");
    assertThat(contrast.assessAbsence(sequence("T1 with contrast agent", "image", 0.6)))
        .isEqualTo(Assessment.inDomain());
    assertThat(DOMAIN.assessAbsence(sequence("T2", "file name", 1)))
        .isEqualTo(Assessment.inDomain());
  }

  private static ScanFacts sequence(String value, String source, double confidence) {
    return new ScanFacts(
        List.of(new ScanFacts.Fact(ScanFacts.SEQUENCE, value, source, confidence)));
  }

  @Test
  void takesOneDistancePerGroup() {
    assertThatThrownBy(() -> DOMAIN.assess(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("distances must be 2, got 1");
  }

  @Test
  void aCardKeepsDomainAndTemperature() {
    ModelCard card =
        ModelCard.builder(
                "m", ModelInput.ofSize(8, 1), Activation.SOFTMAX, List.of("glioma", "notumor"))
            .domain(DOMAIN.withTumorSequences(Set.of(Modality.MR_FLAIR, Modality.MR_T1_CONTRAST)))
            .temperature(0.5)
            .build();

    assertThat(ModelCard.fromJson(card.toJson())).isEqualTo(card);
    assertThat(card.toBuilder().build()).isEqualTo(card);
  }

  @Test
  void aCardThatNamesNoSuchSequenceIsRefused() {
    assertThatThrownBy(
            () ->
                ModelCard.fromJson(
                    ModelCard.builder(
                            "m", ModelInput.ofSize(8, 1), Activation.SOFTMAX, List.of("a", "tumor"))
                        .domain(DOMAIN.withTumorSequences(Set.of(Modality.MR_T2)))
                        .build()
                        .toJson()
                        .replace("MR_T2", "MR_T3")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("MR_T3");
  }

  @Test
  void aTemperatureDividesTheScores() {
    // softmax(2, 0) = 0.8808, softmax(4, 0) = 0.9820; sigmoid(1) = 0.7311, sigmoid(2) = 0.8808
    assertThat(Activation.SOFTMAX.sharpened(new double[] {0.880797, 0.119203}, 0.5))
        .containsExactly(new double[] {0.982014, 0.017986}, offset(1e-5));
    assertThat(Activation.SIGMOID.sharpened(new double[] {0.731059, 0}, 0.5))
        .containsExactly(new double[] {0.880797, 0}, offset(1e-5));
    assertThat(Activation.SOFTMAX.sharpened(new double[] {0.3, 0.7}, 1)).containsExactly(0.3, 0.7);
    assertThat(Activation.SIGMOID_LOGITS.sharpened(new double[] {0.731059, 0.731059}, 0.5))
        .containsExactly(new double[] {0.880797, 0.880797}, offset(1e-5));
    assertThat(Activation.LOGITS.sharpened(new double[] {0.731059}, 0.5))
        .containsExactly(new double[] {0.880797}, offset(1e-5));
  }
}
