package io.github.brainimaging.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.models.training.optimizer.Optimizer;
import io.github.brainimaging.models.training.optimizer.Schedule;
import java.util.List;
import java.util.function.UnaryOperator;
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

    TrainingOptions inverse = ten().schedule(Schedule.inverse(0.5)).build();
    assertThat(inverse.learningRate(0, 10)).isEqualTo(1);
    assertThat(inverse.learningRate(60, 10)).isEqualTo(0.25);

    TrainingOptions constant = ten().schedule(Schedule.constant()).build();
    assertThat(constant.learningRate(99, 10)).isEqualTo(1);
  }

  @Test
  void everyOptionIsPartOfTheValueAndOfWhatACheckpointCompares() {
    List<UnaryOperator<TrainingOptions.Builder>> changes =
        List.of(
            b -> b.epochs(7),
            b -> b.batchSize(7),
            b -> b.optimizer(Optimizer.nesterov(0.8)),
            b -> b.learningRate(7),
            b -> b.warmUpEpochs(7),
            b -> b.schedule(Schedule.steps(0.1, 4)),
            b -> b.weightDecay(7),
            b -> b.averaging(0.7),
            b -> b.patience(7),
            b -> b.seed(7));
    TrainingOptions usual = TrainingOptions.withDefaults();
    Identity before = new Identity().add(usual);

    assertThat(changes).hasSameSizeAs(TrainingOptions.class.getRecordComponents());
    for (UnaryOperator<TrainingOptions.Builder> change : changes) {
      TrainingOptions changed = change.apply(usual.toBuilder()).build();
      assertThat(changed).isNotEqualTo(usual);
      assertThat(changed.toString()).isNotEqualTo(usual.toString());
      assertThat(changed.toBuilder().build()).isEqualTo(changed);
      assertThat(new Identity().add(changed).isThatOf(before)).as("%s", changed).isFalse();
    }
    assertThat(usual.toBuilder().build()).isEqualTo(usual);
  }

  @Test
  void aDifferenceIsToldByItsName() {
    Identity one = new Identity().add(ten().patience(3).build());
    Identity other =
        new Identity().add(ten().optimizer(Optimizer.nesterov(0.8)).patience(4).build());

    assertThat(one.differenceTo(other))
        .isEqualTo(
            "optimizer Adam[beta1=0.9, beta2=0.999, epsilon=1.0E-8, decoupled=true], patience 3");
    assertThat(other.differenceTo(one))
        .isEqualTo("optimizer Sgd[momentum=0.8, nesterov=true], patience 4");
    assertThat(one.differenceTo(one)).isEqualTo("nothing more");
    assertThat(Identity.ofMetadata(one.toMetadata()).isThatOf(one)).isTrue();
  }

  @Test
  void theLossIsPartOfWhatACheckpointCompares() {
    ClassificationLoss usual = ClassificationLoss.withDefaults();
    for (ClassificationLoss other :
        List.of(
            usual.withKind(ClassificationLoss.Kind.HINGE),
            usual.withLabelSmoothing(0.2),
            usual.withClassWeights(List.of(1.0, 3.0)))) {
      assertThat(other).isNotEqualTo(usual);
      assertThat(new Identity().add(other).isThatOf(new Identity().add(usual))).isFalse();
    }
  }

  @Test
  void refusesValuesOutOfRange() {
    assertThatThrownBy(() -> ten().patience(-1).build()).hasMessageContaining("patience");
    assertThatThrownBy(() -> ten().averaging(1).build()).hasMessageContaining("averaging");
    assertThatThrownBy(() -> ten().weightDecay(Double.NaN).build())
        .hasMessageContaining("weightDecay");
    assertThatThrownBy(() -> ClassificationLoss.withDefaults().withClassWeights(List.of(1.0, 0.0)))
        .hasMessageContaining("classWeights");
    assertThatThrownBy(() -> ClassificationLoss.withDefaults().withLabelSmoothing(1))
        .hasMessageContaining("labelSmoothing");
    assertThatThrownBy(() -> Schedule.inverse(0)).hasMessageContaining("decay");
    assertThatThrownBy(() -> Schedule.steps(1, 1)).hasMessageContaining("factor");
    assertThatThrownBy(() -> Schedule.exponential(Double.NaN)).hasMessageContaining("factor");
    assertThatThrownBy(() -> Schedule.steps(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("factor must be between 0 and 1, got 0.0");
    for (double factor : new double[] {0, 1}) {
      assertThatThrownBy(() -> Schedule.exponential(factor))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("factorPerEpoch must be between 0 and 1, got " + factor);
    }
  }

  @Test
  void zeroTurnsOffWhatCanBeTurnedOff() {
    TrainingOptions plain = ten().weightDecay(0).averaging(0).patience(0).build();

    assertThat(plain.averaging()).isZero();
    assertThat(plain.weightDecay()).isZero();
    assertThat(ClassificationLoss.withDefaults().withLabelSmoothing(0).labelSmoothing()).isZero();
    assertThat(plain.learningRate(0, 10)).isEqualTo(1);
  }
}
