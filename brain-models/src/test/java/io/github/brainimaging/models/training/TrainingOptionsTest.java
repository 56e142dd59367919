package io.github.brainimaging.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.augmentation.RandomFlip;
import io.github.brainimaging.models.training.optimizer.Schedule;
import io.github.brainimaging.models.training.optimizer.Sgd;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingOptionsTest {

  private static TrainingOptions.Builder ten() {
    return TrainingOptions.builder().epochs(10).learningRate(1).warmUpEpochs(0);
  }

  @Test
  void ratesRiseAndFallAsTheScheduleSays() {
    TrainingOptions cosine = ten().warmUpEpochs(2).build();
    assertThat(cosine.learningRate(0, 10)).isEqualTo(0.05);
    assertThat(cosine.learningRate(19, 10)).isEqualTo(1);
    assertThat(cosine.learningRate(60, 10)).isCloseTo(0.5, within(1e-12));
    assertThat(cosine.learningRate(99, 10)).isBetween(0.0, 0.001);

    TrainingOptions steps = ten().schedule(Schedule.steps(0.1, 4)).build();
    assertThat(steps.learningRate(39, 10)).isEqualTo(1);
    assertThat(steps.learningRate(40, 10)).isEqualTo(0.1);

    TrainingOptions exponential = ten().schedule(Schedule.exponential(0.9)).build();
    assertThat(exponential.learningRate(30, 10)).isCloseTo(0.729, within(1e-12));

    TrainingOptions constant = ten().schedule(Schedule.constant()).build();
    assertThat(constant.learningRate(99, 10)).isEqualTo(1);
  }

  @Test
  void everyOptionIsPartOfWhatACheckpointCompares() {
    TrainingOptions options =
        ten()
            .optimizer(new Sgd(0.8, true))
            .schedule(Schedule.steps(0.1, 4))
            .classWeights(List.of(1.0, 3.0))
            .patience(7)
            .augmentation(RandomFlip.of(0.25, 0))
            .build();

    assertThat(options.toString())
        .contains("Sgd[momentum=0.8, nesterov=true]")
        .contains("Steps[factor=0.1, everyEpochs=4.0]")
        .contains("class weights [1.0, 3.0]")
        .contains("patience 7")
        .contains("RandomFlip[horizontal=0.25, vertical=0.0]");
  }

  @Test
  void anAugmentationWithoutANameIsTheSameInEveryRun() {
    String text = ten().augmentation((image, random) -> image).build().toString();

    assertThat(text).contains("TrainingOptionsTest").doesNotContain("Lambda").doesNotContain("@");
  }

  @Test
  void refusesValuesOutOfRange() {
    assertThatThrownBy(() -> ten().patience(-1)).hasMessageContaining("patience");
    assertThatThrownBy(() -> ten().classWeights(List.of(1.0, 0.0)))
        .hasMessageContaining("classWeights");
    assertThatThrownBy(() -> Schedule.steps(1, 1)).hasMessageContaining("factor");
    assertThatThrownBy(() -> Schedule.exponential(Double.NaN)).hasMessageContaining("factor");
  }
}
