package io.github.brainimaging.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.Uncertainty;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DropoutClassifierTest {

  /** A disk with noise: something of which the network is not certain. */
  private static MedicalImage disk() {
    Random random = new Random(3);
    float[] samples = new float[96 * 96];
    for (int i = 0; i < samples.length; i++) {
      double r = Math.hypot(i % 96 - 48, i / 96 - 48);
      samples[i] = r < 38 ? 90 + 40 * random.nextFloat() : 0;
    }
    return MedicalImage.ofGray(96, 96, samples).withNominalMaximum(255);
  }

  private static Prediction said(OnnxClassifier plain, int runs, double rate, long seed) {
    try (DropoutClassifier dropout =
        DropoutClassifier.open(ModelSource.embedded(), plain, runs, rate, seed)) {
      return dropout.classify(disk());
    }
  }

  @Test
  void whereNothingIsDroppedItIsThePlainClassifier() {
    try (OnnxClassifier plain = OnnxClassifier.embedded()) {
      Prediction expected = plain.classify(disk());
      Prediction found = said(plain, 3, 0, 1);

      for (String label : plain.labels()) {
        assertThat(found.probability(label)).isCloseTo(expected.probability(label), within(1e-5));
      }
      assertThat(found.assessment()).isEqualTo(expected.assessment());
      assertThat(found.uncertainty().orElseThrow().mutualInformation()).isCloseTo(0, within(1e-9));
    }
  }

  @Test
  void whatIsDroppedMakesRunsDisagreeAndEqualSeedsDropTheSame() {
    try (OnnxClassifier plain = OnnxClassifier.embedded()) {
      Prediction found = said(plain, 16, 0.2, 1);
      Uncertainty known = found.uncertainty().orElseThrow();

      assertThat(known.runs()).isEqualTo(16);
      assertThat(known.mutualInformation()).isGreaterThan(1e-4);
      assertThat(said(plain, 16, 0.2, 1)).isEqualTo(found);
      assertThat(said(plain, 16, 0.2, 2)).isNotEqualTo(found);
      assertThat(said(plain, 16, 0.5, 1).uncertainty().orElseThrow().mutualInformation())
          .isGreaterThan(known.mutualInformation());
    }
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    try (OnnxClassifier plain = OnnxClassifier.embedded()) {
      assertThatThrownBy(() -> said(plain, 1, 0.2, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("runs must be at least 2, got 1");
      assertThatThrownBy(() -> said(plain, 2, 1, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("rate must be 0 to below 1, got 1.0");
    }
  }
}
