package io.github.brainimaging.core.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.MedicalImage;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** What holds for every {@link Classifier}. */
public abstract class ClassifierContract extends ModelContract {

  /** The classifier under test; always the same one. */
  protected abstract Classifier classifier();

  /** How far a probability in a batch may be from that of the image alone. */
  protected double rounding() {
    return 1e-5;
  }

  @Override
  Object ask(MedicalImage image) {
    return classifier().classify(image);
  }

  @Test
  void hasLabelsWithoutDuplicates() {
    assertThat(classifier().labels()).isNotEmpty().doesNotHaveDuplicates();
  }

  @Test
  void givesEveryLabelAProbabilityInItsOrder() {
    for (MedicalImage image : images()) {
      Prediction prediction = classifier().classify(image);

      assertThat(prediction.probabilities().keySet())
          .containsExactlyElementsOf(classifier().labels());
      assertThat(prediction.probabilities().values()).allMatch(p -> p >= 0 && p <= 1);
    }
  }

  @Test
  void aBatchGivesEachImageWhatItGetsAlone() {
    List<Prediction> batch = classifier().classifyAll(images());

    assertThat(batch).hasSameSizeAs(images());
    for (int i = 0; i < batch.size(); i++) {
      Prediction alone = classifier().classify(images().get(i));
      for (String label : classifier().labels()) {
        assertThat(batch.get(i).probability(label))
            .isCloseTo(alone.probability(label), within(rounding()));
      }
    }
    assertThat(classifier().classifyAll(List.of())).isEmpty();
  }

  @Test
  void aBatchHeedsAnInterrupt() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> classifier().classifyAll(images()))
          .isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
