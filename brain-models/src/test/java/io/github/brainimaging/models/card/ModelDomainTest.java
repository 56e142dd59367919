package io.github.brainimaging.models.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Assessment.Verdict;
import java.util.List;
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
        .hasToString("out-of-domain: it looks unlike the slices (distance 3.0, at most 1.5)");
  }

  @Test
  void aSureTumorIsNotRefusedForLooksThatAreALittleUnusual() {
    assertThat(DOMAIN.assess(0.999, 3, 2.1))
        .hasToString("doubtful: it looks unlike the slices (distance 3.0, at most 1.5)");
    assertThat(DOMAIN.assess(1, 3.1, 2.1).verdict()).isEqualTo(Verdict.OUT_OF_DOMAIN);
  }

  @Test
  void whereNothingIsKnownEverythingIsInTheDomain() {
    assertThat(ModelDomain.unknown().assess(0)).isEqualTo(Assessment.inDomain());
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
            .domain(DOMAIN)
            .temperature(0.5)
            .build();

    assertThat(ModelCard.fromJson(card.toJson())).isEqualTo(card);
    assertThat(card.toBuilder().build()).isEqualTo(card);
  }

  @Test
  void aTemperatureDividesTheScores() {
    // softmax(2, 0) = 0.8808, softmax(4, 0) = 0.9820; sigmoid(1) = 0.7311, sigmoid(2) = 0.8808
    assertThat(Activation.SOFTMAX.sharpened(new double[] {0.880797, 0.119203}, 0.5))
        .containsExactly(new double[] {0.982014, 0.017986}, offset(1e-5));
    assertThat(Activation.SIGMOID.sharpened(new double[] {0.731059, 0}, 0.5))
        .containsExactly(new double[] {0.880797, 0}, offset(1e-5));
    assertThat(Activation.SOFTMAX.sharpened(new double[] {0.3, 0.7}, 1)).containsExactly(0.3, 0.7);
  }
}
