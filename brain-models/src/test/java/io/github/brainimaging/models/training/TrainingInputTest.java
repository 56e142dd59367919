package io.github.brainimaging.models.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.card.ModelInput.Fit;
import io.github.brainimaging.models.card.ModelInput.Normalization;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.format.OnnxExport;
import io.github.brainimaging.models.network.layer.Flatten;
import io.github.brainimaging.models.onnx.FeatureExtractor;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import io.github.brainimaging.models.training.internal.batch.LabeledImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is learned from is what is seen later, to the last bit. */
class TrainingInputTest {

  @TempDir Path folder;

  private DataSet image(int width, int height, float[] samples) throws IOException {
    Path file = folder.resolve("image.png");
    PngImageWriter.write(MedicalImage.ofGray(width, height, samples), file);
    return new DataSet(List.of("a", "b"), List.of(new DataSet.LabeledFile(file, 0, "")));
  }

  private static byte[] passing(ModelInput input) {
    Network network =
        Network.builder("passing", input.channels(), input.height(), input.width())
            .input()
            .then(new Flatten())
            .build();
    return OnnxExport.toBytes(network, Weights.of(Map.of()), Map.of());
  }

  private static float[] fed(DataSet data, ModelInput input) throws IOException {
    return LabeledImages.read(data, input, Augmentation.none()).batch(List.of(0)).values;
  }

  /**
   * A model that passes its input on: 4 x 4 pixels of mean 255 / 4, so that the outputs sum to 1.
   */
  @Test
  void theClassifierSeesTheTensorOfTheTraining() throws IOException {
    float[] samples = new float[16];
    Random random = new Random(2);
    float left = 16 * 255 / 4f;
    for (int i = 0; i < 15; i++) {
      samples[i] = random.nextInt(120);
      left -= samples[i];
    }
    samples[15] = 0;
    for (int i = 0; left != 0; i = (i + 1) % 16) {
      float step = Math.max(-samples[i], Math.min(left, 255 - samples[i]));
      samples[i] += step;
      left -= step;
    }
    DataSet data = image(4, 4, samples);
    ModelInput input = ModelInput.ofSize(2, 1);
    List<String> labels = List.of("p", "q", "r", "s");

    List<Double> seen = new ArrayList<>();
    try (OnnxClassifier classifier =
        OnnxClassifier.builder()
            .model(ModelSource.ofBytes(passing(input), "passing"))
            .card(input, Activation.SOFTMAX, labels)
            .build()) {
      Map<String, Double> outputs =
          classifier
              .classify(MedicalImageReader.withDefaults().read(data.images().get(0).file()))
              .probabilities();
      labels.forEach(label -> seen.add(outputs.getOrDefault(label, Double.NaN)));
    }

    float[] fed = fed(data, input);
    for (int i = 0; i < fed.length; i++) {
      assertThat(seen.get(i)).isEqualTo((double) fed[i]);
    }
  }

  @ParameterizedTest
  @EnumSource(Normalization.class)
  void theExtractorSeesTheTensorOfTheTraining(Normalization normalization) throws IOException {
    float[] samples = new float[37 * 29];
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = random.nextInt(256);
    }
    DataSet data = image(37, 29, samples);
    for (Fit fit : Fit.values()) {
      ModelInput input = ModelInput.ofSize(24, 3).withFit(fit).withNormalization(normalization);
      try (FeatureExtractor extractor =
          FeatureExtractor.open(ModelSource.ofBytes(passing(input), "passing"), input)) {
        assertThat(extractor.shape()).containsExactly(24 * 24 * 3);
        assertThat(
                extractor
                    .extract(MedicalImageReader.withDefaults().read(data.images().get(0).file()))
                    .toArray())
            .containsExactly(fed(data, input));
      }
    }
  }
}
